import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { type QueueConnection, workerConnection } from './connection.ts'
import { contracts } from './contracts.ts'

export interface ListedScheduler {
  readonly queue: string
  readonly id: string
  /** A cron pattern with its zone, or a span in ms. */
  readonly rhythm: string
  readonly nextAt: Date | undefined
}

/** Every job scheduler in Redis on any queue of this release. */
export async function listSchedulers(connection: QueueConnection): Promise<readonly ListedScheduler[]> {
  return withQueues(connection, async (queue) =>
    (await queue.getJobSchedulers()).map(({ key, pattern, tz, every, next }) => ({
      queue: queue.name,
      id: key,
      rhythm: pattern === undefined ? `every ${every} ms` : `${pattern} ${tz ?? ''}`.trim(),
      nextAt: next === undefined ? undefined : new Date(next),
    })),
  )
}

/**
 * Removes the schedulers whose next run lies more than `overdueMs` back or never comes, and all of them when `ids` names them.
 */
export async function removeSchedulers(
  connection: QueueConnection,
  ids: readonly string[],
): Promise<readonly ListedScheduler[]> {
  const doomed = (await listSchedulers(connection)).filter(({ id }) => ids.includes(id))
  await withQueues(connection, async (queue) => {
    for (const { id } of doomed.filter((entry) => entry.queue === queue.name)) await queue.removeJobScheduler(id)
    return []
  })
  return doomed
}

async function withQueues<T>(
  connection: QueueConnection,
  work: (queue: Queue) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const redis: Redis = workerConnection(connection)
  const results: T[] = []
  for (const { name } of contracts) {
    const queue = new Queue(name, { connection: redis, prefix: connection.prefix, skipVersionCheck: true })
    results.push(...(await work(queue)))
    await queue.close()
  }
  redis.disconnect()
  return results
}
