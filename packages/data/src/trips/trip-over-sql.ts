import { type RawBuilder, sql } from 'kysely'

/** `isTripOver` of the domain for a row of `trip`. A test compares the two. */
export const isTripOver: RawBuilder<boolean> = sql`(trip.status = 'unloaded' or trip.finished_at is not null)`

/** When a row of `trip` ended; null while it goes on. */
export const tripEndedAt: RawBuilder<Date | null> = sql`(case when ${isTripOver}
  then coalesce(trip.finished_at, trip.unloaded_at, trip.last_operated_at) end)`
