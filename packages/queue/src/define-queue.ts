import type { z } from 'zod'

/** What is true of a queue whatever its payload. */
export interface QueueSettings {
  readonly name: string
  /** How often a job is started before it counts as failed. */
  readonly attempts: number
  /**
   * How often its worker may die before the job counts as failed, by default 3. More where the row counts the starts itself: it
   * knows those that were innocent.
   */
  readonly mostStalls?: number
  /** A job added while its twin runs is kept for one more run, instead of being dropped. */
  readonly lookAgain?: boolean
  /** At most `max` starts per `durationMs` over all workers of the queue. */
  readonly pace?: { readonly max: number; readonly durationMs: number }
}

export interface QueueContract<Payload> extends QueueSettings {
  readonly payload: z.ZodType<Payload>
  readonly dedupId: (payload: Payload) => string
}

/** Fixes the payload type of a contract. */
export function defineQueue<Payload>(contract: QueueContract<Payload>): QueueContract<Payload> {
  return contract
}
