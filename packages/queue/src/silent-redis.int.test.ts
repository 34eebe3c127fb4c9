import { startRedis } from '@atermtrack/servers'
import { expect, onTestFinished, openHealth, startTcpRelay, test, waitUntil } from '@atermtrack/testkit'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { z } from 'zod'
import type { ConsumptionLimits } from './consumption.ts'
import type { QueueContract } from './contracts/define-queue.ts'
import { openQueues } from './queues.ts'
import { startWorker } from './worker.ts'

// Takes up to 80 s: waits twice for the limit after which production calls Redis silent.

const contract: QueueContract<{ id: number }> = {
  name: 'try-silence',
  payload: z.object({ id: z.int().positive() }),
  dedupId: ({ id }) => `thing-${id}`,
  attempts: 3,
}
const prefix = 'test'
const noticedMs = 30_000

/** A worker on a Redis of the test's own, by way of `url`; `ran` are the jobs it has done, `lines` its log. */
function work(url: string, options: { consumption?: Partial<ConsumptionLimits>; handle?: () => Promise<void> } = {}) {
  const lines: string[] = []
  const ran: number[] = []
  const failures: unknown[] = []
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
  const health = { ...openHealth(), fail: (error: unknown) => void failures.push(error) }
  const handler = async ({ id }: { id: number }) => {
    await options.handle?.()
    ran.push(id)
  }
  const { consumption = {} } = options
  const worker = startWorker(contract, handler, { url, prefix, logger, health, consumption, graceMs: 500 })
  onTestFinished(() => worker[Symbol.asyncDispose]())
  const check = async () => health.checks.get(contract.name)?.()
  return { worker, ran, lines, check, failures }
}

function enqueueAt(url: string) {
  const queues = openQueues({ url, prefix, logger: pino({ level: 'silent' }) })
  onTestFinished(() => queues[Symbol.asyncDispose]())
  return async (id: number) =>
    waitUntil(
      async () =>
        queues
          .enqueue(contract, { id })
          .then(() => true)
          .catch(() => false),
      { what: `job ${id} to be added` },
    )
}

test('a Redis that hangs is noticed within 30 s, and its worker works at once when it answers again', async () => {
  await using redis = await startRedis()
  const { worker, ran, check, lines } = work(redis.url)
  const enqueue = enqueueAt(redis.url)
  await worker.ready()
  await enqueue(1)
  await waitUntil(() => ran.includes(1), { what: 'the first job' })
  await expect(check()).resolves.toBeUndefined()

  await redis.freeze()
  const isNoticed = () => lines.some((line) => line.includes('redis is out of reach'))
  await waitUntil(isNoticed, { what: 'the silence to be noticed', timeoutMs: noticedMs })
  await expect(check()).rejects.toThrow('redis is')
  await redis.thaw()
  await enqueue(2)
  await waitUntil(() => ran.includes(2), { what: 'the second job', timeoutMs: noticedMs })
  await waitUntil(
    async () =>
      check()
        .then(() => true)
        .catch(() => false),
    { what: 'health' },
  )
})

test('connections that a firewall has dropped are opened again within 30 s', async () => {
  await using redis = await startRedis()
  await using relay = await startTcpRelay(redis.port)
  const { worker, ran } = work(`redis://127.0.0.1:${relay.port}`)
  const enqueue = enqueueAt(redis.url)
  await worker.ready()
  await enqueue(1)
  await waitUntil(() => ran.includes(1), { what: 'the first job' })
  relay.fallSilent()
  relay.heal()
  await enqueue(2)
  await waitUntil(() => ran.includes(2), { what: 'the second job', timeoutMs: noticedMs })
})

test('a worker that takes no jobs although some wait is red, and in the end gives up its process', async () => {
  await using redis = await startRedis()
  const consumption = { lookMs: 50, idleMs: 500, wedgedMs: 2_000 }
  const { worker, ran, check, failures } = work(redis.url, { consumption })
  const enqueue = enqueueAt(redis.url)
  await worker.ready()
  await keepFromStarting(redis.url)
  await expect(check()).resolves.toBeUndefined()
  await enqueue(1)
  const isRed = async () =>
    check().then(
      () => false,
      (error: Error) => error.message.includes('no job was started'),
    )
  await waitUntil(isRed, { what: 'red' })
  await waitUntil(() => failures.length > 0, { what: 'the process to be given up' })
  expect(ran).toEqual([])
})

test('a queue that is paused, and a job that takes long, are no reason for red', async () => {
  await using redis = await startRedis()
  const consumption = { lookMs: 20, idleMs: 100, wedgedMs: 200 }
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  const { worker, ran, check, failures } = work(redis.url, { consumption, handle: async () => held })
  const enqueue = enqueueAt(redis.url)
  await worker.ready()
  await enqueue(1)
  await enqueue(2)
  const looks = await countLooks(redis.url)
  await waitUntil(async () => (await countLooks(redis.url)) > looks + 100, { what: 'many looks' })
  await expect(check()).resolves.toBeUndefined()
  const queue = openQueue(redis.url)
  await queue.pause()
  release()
  await waitUntil(() => ran.length === 1, { what: 'the first job' })
  const before = await countLooks(redis.url)
  await waitUntil(async () => (await countLooks(redis.url)) > before + 100, { what: 'many more looks' })
  await expect(check()).resolves.toBeUndefined()
  expect([ran, failures]).toEqual([[1], []])
})

test('a job that hangs while others wait turns red', async () => {
  await using redis = await startRedis()
  const never = async () => new Promise<void>(() => undefined)
  const { worker, check } = work(redis.url, { consumption: { lookMs: 50, busyMs: 500 }, handle: never })
  const enqueue = enqueueAt(redis.url)
  await worker.ready()
  await enqueue(1)
  await enqueue(2)
  const isRed = async () =>
    check().then(
      () => false,
      (error: Error) => error.message.includes('no job was started'),
    )
  await waitUntil(isRed, { what: 'red' })
})

/** The worker stays connected and asks, but Redis gives it nothing: at most one job at a time, and somebody has that one. */
async function keepFromStarting(url: string): Promise<void> {
  const redis = new Redis(url)
  await redis.hset(`${prefix}:${contract.name}:meta`, 'concurrency', 1)
  await redis.lpush(`${prefix}:${contract.name}:active`, 'somebody-has-it')
  await redis.set(`${prefix}:${contract.name}:somebody-has-it:lock`, 'somebody')
  redis.disconnect()
}

/** Every look asks how long the pace holds the queue back. */
async function countLooks(url: string): Promise<number> {
  const redis = new Redis(url)
  const [, calls = '0'] = /cmdstat_llen:calls=(\d+)|$/.exec(await redis.info('commandstats')) ?? []
  redis.disconnect()
  return Number(calls)
}

function openQueue(url: string): Queue {
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  const queue = new Queue(contract.name, { connection, prefix })
  onTestFinished(() => connection.disconnect())
  return queue
}
