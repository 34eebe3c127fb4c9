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
}): { readonly receivedAt: RawBuilder<Date>; readonly sentAt: Date | null } {
  return {
    receivedAt: sql<Date>`least(${receivedAt}::timestamptz, now())`,
    sentAt: claimedTime(sentAt, receivedAt) ?? null,
  }
}
