import { claimedTime } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'

/**
 * The times of a message or a file as they are stored: the receipt never ahead of the database's clock, and what the sender
 * claims no later than the receipt and nothing that PostgreSQL cannot hold.
 */
export function storedTimes({
  receivedAt,
  sentAt,
}: {
  readonly receivedAt: Date
  readonly sentAt?: Date | null | undefined
}): { readonly receivedAt: RawBuilder<Date>; readonly sentAt: RawBuilder<Date> | null } {
  const notAhead = (at: Date) => sql<Date>`least(${at}::timestamptz, now())`
  const claimed = claimedTime(sentAt, receivedAt)
  return { receivedAt: notAhead(receivedAt), sentAt: claimed ? notAhead(claimed) : null }
}
