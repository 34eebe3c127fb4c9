import { Queue } from 'bullmq'
import { closeQueues, producerConnection, type QueueConnection, whenReady } from './connection.ts'
import { contracts } from './contracts.ts'

/** The jobs of a queue in Redis. */
export interface QueueCounts {
  readonly queue: string
  /** Those that are to start, now or later. */
  readonly waiting: number
  readonly active: number
  /** Those that failed for good within a week. */
  readonly failed: number
}

/** Counts the jobs of every queue. Throws within seconds when Redis is away. */
export async function countJobs(connection: QueueConnection): Promise<readonly QueueCounts[]> {
  const redis = producerConnection(connection)
  const queues = contracts.map(
    ({ name }) => new Queue(name, { connection: redis, prefix: connection.prefix, skipVersionCheck: true }),
  )
  for (const queue of queues) queue.on('error', () => undefined) // The connection reports it already.
  try {
    await whenReady(redis)
    return await Promise.all(
      queues.map(async (queue) => {
        const jobs = await queue.getJobCounts('wait', 'prioritized', 'delayed', 'active', 'failed')
        const { wait = 0, prioritized = 0, delayed = 0, active = 0, failed = 0 } = jobs
        return { queue: queue.name, waiting: wait + prioritized + delayed, active, failed }
      }),
    )
  } finally {
    await closeQueues(queues, redis)
  }
}

/** Resolves when Redis answers. */
export async function pingRedis(connection: QueueConnection): Promise<void> {
  const redis = producerConnection(connection)
  try {
    await whenReady(redis)
    await redis.ping()
  } finally {
    redis.disconnect()
  }
}
