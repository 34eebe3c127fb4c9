import { once } from 'node:events'
import { Queue } from 'bullmq'
import { type QueueConnection, workerConnection } from '../connection.ts'
import { contracts } from '../contracts.ts'

/** Runs `work` with each queue of this release, or with one of them, for a person who waits for the answer. */
export async function withQueues<T>(
  connection: QueueConnection,
  work: (queue: Queue) => Promise<readonly T[]>,
  only?: string,
): Promise<readonly T[]> {
  const redis = workerConnection(connection)
  try {
    // A person waits for the answer: unlike a worker, we do not sit out an outage.
    await once(redis, 'ready', { signal: AbortSignal.timeout(5_000) })
    const results: T[] = []
    for (const { name } of contracts) {
      if (only !== undefined && name !== only) continue
      const queue = new Queue(name, { connection: redis, prefix: connection.prefix, skipVersionCheck: true })
      results.push(...(await work(queue)))
      await queue.close()
    }
    return results
  } finally {
    redis.disconnect()
  }
}
