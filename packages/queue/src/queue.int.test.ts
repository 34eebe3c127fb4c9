import { expect, test, waitUntil, openHealth } from '@atermtrack/testkit'
import { startRedis } from '@atermtrack/servers'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { z } from 'zod'
import type { QueueContract } from './contracts/define-queue.ts'
import { JobDelayed, PermanentError, QueuePaused } from './errors.ts'
import { toJob } from './job.ts'
import { openQueues } from './queues.ts'
import { keepSchedules } from './schedules/schedules.ts'
import { type Handler, startWorker, type WorkerOptions } from './worker.ts'

const logger = pino({ level: 'silent' })
const contract: QueueContract<{ id: number }> = {
  name: 'try-things',
  payload: z.object({ id: z.int().positive() }),
  dedupId: ({ id }) => `thing-${id}`,
  attempts: 3,
}
type Payload = { id: number }

function recorder() {
  const ids: number[] = []
  return {
    ids,
    seen: async (count: number) =>
      waitUntil(async () => ids.length >= count || undefined, { what: `${count} runs`, timeoutMs: 20_000 }),
  }
}

async function running(
  url: string,
  prefix: string,
  handler: Handler<Payload>,
  options: Partial<WorkerOptions<Payload>> = {},
) {
  const connection = { url, prefix, logger }
  const worker = startWorker(contract, handler, { ...connection, health: openHealth(), ...options })
  const queues = openQueues(connection)
  await worker.ready()
  await waitUntil(
    async () =>
      queues.enqueue({ ...contract, name: 'ready' }, { id: 1 }).then(
        () => true,
        () => undefined,
      ),
    { what: 'the queues', timeoutMs: 5_000 },
  )
  return {
    worker,
    enqueue: async (payload: Payload) => queues.enqueue(contract, payload),
    wake: async (payload: Payload) => queues.wake([toJob(contract, payload)]),
    [Symbol.asyncDispose]: async () =>
      void (await Promise.all([worker[Symbol.asyncDispose](), queues[Symbol.asyncDispose]()])),
  }
}

test('a job reaches its worker once, however often it is added meanwhile', async ({ redisUrl, queuePrefix }) => {
  const { ids, seen } = recorder()
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (open = resolve))
  await using queue = await running(redisUrl, queuePrefix, async ({ id }) => {
    ids.push(id)
    await gate
  })
  await queue.enqueue({ id: 1 })
  await seen(1)
  await queue.enqueue({ id: 1 })
  await queue.enqueue({ id: 2 })
  open()
  await seen(2)
  expect(ids).toEqual([1, 2])
})

test('a job that failed for good may be added again', async ({ redisUrl, queuePrefix }) => {
  const { ids, seen } = recorder()
  const failed: number[] = []
  await using queue = await running(
    redisUrl,
    queuePrefix,
    async ({ id }) => {
      ids.push(id)
      throw new PermanentError('no use')
    },
    { onFailed: async ({ id }) => void failed.push(id) },
  )
  await queue.enqueue({ id: 1 })
  await waitUntil(async () => failed.length === 1 || undefined, { what: 'the failure', timeoutMs: 10_000 })
  await queue.enqueue({ id: 1 })
  await seen(2)
  await waitUntil(async () => failed.length === 2 || undefined, { what: 'the second failure', timeoutMs: 10_000 })
})

test('a throw is tried again as often as the contract says, and then reported once', async ({
  redisUrl,
  queuePrefix,
}) => {
  const { ids, seen } = recorder()
  const failed: string[] = []
  await using queue = await running(
    redisUrl,
    queuePrefix,
    async ({ id }) => {
      ids.push(id)
      throw new Error('not now')
    },
    { onFailed: async (_, error) => void failed.push(error.message) },
  )
  await queue.enqueue({ id: 1 })
  await seen(3)
  await waitUntil(async () => failed.length > 0 || undefined, { what: 'the report', timeoutMs: 10_000 })
  expect([ids, failed]).toEqual([[1, 1, 1], ['not now']])
})

test('a delayed job and a paused queue do not count as attempts', async ({ redisUrl, queuePrefix }) => {
  const attempts: number[] = []
  const { ids, seen } = recorder()
  await using queue = await running(redisUrl, queuePrefix, async ({ id }, context) => {
    attempts.push(context.attempt)
    ids.push(id)
    if (ids.length === 1) throw new JobDelayed(30)
    if (ids.length === 2) throw new QueuePaused(30)
  })
  await queue.enqueue({ id: 1 })
  await seen(3)
  expect(attempts).toEqual([1, 1, 1])
})

test('a payload that is not of the contract is refused on both sides', async ({ redisUrl, queuePrefix }) => {
  const { ids, seen } = recorder()
  await using queue = await running(redisUrl, queuePrefix, async ({ id }) => void ids.push(id))
  await expect(queue.enqueue({ id: -1 })).rejects.toThrow('id')

  const redis = new Redis(redisUrl)
  const foreign = new Queue(contract.name, { connection: redis, prefix: queuePrefix })
  const job = await foreign.add(contract.name, { id: 'x' })
  await queue.enqueue({ id: 5 })
  await seen(1)
  expect(ids).toEqual([5])
  const state = await waitUntil(async () => ((await job.getState()) === 'failed' ? 'failed' : undefined), {
    what: 'the refusal',
    timeoutMs: 5_000,
  })
  expect(state).toBe('failed')
  await foreign.close()
  redis.disconnect()
})

test('without Redis a wake waits silently and an enqueue fails loudly, both at once', async ({ queuePrefix }) => {
  await using queues = openQueues({ url: 'redis://127.0.0.1:1', prefix: queuePrefix, logger })
  await queues.wake([toJob(contract, { id: 1 })])
  await expect(queues.enqueue(contract, { id: 1 })).rejects.toThrow()
})

test('queues, a worker and schedules that never met Redis close without it', async ({ queuePrefix }) => {
  const connection = { url: 'redis://127.0.0.1:1', prefix: queuePrefix, logger }
  const parts = [
    openQueues(connection),
    startWorker(contract, async () => undefined, { ...connection, health: openHealth(), graceMs: 200 }),
    keepSchedules([{ id: 'mine', queue: contract, payload: { id: 1 }, rhythm: { everyMs: 60_000 } }], connection),
  ]
  for (const part of parts) await part[Symbol.asyncDispose]()
})

test('jobs that Redis did not take are enqueued when it is back', async ({ queuePrefix }) => {
  await using server = await startRedis({ appendOnly: true })
  const { ids, seen } = recorder()
  await using queue = await running(server.url, queuePrefix, async ({ id }) => void ids.push(id))
  await server.kill9()
  await waitUntil(
    async () =>
      queue.enqueue({ id: 9 }).then(
        () => undefined,
        () => true,
      ),
    { what: 'Redis to be missed', timeoutMs: 5_000 },
  )
  await queue.wake({ id: 1 })
  await queue.wake({ id: 1 })
  await server.restart()
  await seen(1)
  expect(ids.filter((id) => id === 1)).toEqual([1])
})
