import { earliestTimeMs } from './receipt.ts'

const defaultLeastShare = 0.7
const defaultToleranceMinutes = 60
/** Days after which a container that is missing from its reports counts as gone. */
export const droppedAfterDays = 7
const oddAgeDays = 730
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/**
 * True when a report has fewer rows than a share (0.7 by default) of the median of the accepted reports before it, the
 * last ten as a rule; a source without a past has no usual size.
 */
export function isShrunk(report: {
  readonly rows: number
  readonly previousRowCounts: readonly number[]
  readonly leastShare?: number
}): boolean {
  const { rows, previousRowCounts, leastShare = defaultLeastShare } = report
  return previousRowCounts.length > 0 && rows < leastShare * usualRowCount(previousRowCounts)
}

/** The limits for the times in a report. */
export interface BelievableTimes {
  /** An operation after this is refused, as is a trip that begins or ends after it: it would hide all true ones. */
  readonly latest: Date
  /** An operation before this is accepted with a warning. */
  readonly longAgo: Date
}

/** The latest time that a file received at `receivedAt` may report: clocks differ, by an hour at most by default. */
export function latestTime(receivedAt: Date, toleranceMinutes = defaultToleranceMinutes): Date {
  return new Date(receivedAt.getTime() + toleranceMinutes * minuteMs)
}

/** True for a stamp more than the tolerance (an hour by default) after the receipt: every later file would seem older. */
export function isFutureStamp(report: {
  readonly stampAt: Date
  readonly receivedAt: Date
  readonly toleranceMinutes?: number
}): boolean {
  const { stampAt, receivedAt, toleranceMinutes } = report
  return stampAt > latestTime(receivedAt, toleranceMinutes)
}

/**
 * True for a stamp more than a day after the time that its message claims: no report is mailed before it is formed. A day forgives
 * clocks and zones that are set wrong. A claim at the earliest time that is stored comes from a clock that was never set, and
 * says nothing.
 */
export function isAheadOfMessage({
  stampAt,
  sentAt,
}: {
  readonly stampAt: Date
  readonly sentAt: Date | null
}): boolean {
  return sentAt !== null && sentAt.getTime() > earliestTimeMs && stampAt.getTime() - sentAt.getTime() > dayMs
}

/** Operations before this time are odd in a report formed at `stampAt`: containers do not stand for two years. */
export function longBefore(stampAt: Date): Date {
  return new Date(stampAt.getTime() - oddAgeDays * dayMs)
}

/** True when a missing container counts as gone, measured at the source's stamp. */
export function isDropped({ missingSince, stampAt }: { readonly missingSince: Date; readonly stampAt: Date }): boolean {
  return stampAt.getTime() - missingSince.getTime() >= droppedAfterDays * dayMs
}

/** The usual row count of a source: the median of its earlier reports, of which there is at least one. */
export function usualRowCount(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1)
  return middle.reduce((sum, number) => sum + number, 0) / middle.length
}
