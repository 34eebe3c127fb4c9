import { normaliseLabel } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { isOnTripOfPosition } from './positions.ts'

/** Stores the label of each station that has none yet: names are compared by it, as `isSameStation` does. */
export async function labelStations(tx: Db): Promise<void> {
  const stations = await tx.selectFrom('station').select(['id', 'name']).where('label', 'is', null).execute()
  if (stations.length === 0) return
  const ids = stations.map(({ id }) => id)
  const labels = stations.map(({ name }) => normaliseLabel(name))
  await sql`
    update station set label = named.label from unnest(${ids}::integer[], ${labels}::text[]) as named (id, label)
    where named.id = station.id`.execute(tx)
}

/**
 * Stores when the containers of the staged report arrived, after their movements and positions are merged. The value follows from
 * these alone, so that the order in which reports come does not matter.
 */
export async function storeArrivals(tx: Db): Promise<void> {
  await updateArrivals(tx, sql`select container from dislocation_row`)
}

/** As `storeArrivals`, for containers whose operations or positions have changed. */
export async function storeArrivalsOf(tx: Db, containers: readonly string[]): Promise<void> {
  await updateArrivals(tx, sql`select unnest(${containers}::text[]) as container`)
}

/** Fills in at most `limit` arrivals that no import has stored; returns how many these were. */
export async function fillArrivals(db: Db, { limit }: { readonly limit: number }): Promise<number> {
  return updateArrivals(
    db,
    sql`select container from position where arrived_at is null and station_id = destination_station_id
      limit ${limit} for update skip locked`,
  )
}

/** The position's own operation counts too: of a movement the first report counts, which may have named another waybill. */
async function updateArrivals(tx: Db, containers: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await sql`
    with asked as materialized (${containers}),
    destination as materialized (
      select there.id, array(
        select same.id from station same
        where same.id = there.id or (same.code is null or there.code is null) and same.label = there.label
      ) as ids
      from station there
      where there.id in (select position.destination_station_id from position join asked using (container))
    ), arrival as (
      select position.container, case
        when position.station_id = any(destination.ids) then least(position.operated_at, first.operated_at)
        else first.operated_at end as arrived_at
      from asked
      join position using (container)
      left join destination on destination.id = position.destination_station_id
      left join lateral (
        select min(movement.operated_at) as operated_at from movement
        where movement.container = position.container and movement.station_id = any(destination.ids)
          and ${isOnTripOfPosition}
      ) as first on true
    )
    update position set arrived_at = arrival.arrived_at from arrival
    where arrival.container = position.container and position.arrived_at is distinct from arrival.arrived_at`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0n)
}
