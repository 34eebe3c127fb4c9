import type { Job } from 'bullmq'
import type { QueueConnection } from '../connection.ts'
import { withQueues } from './with-queues.ts'

/** A job that has failed for good and is still kept. */
export interface FailedJob {
  readonly id: string
  /** As JSON; ids alone. */
  readonly payload: string
  readonly starts: number
  readonly failedAt: Date | undefined
  readonly reason: string
}

/** The failed jobs of a queue, newest first. */
export async function listFailedJobs(
  connection: QueueConnection,
  queue: string,
  limit: number,
): Promise<readonly FailedJob[]> {
  return withQueues(
    connection,
    async (one) => (await one.getFailed(0, limit - 1)).filter(isThere).map(toFailedJob),
    queue,
  )
}

const batchSize = 1_000

/** Starts failed jobs of a queue again, or the one with this id; returns how many. */
export async function retryFailedJobs(connection: QueueConnection, queue: string, jobId?: string): Promise<number> {
  const counts = await withQueues(
    connection,
    async (one) => {
      if (jobId !== undefined) {
        const job = await one.getJob(jobId)
        if (!job || !(await job.isFailed())) return [0]
        await job.retry('failed')
        return [1]
      }
      const failed = await one.getFailedCount()
      // Jobs that fail again meanwhile are left alone.
      if (failed > 0) await one.retryJobs({ state: 'failed', count: batchSize, timestamp: Date.now() })
      return [failed]
    },
    queue,
  )
  return counts[0] ?? 0
}

/** A job that is removed while the list is read is a gap in it. */
function isThere(job: Job | undefined): job is Job {
  return job !== undefined
}

function toFailedJob({ id = '', data, attemptsMade, finishedOn, failedReason }: Job): FailedJob {
  return {
    id,
    payload: JSON.stringify(data),
    starts: attemptsMade,
    failedAt: finishedOn === undefined ? undefined : new Date(finishedOn),
    reason: failedReason,
  }
}
