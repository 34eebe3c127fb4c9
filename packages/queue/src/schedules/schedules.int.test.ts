import { expect, type Fixtures, test, waitUntil } from '@atermtrack/testkit'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { z } from 'zod'
import type { QueueContract } from '../contracts/define-queue.ts'
import { keepSchedules } from './schedules.ts'

const contract: QueueContract<{ id: number }> = {
  name: 'try-schedules',
  payload: z.object({ id: z.int().positive() }),
  dedupId: ({ id }) => `thing-${id}`,
  attempts: 3,
}
const daily = [
  { id: 'daily', queue: contract, payload: { id: 1 }, rhythm: { pattern: '0 9 * * *', zone: 'Asia/Vladivostok' } },
]

/** The queue as BullMQ sees it, and the way to it. */
function openRaw({ redisUrl, queuePrefix }: Pick<Fixtures, 'redisUrl' | 'queuePrefix'>) {
  const redis = new Redis(redisUrl)
  const queue = new Queue(contract.name, { connection: redis, prefix: queuePrefix })
  return {
    redis,
    queue,
    connection: { url: redisUrl, prefix: queuePrefix, logger: pino({ level: 'silent' }) },
    async [Symbol.asyncDispose]() {
      await queue.close()
      redis.disconnect()
    },
  }
}

test('schedules come back by themselves after Redis forgot them', async ({ redisUrl, queuePrefix }) => {
  await using raw = openRaw({ redisUrl, queuePrefix })
  const { redis, queue, connection } = raw
  await using keeper = keepSchedules(daily, connection, 50)
  await using _second = keepSchedules(daily, connection, 50)
  await keeper.ready()
  const keys = await redis.keys(`${queuePrefix}*`)
  await redis.del(keys)
  const [found] = await waitUntil(
    async () => {
      const list = await queue.getJobSchedulers()
      return list.length > 0 ? list : undefined
    },
    { what: 'the schedule', timeoutMs: 5_000 },
  )
  expect(found).toMatchObject({ key: 'daily', pattern: '0 9 * * *', tz: 'Asia/Vladivostok' })
  const next = new Date(found?.next ?? 0)
  expect([next.getUTCHours(), next.getUTCMinutes()]).toEqual([23, 0])
  await waitUntil(async () => ((await queue.getDelayedCount()) === 1 ? true : undefined), {
    what: 'one next job',
    timeoutMs: 5_000,
  })
})

test('a run that is due and not claimed yet outlives the process that keeps the schedules', async ({
  redisUrl,
  queuePrefix,
}) => {
  await using raw = openRaw({ redisUrl, queuePrefix })
  const { queue, connection } = raw
  await using first = keepSchedules(daily, connection)
  await first.ready()
  const [due] = await queue.getDelayed()
  await due?.promote()
  await using second = keepSchedules(daily, connection)
  await second.ready()
  expect((await queue.getWaiting()).map(({ id }) => id)).toEqual([due?.id])

  const changed = [
    { id: 'daily', queue: contract, payload: { id: 2 }, rhythm: { pattern: '0 10 * * *', zone: 'Asia/Vladivostok' } },
  ]
  await using third = keepSchedules(changed, connection)
  await third.ready()
  expect(await queue.getJobSchedulers()).toMatchObject([{ pattern: '0 10 * * *', template: { data: { id: 2 } } }])
})

test('a schedule whose next run is gone gets another', async ({ redisUrl, queuePrefix }) => {
  await using raw = openRaw({ redisUrl, queuePrefix })
  const { redis, queue, connection } = raw
  await using first = keepSchedules(daily, connection)
  await first.ready()
  const [next] = await queue.getDelayed()
  await redis.zrem(queue.toKey('delayed'), next?.id ?? '')
  await redis.del(queue.toKey(next?.id ?? ''))
  await using second = keepSchedules(daily, connection)
  await second.ready()
  expect(await queue.getDelayed()).toHaveLength(1)
})

test('schedulers of another release are left alone', async ({ redisUrl, queuePrefix }) => {
  await using raw = openRaw({ redisUrl, queuePrefix })
  const { queue, connection } = raw
  await queue.upsertJobScheduler('of-tomorrow', { pattern: '0 4 * * *' }, { name: contract.name, data: { id: 1 } })
  await using keeper = keepSchedules(
    [{ id: 'mine', queue: contract, payload: { id: 1 }, rhythm: { everyMs: 60_000 } }],
    connection,
  )
  await keeper.ready()
  expect((await queue.getJobSchedulers()).map(({ key }) => key).toSorted()).toEqual(['mine', 'of-tomorrow'])
})

test('schedules follow what they are made from', async ({ redisUrl, queuePrefix }) => {
  await using raw = openRaw({ redisUrl, queuePrefix })
  const { queue, connection } = raw
  let minutes = 20
  const every = () => [{ ...daily[0]!, rhythm: { everyMs: minutes * 60_000 } }]
  await using keeper = keepSchedules(every, connection, 50)
  await keeper.ready()
  const spans = async () => (await queue.getJobSchedulers()).map((found) => found.every)
  expect(await spans()).toEqual([1_200_000])
  minutes = 5
  await waitUntil(async () => (await spans())[0] === 300_000, { what: 'the new span', timeoutMs: 5_000 })
  expect(await queue.getDelayedCount()).toBeLessThanOrEqual(1)
})
