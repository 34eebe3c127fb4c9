import { expect, test } from '@atermtrack/testkit'
import { pino } from 'pino'
import { housekeeping, sweepPending } from '../contracts.ts'
import { listSchedulers, removeUnknownSchedulers } from './scheduler-admin.ts'
import { keepSchedules } from './schedules.ts'

test('lists the schedulers of all queues and removes those that nobody knows', async ({ redisUrl, queuePrefix }) => {
  const connection = { url: redisUrl, prefix: queuePrefix, logger: pino({ level: 'silent' }) }
  const nightly = {
    id: 'nightly',
    queue: housekeeping,
    payload: {},
    rhythm: { pattern: '30 3 * * *', zone: 'Asia/Vladivostok' },
  }
  const left = { id: 'left-by-an-old-release', queue: sweepPending, payload: {}, rhythm: { everyMs: 3_600_000 } }
  await using keeper = keepSchedules([nightly, left], connection)
  await keeper.ready()

  expect(await listSchedulers(connection)).toEqual([
    { queue: 'sweep-pending', id: 'left-by-an-old-release', rhythm: 'every 3600000 ms', nextAt: expect.any(Date) },
    { queue: 'housekeeping', id: 'nightly', rhythm: '30 3 * * * Asia/Vladivostok', nextAt: expect.any(Date) },
  ])
  const removed = await removeUnknownSchedulers(connection, ['nightly'])
  expect(removed.map(({ id }) => id)).toEqual(['left-by-an-old-release'])
  expect((await listSchedulers(connection)).map(({ id }) => id)).toEqual(['nightly'])
})

test('says so when Redis is away instead of waiting for it', async () => {
  const connection = { url: 'redis://127.0.0.1:1', prefix: 'x', logger: pino({ level: 'silent' }) }
  await expect(listSchedulers(connection)).rejects.toThrow('ECONNREFUSED')
})
