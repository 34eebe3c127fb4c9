import { expect, test } from '@atermtrack/testkit'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { sweepPending } from '../contracts.ts'
import { listUnknownQueues } from './unknown-queues.ts'

test('a queue of another release is found and left alone, one of another system on the same Redis is not', async ({
  redisUrl,
  queuePrefix,
}) => {
  const connection = { url: redisUrl, prefix: queuePrefix, logger: pino({ level: 'silent' }) }
  expect(await listUnknownQueues(connection)).toEqual([])
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null })
  const open = (name: string, prefix: string) => new Queue(name, { connection: redis, prefix })
  const [own, newer, foreign] = [
    open(sweepPending.name, queuePrefix),
    open('of-a-newer-release', queuePrefix),
    open('of-somebody-else', `${queuePrefix}-other`),
  ]
  await newer.add('job', { id: 1 })
  await own.add('job', {})
  await redis.hset(`${queuePrefix}:${own.name}:job:meta`, { name: 'the job of an id that looks like a queue' })
  await foreign.add('job', {})
  expect(await listUnknownQueues(connection)).toEqual(['of-a-newer-release'])
  expect(await newer.getWaitingCount()).toBe(1)
  for (const queue of [own, newer, foreign]) await queue.obliterate({ force: true })
  for (const queue of [own, newer, foreign]) await queue.close()
  redis.disconnect()
})
