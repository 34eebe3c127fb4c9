import { once } from 'node:events'
import { type QueueConnection, workerConnection } from '../connection.ts'
import { contracts } from '../contracts.ts'
import type { AnyQueue } from '../contracts/define-queue.ts'

/** BullMQ keeps a hash of this name for each queue. */
const ending = ':meta'

/**
 * The names of the queues in Redis that this release does not declare: those of a newer release beside it, or of an older one that is
 * gone. They are left alone. Throws within seconds while Redis is away.
 */
export async function listUnknownQueues(connection: QueueConnection): Promise<readonly string[]> {
  const redis = workerConnection(connection)
  try {
    await once(redis, 'ready', { signal: AbortSignal.timeout(5_000) })
    const known = new Set((contracts as readonly AnyQueue[]).map(({ name }) => name))
    const found = new Set<string>()
    const start = `${connection.prefix}:`
    const pattern = `${start.replaceAll(/[*?[\]\\]/g, String.raw`\$&`)}*${ending}`
    for await (const keys of redis.scanStream({ match: pattern, count: 1_000, type: 'hash' })) {
      for (const key of keys as string[]) {
        const name = key.slice(start.length, -ending.length)
        // A job may have an id that ends like this; the name of a queue holds no colon.
        if (!name.includes(':') && !known.has(name)) found.add(name)
      }
    }
    return [...found].toSorted()
  } finally {
    redis.disconnect()
  }
}
