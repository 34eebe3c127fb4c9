/** Nothing that is received today was sent or stored before: such times come from unset clocks. */
export const earliestTimeMs = Date.UTC(1990, 0, 1)

/**
 * The time of a receipt as a mail server or a file system reports it; `now` when it is missing, is not a date, lies before 1990 or
 * lies in the future.
 */
export function receiptTime(reported: Date | undefined, now: Date): Date {
  const ms = reported?.getTime() ?? Number.NaN
  return reported && ms >= earliestTimeMs && ms <= now.getTime() ? reported : now
}

/** The time of sending that a sender claims, no earlier than 1990 and no later than the receipt; undefined otherwise. */
export function claimedTime(claimed: Date | null | undefined, receivedAt: Date): Date | undefined {
  const ms = claimed?.getTime() ?? Number.NaN
  return Number.isNaN(ms) ? undefined : new Date(Math.min(Math.max(ms, earliestTimeMs), receivedAt.getTime()))
}
