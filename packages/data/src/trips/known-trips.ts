import { type RawBuilder, sql } from 'kysely'

const isNamed = sql<boolean>`case when r.trip_started_at is null then r.waybill = any(trip.waybills)
  else trip.started_at = r.trip_started_at and (r.waybill is null or r.waybill = any(trip.waybills)) end`

/**
 * `assignTrips` of the domain for an operation `r` whose key known trips hold already; null where all operations of the container
 * must be looked at. An operation with such a key never moves another one to another trip. A test compares the two.
 */
export const knownTrip: RawBuilder<number | null> = sql`(
  select case when count(*) filter (where ${isNamed}) = 1 and not bool_or(trip.is_timed)
    then min(trip.id) filter (where ${isNamed}) end
  from trip where trip.container = r.container)`
