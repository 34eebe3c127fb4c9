import { expect, test } from '@atermtrack/testkit'
import { pino } from 'pino'
import { housekeeping } from './contracts.ts'
import { removeQueues } from './remove-queues.ts'
import { listSchedulers } from './schedules/scheduler-admin.ts'
import { keepSchedules } from './schedules/schedules.ts'

test('removes the queues of one prefix and leaves those of another alone', async ({ redisUrl, queuePrefix }) => {
  const logger = pino({ level: 'silent' })
  const connections = ['[a]', 'a'].map((name) => ({ url: redisUrl, prefix: `${queuePrefix}-${name}`, logger }))
  for (const connection of connections) {
    await using keeper = keepSchedules(
      [{ id: 'nightly', queue: housekeeping, payload: {}, rhythm: { everyMs: 3_600_000 } }],
      connection,
    )
    await keeper.ready()
  }
  const [doomed, other] = connections
  await removeQueues(doomed!)
  expect(await listSchedulers(doomed!)).toEqual([])
  expect(await listSchedulers(other!)).toHaveLength(1)
})
