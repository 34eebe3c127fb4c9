import type { Db } from '@atermtrack/data'
import { type AnyQueue, contracts, type QueueCounts } from '@atermtrack/queue'
import { countPendingRows } from './sweep.ts'

/** The rows in the database and the jobs in Redis that wait for a queue. */
export interface QueueState {
  readonly queue: string
  readonly workedBy: string
  /** Rows that wait; undefined for a queue whose jobs name no rows. */
  readonly rows: number | undefined
  readonly oldestSince: Date | undefined
  /** Undefined while Redis does not answer. */
  readonly jobs: Omit<QueueCounts, 'queue'> | undefined
  /** How many of the jobs wait for the time of a schedule, whatever happens. */
  readonly scheduled: number
}

/** The state of every queue; `counts` are the jobs in Redis, where it answers. */
export async function readQueueStates(
  db: Db,
  counts: readonly QueueCounts[] | undefined,
): Promise<readonly QueueState[]> {
  const pending = await countPendingRows(db)
  const queues: readonly AnyQueue[] = contracts
  return queues.map(({ name, workedBy, schedules = [] }) => {
    const row = pending.find(({ queue }) => queue === name)
    return {
      queue: name,
      workedBy,
      rows: row?.waiting,
      oldestSince: row?.oldestSince ?? undefined,
      jobs: counts?.find(({ queue }) => queue === name),
      scheduled: schedules.length,
    }
  })
}
