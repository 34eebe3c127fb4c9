import { Readable } from 'node:stream'
import { operationMeaningOf, operationMeanings } from '@atermtrack/domain'
import { sql } from 'kysely'
import type pg from 'pg'
import { learnFromDislocation } from './client-spellings.ts'
import type { Db } from './client.ts'
import { type MergedReport, mergePositions } from './dislocation-positions.ts'
import { stageDislocation } from './dislocation-stage.ts'
import { labelStations, storeArrivals } from './facts/arrivals.ts'

/** A report that is read again, with its lines of `encodeDislocationRow` in chunks of any size. */
export interface StoredDislocation extends MergedReport {
  readonly chunks: readonly Uint8Array[]
}

/** What became of the containers of a report that was taken out. */
export interface Withdrawal {
  /** Those that other reports tell of. */
  readonly restored: number
  readonly forgotten: number
}

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
 * Rebuilds what is known of the containers of a report without it, from the other reports that hold any of them, in any
 * order. In the transaction of `tx` and `client`, after `lockDislocationImports`.
 */
export async function withdrawDislocation(
  tx: Db,
  client: pg.PoolClient,
  { workbookId, others }: { readonly workbookId: number; readonly others: AsyncIterable<StoredDislocation> },
): Promise<Withdrawal> {
  // Between two statements a whole workbook is read.
  await sql`set local idle_in_transaction_session_timeout = '300s'`.execute(tx)
  await sql`create temporary table withdrawn_container on commit drop as
    select unnest(containers) as container from workbook where id = ${workbookId}
    union select container from movement where workbook_id = ${workbookId}
    union select container from position where workbook_id = ${workbookId}`.execute(tx)
  await sql`delete from position where container in (select container from withdrawn_container)`.execute(tx)
  await sql`delete from movement where container in (select container from withdrawn_container)`.execute(tx)
  for await (const report of others) {
    await stageDislocation({ tx, client }, Readable.from(report.chunks))
    await sql`delete from dislocation_row where container not in (select container from withdrawn_container)`.execute(
      tx,
    )
    await mergeDislocation(tx, report)
    await sql`drop table dislocation_row`.execute(tx)
  }
  const { rows } = await sql<Withdrawal>`
    select count(position.container)::int as restored, count(*)::int - count(position.container)::int as forgotten
    from withdrawn_container left join position using (container)`.execute(tx)
  return rows[0] ?? { restored: 0, forgotten: 0 }
}

/**
 * Merges a staged dislocation report into the directories, the movements and the positions, after `lockDislocationImports`.
 * Of the staged rows only the current ones are left.
 */
export async function mergeDislocation(tx: Db, report: MergedReport): Promise<ImportCounts> {
  await learnDirectories(tx)
  await labelStations(tx)
  await learnMeanings(tx)
  await learnFromDislocation(tx)
  await mergeMovements(tx, report)
  await keepCurrentRows(tx)
  const newContainers = await mergePositions(tx, report)
  await storeArrivals(tx)
  return { newContainers }
}

/** Nearly all are known in full; only the others are put together from the many rows that name them. */
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

const movementDetails = 'operated_wall wagon waybill train_index train_number km_left trip_started_at'.split(' ')
const toldDetails = sql.raw(`jsonb_build_array(${movementDetails.map((name) => `r.${name}`).join(', ')})`)
const knownDetails = sql.raw(`jsonb_build_array(${movementDetails.map((name) => `known.${name}`).join(', ')})`)

/** Of an operation counts what was told of it first; what two reports of one stamp say of it is put in order by what it says. */
async function mergeMovements(tx: Db, { workbookId, stamp }: MergedReport): Promise<void> {
  // Nearly all of a report's operations are known already: taking these out first spares each a lock and a line in the log.
  await sql`
    insert into movement (container, operated_at, operation_id, station_id, operated_wall, wagon, waybill,
      train_index, train_number, km_left, trip_started_at, stamp, workbook_id)
    select distinct on (container, operated_at, operation_id, station_id)
      r.container, r.operated_at, o.id as operation_id, s.id as station_id, r.operated_wall, r.wagon, r.waybill,
      r.train_index, r.train_number, r.km_left, r.trip_started_at, ${stamp}::timestamptz, ${workbookId}::bigint
    from dislocation_row r
    join operation o on o.name = r.operation
    join station s on s.key = r.station_key
    where not exists (
      select from movement known
      where known.container = r.container and known.operated_at = r.operated_at and known.operation_id = o.id
        and known.station_id = s.id
        and (known.stamp < ${stamp}::timestamptz or known.stamp = ${stamp}::timestamptz and ${toldDetails} >= ${knownDetails})
    )
    order by container, operated_at, operation_id, station_id, row_number
    on conflict (container, operated_at, operation_id, station_id) do update set
      operated_wall = excluded.operated_wall, wagon = excluded.wagon, waybill = excluded.waybill,
      train_index = excluded.train_index, train_number = excluded.train_number, km_left = excluded.km_left,
      trip_started_at = excluded.trip_started_at, stamp = excluded.stamp, workbook_id = excluded.workbook_id`.execute(
    tx,
  )
}

/**
 * Leaves of each container the row that tells its position: of the latest trip its end, else the newest operation. A report that
 * knows no starts of trips tells them apart by their waybills. What is taken out stays known as a movement.
 */
async function keepCurrentRows(tx: Db): Promise<void> {
  await sql`
    delete from dislocation_row where row_number in (
      select row_number from (
        select row_number, row_number() over (
          partition by container
          order by trip_order desc nulls last, waybill_order desc nulls last, meaning = 'unloaded' desc,
            operated_at desc, row_number desc
        ) as place
        from (
          select r.row_number, r.container, r.operated_at, o.meaning,
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
