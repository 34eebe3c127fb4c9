import type { JobsOptions } from 'bullmq'
import type { QueueContract, QueueSettings } from './contracts/define-queue.ts'
import { traceMetadata } from './tracing/telemetry.ts'

export interface EnqueueOptions {
  /** Lower leaves sooner; without it a job stands before all that have one. */
  readonly priority?: number
  readonly delayMs?: number
  /** The `traceparent` of a row that has waited: the job goes on with its trace instead of that of the work which enqueues it. */
  readonly trace?: string | undefined
}

/** A job that is to be enqueued; its payload has been checked against the contract of its queue. */
export interface QueueJob extends EnqueueOptions {
  readonly queue: QueueSettings
  readonly payload: unknown
  /** While a job with this identity waits or runs, another is not added. */
  readonly dedupId: string
}

/** Records a job that is to be enqueued. */
export type Enqueue = <Payload>(queue: QueueContract<Payload>, payload: Payload, options?: EnqueueOptions) => void

/** Checks a payload against its contract; throws in the stack of the caller when it does not fit. */
export function toJob<Payload>(
  queue: QueueContract<Payload>,
  payload: Payload,
  options: EnqueueOptions = {},
): QueueJob {
  const parsed = queue.payload.parse(payload)
  return { ...options, queue, payload: parsed, dedupId: queue.dedupId(parsed) }
}

const dayInSeconds = 86_400

/** The options of every job of a queue, of scheduled ones too. Old jobs are evidence, bounded by age and number. */
export function defaultJobOptions({ attempts }: QueueSettings) {
  return {
    attempts,
    backoff: { type: 'exponential', delay: 2_000, jitter: 0.5 },
    removeOnComplete: { age: 3_600, count: 1_000 },
    removeOnFail: { age: 7 * dayInSeconds, count: 5_000 },
  } satisfies JobsOptions
}

/** The options of one job, as BullMQ takes them. */
export function jobOptions({ queue, dedupId, priority, delayMs, trace }: QueueJob): JobsOptions {
  return {
    ...defaultJobOptions(queue),
    deduplication: { id: dedupId, ...(queue.lookAgain && { keepLastIfActive: true }) },
    ...(priority !== undefined && { priority }),
    ...(delayMs !== undefined && { delay: delayMs }),
    ...(trace !== undefined && { telemetry: { metadata: traceMetadata(trace) } }),
  }
}
