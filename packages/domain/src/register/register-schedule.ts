import { toInstant, toWall } from '../values/zone.ts'
import type { WallTime } from '../values/wall-time.ts'
import { monthBefore } from './read-register.ts'

/** The hour of the reader's day from which a register is sent without asking. */
const sentFromHour = 9
const dayMs = 86_400_000

/**
 * The month whose register is to be sent without asking at `now`: the one before, from 9:00 of the first day in the reader's zone. Undefined when `sentMonth`
 * was the newest already, or it is too early. Days as `YYYY-MM-DD`.
 */
export function registerMonthDue({
  now,
  zone,
  sentMonth,
}: {
  readonly now: Date
  readonly zone: string
  readonly sentMonth: string | undefined
}): string | undefined {
  const month = newestMonth(now, zone)
  return sentMonth === undefined || sentMonth < month ? month : undefined
}

/** The newest month whose register can be sent without asking at `now`. */
export function newestMonth(now: Date, zone: string): string {
  const shifted = toWall(new Date(now.getTime() - sentFromHour * 3_600_000), zone)
  return monthBefore(shifted.slice(0, 10))
}

/** The beginning and the end of a month, whose first day is given, in a zone. */
export function monthRange(month: string, next: string, zone: string): { readonly from: Date; readonly until: Date } {
  return {
    from: toInstant(`${month}T00:00:00` as WallTime, zone),
    until: toInstant(`${next}T00:00:00` as WallTime, zone),
  }
}

/**
 * The ends of periods for claims to warn of at `now`: a week at least before the end, and no more than one message a week. `warnedUntil`
 * is where the last warning ended; undefined when none is due.
 */
export function claimsToWarnOf({
  now,
  warnedUntil,
}: {
  readonly now: Date
  readonly warnedUntil: Date | undefined
}): { readonly from: Date; readonly until: Date } | undefined {
  if (warnedUntil && warnedUntil.getTime() - now.getTime() > 7 * dayMs) return undefined
  const from = warnedUntil && warnedUntil > now ? warnedUntil : now
  return { from, until: new Date(now.getTime() + 14 * dayMs) }
}
