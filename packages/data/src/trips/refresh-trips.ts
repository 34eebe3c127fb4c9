import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { tripTerms } from './consignments.ts'
import { tripStatus } from './trip-status-sql.ts'

const terms = (of: string) => sql.raw(tripTerms.map((name) => `${of}.${name}`).join(', '))
const hasTerms = (of: string) => sql<boolean>`num_nonnulls(${terms(of)}) > 0`

/**
 * Stores what the movements and positions of some containers, which `containers` selects, give about each of their trips. Nothing
 * else counts, so that neither the order in which reports arrive nor an undo makes a difference.
 */
export async function refreshTrips(tx: Db, containers: RawBuilder<unknown>): Promise<void> {
  await sql`
    with asked as materialized (${containers}), ${steps}, ${summaries}, ${described}, ${destinations}, ${facts}
    update trip set ${sql.raw(stored.map((name) => `${name} = fact.${name}`).join(', '))}
    from fact where fact.id = trip.id
      and (${sql.raw(stored.map((name) => `trip.${name}`).join(', '))})
        is distinct from (${sql.raw(stored.map((name) => `fact.${name}`).join(', '))})`.execute(tx)
  await storeArrivals(tx, containers)
}

/** The containers of a merged report whose trips may have changed: they have new movements, or a position with other facts. */
export function changedBy(workbookId: number): RawBuilder<unknown> {
  return sql`
    select container from movement where workbook_id = ${workbookId}
    union
    select position.container from dislocation_row join position using (container) left join trip on trip.id = position.trip_id
    where (trip.is_current, trip.origin_station_id, trip.destination_station_id, trip.finished_at, trip.arrived_at)
        is distinct from (true, position.origin_station_id, position.destination_station_id, position.trip_ended_at,
          position.arrived_at)
      or trip.waybill is distinct from coalesce(position.waybill, trip.waybill)
      or ${hasTerms('position')} and (${terms('trip')}) is distinct from (${terms('position')})`
}

const stored = [
  ...'started_at waybill waybills is_timed is_current origin_station_id destination_station_id'.split(' '),
  ...tripTerms,
  ...'first_operated_at first_operation_id first_station_id last_operated_at last_operation_id last_station_id'.split(
    ' ',
  ),
  ...'departed_at arrived_at unloaded_at finished_at status'.split(' '),
]

/** All operations of the trips. The position counts as one where it has come without a movement. */
const steps = sql`step as materialized (
    select asked.container, trip_id, operated_at, operation_id, station_id, trip_started_at, waybill, trip_ended_at,
      train_number, train_index, consignment_key, operation.meaning, operation.name as operation, station.key as station
    from asked join movement using (container)
    join operation on operation.id = operation_id join station on station.id = station_id
    where trip_id is not null
    union all
    select asked.container, trip_id, operated_at, operation_id, station_id, trip_started_at, waybill, trip_ended_at,
      train_number, train_index, null, operation.meaning, operation.name, station.key
    from asked join position using (container)
    join operation on operation.id = operation_id join station on station.id = station_id
    where trip_id is not null and not exists (
      select from movement where movement.container = position.container and movement.operated_at = position.operated_at
        and movement.operation_id = position.operation_id and movement.station_id = position.station_id)
  )`

// Names and keys, unlike ids, do not depend on the order of arrival.
const fromNewest = sql`operated_at desc, meaning = 'unloaded' desc, operation desc, station desc`
const newest = (value: string) =>
  sql`(array_agg(${sql.raw(value)} order by ${fromNewest}) filter (where ${sql.raw(value)} is not null))[1]`

