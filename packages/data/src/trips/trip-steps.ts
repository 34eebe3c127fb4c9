import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { tripTerms } from './consignments.ts'

/** The temporary table of the operations of some containers. With figures about it the planner joins it as a whole. */
export const tripSteps = 'trip_step'

const stepColumns = sql`trip_id, operated_at, operation_id, station_id, trip_started_at, waybill, trip_ended_at,
  num_nonnulls(train_number, train_index) > 0 as has_train, operation.meaning, operation.name as operation, station.key as station`
const hasRoute = sql`num_nonnulls(consignment.origin_station_id, consignment.destination_station_id) > 0`
const hasTerms = sql.raw(`num_nonnulls(${tripTerms.map((name) => `consignment.${name}`).join(', ')}) > 0`)

/** Collects all operations of the containers. A position counts as one where it has come without a movement. */
export async function collectSteps(tx: Db, containers: RawBuilder<unknown>): Promise<void> {
  await sql`
    create temporary table ${sql.raw(tripSteps)} on commit drop as
    with asked as materialized (${containers}),
    -- Of each container by its index, however many movements there are; everything else joins them as a whole.
    moved as materialized (
      select movement.* from asked
      cross join lateral (select * from movement where movement.container = asked.container offset 0) as movement
    )
    select moved.container, ${stepColumns}, case when ${hasRoute} then consignment.key end as route_key,
      case when ${hasTerms} then consignment.key end as terms_key
    from moved
    join operation on operation.id = operation_id join station on station.id = station_id
    left join consignment on consignment.key = consignment_key
    where trip_id is not null
    union all
    select position.container, ${stepColumns}, null, null
    from asked join position on position.container = asked.container
    join operation on operation.id = operation_id join station on station.id = station_id
    where trip_id is not null and not exists (
      select from moved where moved.container = position.container and moved.operated_at = position.operated_at
        and moved.operation_id = position.operation_id and moved.station_id = position.station_id)`.execute(tx)
  await sql`analyze ${sql.raw(tripSteps)} (container, trip_id)`.execute(tx)
}

// Names and keys, unlike ids, do not depend on the order of arrival.
const fromOldest = sql.raw('operated_at, operation, station')
const fromNewest = sql.raw(`operated_at desc, meaning = 'unloaded' desc, operation desc, station desc`)
const newest = (value: string) =>
  sql`(array_agg(${sql.raw(value)} order by ${fromNewest}) filter (where ${sql.raw(value)} is not null))[1] as ${sql.raw(value)}`

/** The last operation of a trip is its end, whatever late tails follow. */
const ranked = sql`
  select *, row_number() over (partition by trip_id order by ${fromOldest}) as from_first,
    row_number() over (partition by trip_id order by is_late, ${fromNewest}) as from_last
  from (
    select *, meaning = 'tail' and bool_or(meaning = 'unloaded') over (partition by trip_id) as is_late
    from ${sql.raw(tripSteps)}
  ) as step`

const ofFirst = (value: string) => sql.raw(`max(${value}) filter (where from_first = 1) as first_${value}`)
const ofLast = (value: string) => sql.raw(`max(${value}) filter (where from_last = 1) as last_${value}`)

/** The facts of each trip by the collected operations, one row a trip. */
export const stepsOf: RawBuilder<unknown> = sql`
  select trip_id, min(container) as container, max(trip_started_at) as started_at,
    (array_agg(waybill order by ${fromNewest}) filter (where waybill is not null))[1] as waybill,
    coalesce(array_agg(distinct waybill) filter (where waybill is not null), '{}') as waybills,
    bool_or(trip_started_at is null and waybill is null) as is_timed,
    (array_agg(trip_ended_at order by ${fromNewest}) filter (where trip_ended_at is not null))[1] as finished_at,
    ${newest('route_key')}, ${newest('terms_key')},
    ${ofFirst('operated_at')}, ${ofFirst('operation_id')}, ${ofFirst('station_id')},
    ${ofLast('operated_at')}, ${ofLast('operation_id')}, ${ofLast('station_id')}, ${ofLast('meaning')},
    bool_or(has_train) filter (where from_last = 1) as last_has_train,
    min(operated_at) filter (where meaning = 'departed') as departed_at,
    min(operated_at) filter (where meaning = 'unloaded') as unloaded_at
  from (${ranked}) as step group by trip_id`
