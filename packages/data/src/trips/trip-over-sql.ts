import { type RawBuilder, sql } from 'kysely'

/** `isTripOver` of the domain for a row of `trip`. A test compares the two. */
export const isTripOver: RawBuilder<boolean> = sql`(trip.status = 'unloaded' or trip.finished_at is not null)`
