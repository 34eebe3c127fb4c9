import { type Db, pendingRows } from '@atermtrack/data'
import { type DeclaredRowQueue, type Queues, rowContracts, type RowQueueName, toJob } from '@atermtrack/queue'

export interface SweepOptions {
  /** How long a row may wait before it is enqueued again. */
  readonly seconds: number
  /** How many rows are taken at a time. */
  readonly limit: number
  /** Queues that nobody works here. */
  readonly without?: readonly RowQueueName[]
}

/**
 * Enqueues every row that waits and has no job: its job was lost with Redis, or its process died between commit and enqueue. Where the
 * job is still there, nothing is added. Returns how many rows there were of each queue that had some.
 */
export async function sweepPendingRows(
  { db, queues }: { readonly db: Db; readonly queues: Pick<Queues, 'enqueueAll'> },
  { seconds, limit, without = [] }: SweepOptions,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for (const contract of rowContracts.filter(({ name }) => !without.includes(name))) {
    for (let taken = limit; taken === limit;) {
      const rows = await pendingRows.claim(db, contract.name, { seconds, limit })
      await queues.enqueueAll(rows.map((row) => jobOf(contract as DeclaredRowQueue<unknown>, row)))
      taken = rows.length
      if (taken > 0) counts[contract.name] = (counts[contract.name] ?? 0) + taken
    }
  }
  return counts
}

function jobOf<Payload>(contract: DeclaredRowQueue<Payload>, { id, kind, trace }: pendingRows.PendingRow) {
  const priority = kind === null ? undefined : contract.priorities?.[kind]
  return toJob(contract, contract.forRow(id), {
    trace: trace ?? undefined,
    ...(priority !== undefined && { priority }),
  })
}

export interface PendingCount {
  readonly queue: RowQueueName
  readonly waiting: number
  /** Since when the oldest row waits for the job that it has now. */
  readonly oldestSince: Date | null
}

/** How many rows wait for each queue. */
export async function countPendingRows(db: Db): Promise<readonly PendingCount[]> {
  // The type also lets the compiler check that no rows are declared for a missing queue.
  const declared = Object.keys(pendingRows.pendingRows) as pendingRows.PendingQueue[]
  const counts: PendingCount[] = []
  for (const queue of declared) counts.push({ queue, ...(await pendingRows.count(db, queue)) })
  return counts
}
