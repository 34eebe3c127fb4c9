import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'

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

/** `assignTrips` of the domain for staged containers that are unknown so far and whose rows all name one key. */
export async function insertTripsOfNewContainers(tx: Db): Promise<void> {
  await sql`
    insert into trip (container, started_at, waybill, waybills)
    select container, min(trip_started_at), min(waybill), array_remove(array[min(waybill)], null)
    from dislocation_row r
    where not exists (select from position where position.container = r.container)
    group by container
    having min(trip_started_at) is not distinct from max(trip_started_at) and count(trip_started_at) in (0, count(*))
      and min(waybill) is not distinct from max(waybill) and count(waybill) in (0, count(*))
      and num_nonnulls(min(trip_started_at), min(waybill)) > 0`.execute(tx)
}
