import type { FreeDays } from '@atermtrack/domain'

/** Settings that a view needs besides the positions. */
export interface ViewSettings {
  readonly standingAfterMinutes: number
  /** Data older than this are called old. */
  readonly staleAfterMinutes: number
  /** Zone in which the age of data is printed when no position says it. */
  readonly sourceZone: string
  /** The rules of storage at terminals without a charge. */
  readonly freeDays: readonly FreeDays[]
}
