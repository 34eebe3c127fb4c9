import { operationMeaningOf, operationMeanings } from '@atermtrack/domain'
import { sql } from 'kysely'
import { resolveChangedContainers, stageChangedContainers } from '../../visibility/changed-containers.ts'
import { learnFromDislocation } from '../../visibility/client-spellings.ts'
import type { Db } from '../../platform/client.ts'
import { type MergedReport, mergePositions } from './dislocation-positions.ts'
import { mergedOperations, mergeMovements } from './dislocation-movements.ts'
import { linkPositions } from '../../trips/assign-containers.ts'
import { insertTripsOfNewContainers } from '../../trips/new-containers.ts'
import { changedByMerge, refreshTrips } from '../../trips/refresh-trips.ts'
import { assignNewMovements } from '../../trips/new-movements.ts'
import { labelStations } from './station-labels.ts'

export interface ImportCounts {
  /** Containers that no report before held. */
  readonly newContainers: number
}

/** Waits until no other import merges, and keeps them out for the rest of the transaction. */
export async function lockDislocationImports(tx: Db): Promise<void> {
  await sql`set local lock_timeout = '120s'`.execute(tx)
  await sql`select pg_advisory_xact_lock(hashtextextended('dislocation-import', 0))`.execute(tx)
}

/**
 * Merges a staged dislocation report into the directories, the movements, the positions and the trips, after
 * `lockDislocationImports`. Only the current ones of the staged rows are left.
 */
export async function mergeDislocation(tx: Db, report: MergedReport): Promise<ImportCounts> {
  await learnDirectories(tx)
  await labelStations(tx)
  await learnMeanings(tx)
  await learnFromDislocation(tx)
  await insertTripsOfNewContainers(tx)
  const reassigned = (await mergeMovements(tx, report)) ? await assignNewMovements(tx, report.workbookId) : []
  await keepCurrentRows(tx)
  await stageChangedContainers(tx)
  const newContainers = await mergePositions(tx, report, mergedOperations)
  await linkPositions(tx, reassigned)
  await refreshTrips(tx, changedByMerge)
  await resolveChangedContainers(tx)
  return { newContainers }
}

/** Nearly all are known in full; only the others are collected from the many rows that name them. */
async function learnDirectories(tx: Db): Promise<void> {
  await sql`
    insert into operation (name, mnemonic)
    select operation, max(operation_mnemonic) from dislocation_row
    where not exists (
      select from operation as known where known.name = dislocation_row.operation and known.mnemonic is not null
    )
    group by operation
    on conflict (name) do update set mnemonic = excluded.mnemonic
      where operation.mnemonic is null and excluded.mnemonic is not null`.execute(tx)
  await sql`
    insert into station (key, name, code, road_name, road_code)
    select key, min(name), min(code), min(road_name), min(road_code)
    from (
      select station_key as key, station_name as name, station_code as code,
        station_road_name as road_name, station_road_code as road_code from dislocation_row
      union all
      select origin_station_key, origin_station_name, origin_station_code,
        origin_station_road_name, origin_station_road_code from dislocation_row
      union all
      select destination_station_key, destination_station_name, destination_station_code,
        destination_station_road_name, destination_station_road_code from dislocation_row
    ) as named
    where key is not null and not exists (
      select from station as known
      where known.key = named.key and known.road_name is not null and known.road_code is not null
    )
    group by key
    order by key
    on conflict (key) do update set
      road_name = coalesce(station.road_name, excluded.road_name),
      road_code = coalesce(station.road_code, excluded.road_code)
      where (station.road_name is null and excluded.road_name is not null)
        or (station.road_code is null and excluded.road_code is not null)`.execute(tx)
}

/** The table of meanings lives in the domain; a release that changes it changes what is stored with its first import. */
async function learnMeanings(tx: Db): Promise<void> {
  const operations = await tx.selectFrom('operation').select(['id', 'name', 'meaning']).execute()
  for (const { id, name, meaning } of operations) {
    const now = operationMeaningOf(name, operationMeanings)
    if (now !== meaning) await tx.updateTable('operation').set({ meaning: now }).where('id', '=', id).execute()
  }
}

/**
 * Keeps the row of each container that gives its position: the end of the latest trip, else its newest operation. A report
 * without starts of trips distinguishes them by their waybills. The rows that are deleted stay known as movements.
 */
export async function keepCurrentRows(tx: Db): Promise<void> {
  await sql`
    delete from dislocation_row where ctid in (
      select row_id from (
        select row_id, row_number() over (
          partition by container
          order by trip_order desc nulls last, waybill_order desc nulls last, meaning = 'unloaded' desc,
            operated_at desc, row_number desc
        ) as place
        from (
          select r.ctid as row_id, r.row_number, r.container, r.operated_at, o.meaning,
            coalesce(trip_started_at, max(trip_started_at) over (partition by container)) as trip_order,
            case when max(trip_started_at) over (partition by container) is null
              then max(operated_at) over (partition by container, waybill) end as waybill_order
          from dislocation_row r
          join operation o on o.name = r.operation
          where container in (select container from dislocation_row group by container having count(*) > 1)
        ) as candidate
      ) as ranked
      where place > 1
    )`.execute(tx)
}
