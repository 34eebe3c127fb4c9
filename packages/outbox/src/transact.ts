import type { Db } from '@atermtrack/data'
import { type Enqueue, type QueueJob, type Queues, toJob } from '@atermtrack/queue'

/** A transaction that collects the jobs which its rows need. They are enqueued after the commit. */
export type Tx = Db & { readonly enqueue: Enqueue }

/** The dependencies of code that changes rows and wakes the workers of those rows. */
export interface Outbox {
  readonly db: Db
  readonly queues: Pick<Queues, 'wake'>
}

/**
 * Runs `work` in a transaction and enqueues the jobs that it collected once the transaction is committed. A transaction that is rolled
 * back enqueues nothing. Redis being away is no error: the rows are committed, and their jobs follow when it is back.
 */
export async function transact<T>({ db, queues }: Outbox, work: (tx: Tx) => Promise<T>): Promise<T> {
  return enqueueAfter(queues, async (collect) => db.transaction().execute(async (tx) => work(collect(tx))))
}

/**
 * As `transact`, for transactions that somebody else begins and commits: `commit` makes a `Tx` of the transaction by `collect`, and
 * resolves after the commit.
 */
export async function enqueueAfter<T>(
  queues: Outbox['queues'],
  commit: (collect: (tx: Db) => Tx) => Promise<T>,
): Promise<T> {
  const { collect, jobs } = collectJobs()
  const result = await commit(collect)
  if (jobs.length > 0) await queues.wake(jobs)
  return result
}

export interface CollectedJobs {
  readonly collect: (tx: Db) => Tx
  /** To be enqueued once the transaction is committed, and never otherwise. */
  readonly jobs: readonly QueueJob[]
}

/** For the one place where something else comes between the commit and the enqueue. */
export function collectJobs(): CollectedJobs {
  const jobs: QueueJob[] = []
  const enqueue: Enqueue = (queue, payload, options) => void jobs.push(toJob(queue, payload, options))
  return { collect: (tx) => Object.assign(tx, { enqueue }), jobs }
}
