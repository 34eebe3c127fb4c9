import { metrics } from '@atermtrack/runtime'
import type { Job } from 'bullmq'
import { JobDelayed, PermanentError, QueuePaused } from './errors.ts'

interface MeasuredQueue {
  readonly name: string
  readonly attempts: number
}

/** Measures how late a job starts and how long it runs. */
export function startMeasuring(
  queue: MeasuredQueue,
  job: Pick<Job, 'timestamp' | 'delay' | 'attemptsMade'>,
): { readonly end: (error?: unknown) => void } {
  const startedAt = performance.now()
  // A job that runs again was due at a time that it does not say.
  if (job.attemptsMade === 0) {
    metrics.jobWait.observe({ queue: queue.name }, Math.max(0, Date.now() - job.timestamp - job.delay) / 1_000)
  }
  return {
    end(error) {
      const outcome = outcomeOf(error, job.attemptsMade + 1 >= queue.attempts)
      metrics.jobDuration.observe({ queue: queue.name, outcome }, (performance.now() - startedAt) / 1_000)
    },
  }
}

function outcomeOf(error: unknown, isLast: boolean): 'done' | 'delayed' | 'failed' | 'retry' {
  if (error === undefined) return 'done'
  if (error instanceof JobDelayed || error instanceof QueuePaused) return 'delayed'
  return isLast || error instanceof PermanentError ? 'failed' : 'retry'
}
