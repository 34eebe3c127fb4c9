import { withQueues } from '../admin/with-queues.ts'
import type { QueueConnection } from '../connection.ts'

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

/** Removes the job schedulers that are not among the known ids, and returns them. */
export async function removeUnknownSchedulers(
  connection: QueueConnection,
  knownIds: readonly string[],
): Promise<readonly ListedScheduler[]> {
  const doomed = (await listSchedulers(connection)).filter(({ id }) => !knownIds.includes(id))
  await withQueues(connection, async (queue) => {
    for (const { id } of doomed.filter((entry) => entry.queue === queue.name)) await queue.removeJobScheduler(id)
    return []
  })
  return doomed
}
