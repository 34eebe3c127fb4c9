import type { Queue } from 'bullmq'
import { producerConnection, type QueueConnection, whenReady } from './connection.ts'
import { openRawQueues } from './admin/raw-queues.ts'

const states = ['waiting', 'active', 'delayed', 'failed'] as const
export type JobState = (typeof states)[number]

/** The jobs of one queue in Redis, by their state. */
export interface QueueJobs {
  readonly queue: string
  readonly jobs: Readonly<Record<JobState, number>>
  /** When the oldest of the waiting, and of the failed, was enqueued. */
  readonly oldest: Readonly<Partial<Record<'waiting' | 'failed', Date>>>
}

export interface QueueStates extends AsyncDisposable {
  /** Throws within 2 s while Redis is away. */
  readonly read: () => Promise<readonly QueueJobs[]>
}

/** Reads the states of all queues over one connection. */
export function openQueueStates(connection: QueueConnection): QueueStates {
  const queues = openRawQueues(connection)
  return {
    async read() {
      await queues.ready()
      return Promise.all(queues.list.map(readState))
    },
    [Symbol.asyncDispose]: async () => queues[Symbol.asyncDispose](),
  }
}

async function readState(queue: Queue): Promise<QueueJobs> {
  const [{ wait, prioritized, active, delayed, failed }, waiting, broken] = await Promise.all([
    queue.getJobCounts('wait', 'prioritized', 'active', 'delayed', 'failed'),
    oldestOf(queue, ['wait', 'prioritized']),
    oldestOf(queue, ['failed']),
  ])
  const jobs = {
    waiting: (wait ?? 0) + (prioritized ?? 0),
    active: active ?? 0,
    delayed: delayed ?? 0,
    failed: failed ?? 0,
  }
  return { queue: queue.name, jobs, oldest: { ...(waiting && { waiting }), ...(broken && { failed: broken }) } }
}

async function oldestOf(queue: Queue, types: ('wait' | 'prioritized' | 'failed')[]): Promise<Date | undefined> {
  // The first of each type; among jobs with priorities that is the oldest of the most urgent ones.
  const jobs = await queue.getJobs(types, 0, 0, true)
  // A job can end between the list and its reading.
  const times = jobs.flatMap((job) => (job ? [job.timestamp] : []))
  return times.length === 0 ? undefined : new Date(Math.min(...times))
}

/** The jobs of a queue in Redis. */
export interface QueueCounts {
  readonly queue: string
  /** Those that are to start, now or later. */
  readonly waiting: number
  readonly active: number
  /** Those that failed for good within a week. */
  readonly failed: number
}

/** Counts the jobs of every queue, over a connection of its own. Throws within seconds while Redis is away. */
export async function countJobs(connection: QueueConnection): Promise<readonly QueueCounts[]> {
  await using states = openQueueStates(connection)
  return (await states.read()).map(({ queue, jobs: { waiting, delayed, active, failed } }) => ({
    queue,
    waiting: waiting + delayed,
    active,
    failed,
  }))
}

/** Resolves when Redis answers. */
export async function pingRedis(connection: QueueConnection): Promise<void> {
  const redis = producerConnection(connection)
  try {
    await whenReady(redis)
    await redis.ping()
  } finally {
    redis.disconnect()
  }
}
