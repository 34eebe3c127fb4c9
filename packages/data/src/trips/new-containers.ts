import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { analyzeLarge } from '../platform/statements/analyze-large.ts'
import { tripTerms } from './consignments.ts'

const isSameStation = (there: string): RawBuilder<boolean> =>
  sql.raw(`(s.id = ${there}.id or (s.code is null or ${there}.code is null) and s.label = ${there}.label)`)

const status = sql`(case
    when ${isSameStation('destination')} then case when o.meaning in ('unloaded', 'tail') then 'unloaded' else 'at_destination' end
    when ${isSameStation('origin')} and r.train_number is null and r.train_index is null and o.meaning <> 'departed' then 'at_origin'
    when o.meaning = 'abandoned' then 'abandoned'
    else 'en_route' end)::trip_status`

/** The temporary table of the trips that `insertTripsOfNewContainers` has stored: container, id, arrival. */
export const newTrips = 'new_trip'

/**
 * Stores the trips of staged containers that are unknown so far and have one row: a single operation is a trip, and its row gives
 * all facts. These are what `assignTrips` and `refreshTrips` would store, at a fraction of their cost for a first report; a test
 * compares them.
 */
export async function insertTripsOfNewContainers(tx: Db): Promise<void> {
  await sql`
    create temporary table ${sql.raw(newTrips)} (container text, id bigint, arrived_at timestamptz) on commit drop`.execute(
    tx,
  )
  const filled = await sql`
    with stored as (
    insert into trip (container, started_at, waybill, waybills, is_timed, is_current, origin_station_id, destination_station_id,
      ${sql.raw(tripTerms.join(', '))}, first_operated_at, first_operation_id, first_station_id, last_operated_at,
      last_operation_id, last_station_id, departed_at, arrived_at, unloaded_at, finished_at, status)
    select r.container, r.trip_started_at, r.waybill, array_remove(array[r.waybill], null),
      false, true, origin.id, destination.id,
      ${sql.raw(tripTerms.map((name) => `r.${name}`).join(', '))}, r.operated_at, o.id, s.id, r.operated_at, o.id, s.id,
      case when o.meaning = 'departed' then r.operated_at end, case when ${isSameStation('destination')} then r.operated_at end,
      case when o.meaning = 'unloaded' then r.operated_at end, r.trip_ended_at, ${status}
    from (
      select * from dislocation_row as staged
      where not exists (select from position where position.container = staged.container)
        and not exists (select from trip where trip.container = staged.container)
      -- Nearly always nothing is left: then the rows of a container need not be counted.
      offset 0
    ) as r
    join operation o on o.name = r.operation
    join station s on s.key = r.station_key
    left join station origin on origin.key = r.origin_station_key
    left join station destination on destination.key = r.destination_station_key
    where num_nonnulls(r.trip_started_at, r.waybill) > 0
      and r.container not in (select container from dislocation_row group by container having count(*) > 1)
    returning container, id, arrived_at
    )
    insert into ${sql.raw(newTrips)} select * from stored`.execute(tx)
  await analyzeLarge(tx, newTrips, filled)
}