/** The last operation of a trip is its end, whatever late tails follow. */
const summaries = sql`summary as materialized (
    select trip_id, min(container) as container, max(trip_started_at) as started_at, ${newest('waybill')} as waybill,
      coalesce(array_agg(distinct waybill) filter (where waybill is not null), '{}') as waybills,
      bool_or(trip_started_at is null and waybill is null) as is_timed, ${newest('trip_ended_at')} as finished_at,
      min(operated_at) filter (where meaning = 'departed') as departed_at,
      min(operated_at) filter (where meaning = 'unloaded') as unloaded_at
    from step group by trip_id
  ), first_step as (
    select distinct on (trip_id) * from step order by trip_id, operated_at, operation, station
  ), last_step as materialized (
    select distinct on (trip_id) *
    from (select *, meaning = 'tail' and bool_or(meaning = 'unloaded') over (partition by trip_id) as is_late from step) as step
    order by trip_id, is_late, ${fromNewest}
  )`

/** Route and terms of a trip are those of its last operation that has any; of the present trip those of the position. */
const described = sql`route as (
    select distinct on (trip_id) trip_id, origin_station_id, destination_station_id
    from step join consignment on key = consignment_key
    where num_nonnulls(origin_station_id, destination_station_id) > 0
    order by trip_id, ${fromNewest}
  ), terms as (
    select distinct on (trip_id) trip_id, consignment.*
    from step join consignment on key = consignment_key
    where ${hasTerms('consignment')}
    order by trip_id, ${fromNewest}
  ), described as materialized (
    select trip_id, position.container is not null as is_current,
      coalesce(position.waybill, summary.waybill) as last_waybill,
      case when position.container is null then route.origin_station_id else position.origin_station_id end as origin_station_id,
      case when position.container is null then route.destination_station_id else position.destination_station_id end
        as destination_station_id,
      case when position.container is null then summary.finished_at else position.trip_ended_at end as ended_at,
      ${sql.raw(
        tripTerms
          .map((name) => `case when position.has_terms then position.${name} else terms.${name} end as ${name}`)
          .join(', '),
      )}
    from summary
    left join (select position.*, ${hasTerms('position')} as has_terms from position join asked using (container)) as position
      using (trip_id)
    left join route using (trip_id) left join terms using (trip_id)
  )`

/** `isSameStation` of the domain for the stations that are compared: the ids of all stations that are the same. */
const destinations = sql`same_station as materialized (
    select there.id, array(
      select same.id from station same
      where same.id = there.id or (same.code is null or there.code is null) and same.label = there.label
    ) as ids
    from station there
    where there.id in (select destination_station_id from described union select origin_station_id from described
      union select station_id from last_step)
  ), arrival as (
    select step.trip_id, min(step.operated_at) as arrived_at
    from step join described using (trip_id) join same_station on same_station.id = described.destination_station_id
    where step.station_id = any(same_station.ids)
    group by step.trip_id
  )`

const facts = sql`fact as (
    select summary.trip_id as id, started_at, last_waybill as waybill, waybills, is_timed, is_current,
      origin_station_id, destination_station_id, ${terms('described')},
      first_step.operated_at as first_operated_at, first_step.operation_id as first_operation_id,
      first_step.station_id as first_station_id, last_step.operated_at as last_operated_at,
      last_step.operation_id as last_operation_id, last_step.station_id as last_station_id,
      departed_at, arrived_at, unloaded_at, ended_at as finished_at, ${tripStatus} as status
    from summary join described using (trip_id) join first_step using (trip_id) join last_step using (trip_id)
    left join arrival using (trip_id)
    left join same_station as at_destination on at_destination.id = destination_station_id
    left join same_station as at_origin on at_origin.id = origin_station_id
    join same_station as at_last on at_last.id = last_step.station_id
  )`

/** Searches by the day of an arrival read very many positions, so that these hold a copy of it. */
async function storeArrivals(tx: Db, containers: RawBuilder<unknown>): Promise<void> {
  await sql`
    with asked as materialized (${containers})
    update position set arrived_at = trip.arrived_at
    from asked, trip
    where position.container = asked.container and trip.id = position.trip_id
      and position.arrived_at is distinct from trip.arrived_at`.execute(tx)
}
