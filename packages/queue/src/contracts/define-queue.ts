import type { z } from 'zod'

/** The properties of a queue of any payload. */
export interface QueueSettings {
  readonly name: string
  /** How often a job is started before it counts as failed. */
  readonly attempts: number
  /**
   * How often its worker may die before the job counts as failed, by default 3. It is higher where the row counts the
   * starts itself: the row does not count a start that failed through our own fault.
   */
  readonly mostStalls?: number
  /** A job that is added while another with its identity runs is kept for one more run, instead of being dropped. */
  readonly lookAgain?: boolean
  /** At most `max` starts per `durationMs` over all workers of the queue. */
  readonly pace?: { readonly max: number; readonly durationMs: number }
}

export interface QueueContract<Payload> extends QueueSettings {
  readonly payload: z.ZodType<Payload>
  readonly dedupId: (payload: Payload) => string
}

export type Service = 'ingester' | 'reporter' | 'bot'

/** The interval or pattern of a declared schedule; zones and minutes are named after the setting that they come from. */
export type DeclaredRhythm =
  | { readonly pattern: string; readonly zone: 'UTC' | 'scheduleZone' | 'terminalZone' }
  | { readonly minutes: 'pollMinutes' }

export interface DeclaredSchedule<Payload> {
  /** Stable name; the scheduler in Redis is known by it. */
  readonly id: string
  readonly payload: Payload
  readonly rhythm: DeclaredRhythm
  /** The schedule is kept only where one of these places is configured. */
  readonly places?: readonly string[]
}

/** The promises of a queue, for the table in `docs/operations.md`; Markdown. */
export interface FailureContract {
  /** How often a job starts, and what follows. */
  readonly starts: string
  /** Why a job that runs twice does no harm. */
  readonly repeats: string
  /** What happens when a job fails for good. */
  readonly fails: string
  /** The action of an operator then. */
  readonly remedy: string
}

/** A queue of this system: its contract, and what schedules, documents and commands derive from it. */
export interface DeclaredQueue<Payload, Name extends string = string> extends QueueContract<Payload> {
  readonly name: Name
  readonly workedBy: Service
  /** The producers beside the schedules and the sweep. */
  readonly enqueuedBy?: readonly string[]
  readonly schedules?: readonly DeclaredSchedule<Payload & object>[]
  readonly failure: FailureContract
}

/**
 * A queue whose jobs name a row of a table that waits for them. `packages/data` declares under the name of the queue which rows wait; the
 * sweep enqueues those that wait for too long.
 */
export interface DeclaredRowQueue<Payload, Name extends string = string> extends DeclaredQueue<Payload, Name> {
  readonly forRow: (id: number) => Payload
  /** The priority of a row by its kind, where rows have one. */
  readonly priorities?: Readonly<Record<string, number>>
}

/** The facts about a queue of any payload. */
export type AnyQueue = Omit<DeclaredQueue<object>, 'payload' | 'dedupId'>

export type PayloadOf<Contract> = Contract extends QueueContract<infer Payload> ? Payload : never

/** Fixes the types of a queue. */
export function defineQueue<Payload, const Name extends string>(
  queue: DeclaredQueue<Payload, Name>,
): DeclaredQueue<Payload, Name> {
  return queue
}

/** As `defineQueue`, for a queue whose jobs name a row. */
export function defineRowQueue<Payload, const Name extends string>(
  queue: DeclaredRowQueue<Payload, Name>,
): DeclaredRowQueue<Payload, Name> {
  return queue
}
