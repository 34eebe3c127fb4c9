import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { wasLeftAbandoned } from './abandoned-sql.ts'
import { tripTerms } from './consignments.ts'
import { collectSteps, stepsOf, tripSteps } from './trip-steps.ts'

const names = (...lists: readonly string[]) => lists.join(' ').split(' ')
const terms = (of: string) => sql.raw(tripTerms.map((name) => `${of}.${name}`).join(', '))
const hasTerms = (of: string) => sql<boolean>`num_nonnulls(${terms(of)}) > 0`

const described = names(
  'started_at waybill waybills is_timed is_current origin_station_id destination_station_id finished_at',
  ...tripTerms,
  'first_operated_at first_operation_id first_station_id last_operated_at last_operation_id last_station_id',
  'departed_at unloaded_at',
)
const stored = [...described, 'arrived_at', 'status']

/**
 * Stores what the movements and positions of some containers, which `containers` selects, give about each of their trips. Nothing
 * else counts, so that neither the order in which reports arrive nor an undo makes a difference. Runs in a transaction.
 */
export async function refreshTrips(tx: Db, containers: RawBuilder<unknown>): Promise<void> {
  await collectSteps(tx, containers)
  await describeTrips(tx)
  await storeFacts(tx)
  await sql`drop table trip_fact`.execute(tx)
  await sql.raw(`drop table ${tripSteps}`).execute(tx)
}

/** The trip of an operation holds it alone, and knows so already. */
const isWholeTrip = sql`coalesce((first_operated_at, first_operation_id, first_station_id) = (last_operated_at, last_operation_id, last_station_id)
  and (first_operated_at, first_operation_id, first_station_id) = (movement.operated_at, movement.operation_id, movement.station_id), false)`

/**
 * The containers of a merged report whose trips may have changed: they have new movements, or a position with other facts. A trip
 * that the merge itself has stored has all its facts.
 */
export const changedByMerge: RawBuilder<unknown> = sql`
    select movement.container from merged_operation as movement left join trip on trip.id = movement.trip_id
    where movement.is_of_report and not exists (select from new_trip where new_trip.container = movement.container)
      and not ${isWholeTrip}
    union
    select position.container from changed_container join position using (container) left join trip on trip.id = position.trip_id
    where has_other_facts
      and ((trip.is_current, trip.origin_station_id, trip.destination_station_id, trip.finished_at, trip.arrived_at)
        is distinct from (true, position.origin_station_id, position.destination_station_id, position.trip_ended_at,
          position.arrived_at)
      or position.is_abandoned is null
      or trip.waybill is distinct from coalesce(position.waybill, trip.waybill)
      or ${hasTerms('position')} and (${terms('trip')}) is distinct from (${terms('position')}))`

/** Route and terms of a trip are those of its last operation that has any; of the present trip those of the position. */
async function describeTrips(tx: Db): Promise<void> {
  await sql`
    create temporary table trip_fact on commit drop as
    select collected.trip_id, collected.container, started_at, coalesce(position.waybill, collected.waybill) as waybill, waybills, is_timed,
      position.container is not null as is_current,
      case when position.container is null then route.origin_station_id else position.origin_station_id end as origin_station_id,
      case when position.container is null then route.destination_station_id else position.destination_station_id end
        as destination_station_id,
      case when position.container is null then collected.finished_at else position.trip_ended_at end as finished_at,
      ${sql.raw(
        tripTerms
          .map((name) => `case when position.has_terms then position.${name} else terms.${name} end as ${name}`)
          .join(', '),
      )},
      first_operated_at, first_operation_id, first_station_id, last_operated_at, last_operation_id, last_station_id,
      last_meaning, last_has_train, departed_at, unloaded_at,
      position.operated_at as position_operated_at, position.station_id as position_station_id,
      position.arrived_at as known_arrived_at, position.is_abandoned as known_is_abandoned
    from (${stepsOf}) as collected
    left join lateral (
      select position.*, ${hasTerms('position')} as has_terms from position
      where position.container = collected.container and position.trip_id = collected.trip_id
    ) as position on true
    left join consignment as route on route.key = collected.route_key
    left join consignment as terms on terms.key = collected.terms_key`.execute(tx)
  await sql`analyze trip_fact (trip_id, container, last_station_id)`.execute(tx)
}

/** `isSameStation` of the domain: of each station the ids of all that are the same. */
const sameStations = sql`select there.id, array_agg(same.id) as ids
    from station there join station same on coalesce(same.label, same.key) = coalesce(there.label, there.key)
    where same.id = there.id or same.code is null or there.code is null
    group by there.id`

/** `deriveStatus` of the domain for the last operation of a trip, without what depends on the clock. A test compares the two. */
const status = sql`(case
    when trip_fact.last_station_id = any(at_destination.ids)
      then case when last_meaning in ('unloaded', 'tail') then 'unloaded' else 'at_destination' end
    when trip_fact.last_station_id = any(at_origin.ids) and not last_has_train and last_meaning <> 'departed' then 'at_origin'
    when last_meaning = 'abandoned' or last_meaning not in ('picked_up', 'departed') and was_left then 'abandoned'
    else 'en_route' end)::trip_status`

/** The facts that depend on the station of an operation. The position of a container need not be at the last operation of its trip. */
const facts = sql`
    with same_station as materialized (${sameStations}), place as materialized (
      select trip_fact.trip_id,
        min(operated_at) filter (where station_id = any(there.ids)) as arrived_at,
        ${wasLeftAbandoned({ stations: sql`last.ids`, until: sql`last_operated_at` })} as was_left,
        ${wasLeftAbandoned({ stations: sql`here.ids`, until: sql`position_operated_at` })} as is_abandoned
      from ${sql.raw(tripSteps)} as step join trip_fact using (trip_id)
      left join same_station there on there.id = destination_station_id
      join same_station last on last.id = last_station_id
      left join same_station here on here.id = position_station_id
      group by trip_fact.trip_id
    )
    select trip_fact.*, arrived_at, is_abandoned, ${status} as status
    from trip_fact join place using (trip_id)
    left join same_station at_destination on at_destination.id = destination_station_id
    left join same_station at_origin on at_origin.id = origin_station_id`

/** Searches read very many positions, so that these hold copies of the facts that the searches ask for. */
async function storeFacts(tx: Db): Promise<void> {
  const list = (of: string) => sql.raw(stored.map((name) => `${of}.${name}`).join(', '))
  await sql`
    with fact as materialized (${facts}), stored as (
      update trip set ${sql.raw(stored.map((name) => `${name} = fact.${name}`).join(', '))}
      from fact where fact.trip_id = trip.id and (${list('trip')}) is distinct from (${list('fact')})
    )
    update position set arrived_at = fact.arrived_at, is_abandoned = fact.is_abandoned
    from fact where fact.is_current and position.container = fact.container
      and (known_arrived_at, known_is_abandoned) is distinct from (fact.arrived_at, fact.is_abandoned)`.execute(tx)
}
