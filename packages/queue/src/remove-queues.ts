import { once } from 'node:events'
import { type QueueConnection, workerConnection } from './connection.ts'

/** Removes everything under the connection's prefix: all queues, their jobs and schedulers. Nobody may be using them. */
export async function removeQueues(connection: QueueConnection): Promise<void> {
  const redis = workerConnection(connection)
  try {
    await once(redis, 'ready', { signal: AbortSignal.timeout(5_000) })
    const pattern = `${connection.prefix.replaceAll(/[*?[\]\\]/g, String.raw`\$&`)}:*`
    for await (const keys of redis.scanStream({ match: pattern, count: 1_000 })) {
      if (keys.length > 0) await redis.unlink(keys as string[])
    }
  } finally {
    redis.disconnect()
  }
}
