import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { operationMeaningOf, operationMeanings } from '@atermtrack/domain'
import { sql } from 'kysely'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Db } from './client.ts'
import { copyIntoStagingTable, createStagingTable } from './dislocation-staging.ts'

export interface DislocationImport {
  readonly workbookId: number
  readonly stamp: Date
  /** Breaks ties between two files of one stamp, so that any order of arrival gives the same picture. */
  readonly contentKey: number
  /** Lines of `encodeDislocationRow`, in chunks of any size. */
  readonly chunks: readonly Uint8Array[]
}

export interface ImportCounts {
  readonly newMovements: number
  readonly changedPositions: number
}

/** Waits until no other import merges, and keeps them out for the rest of the transaction. */
export async function lockDislocationImports(tx: Db): Promise<void> {
  await sql`set local lock_timeout = '120s'`.execute(tx)
  await sql`select pg_advisory_xact_lock(hashtextextended('dislocation-import', 0))`.execute(tx)
}

/**
 * Merges the rows of a dislocation report into the directories, the movements and the positions, in the transaction of
 * `tx` and `client`, after `lockDislocationImports`.
 */
export async function importDislocation(
  tx: Db,
  client: pg.PoolClient,
  report: DislocationImport,
): Promise<ImportCounts> {
  await stage(tx, client, report.chunks)
  return merge(tx, report)
}

/**
 * Rebuilds what is known of the containers of a report without it, from the other reports that hold any of them, in any
 * order. In the transaction of `tx` and `client`, after `lockDislocationImports`.
 */
export async function withdrawDislocation(
  tx: Db,
  client: pg.PoolClient,
  { workbookId, others }: { readonly workbookId: number; readonly others: AsyncIterable<DislocationImport> },
): Promise<void> {
  // Between two statements a whole workbook is read.
  await sql`set local idle_in_transaction_session_timeout = '300s'`.execute(tx)
  await sql`create temporary table withdrawn_container on commit drop as
    select unnest(containers) as container from workbook where id = ${workbookId}
    union select container from movement where workbook_id = ${workbookId}
    union select container from position where workbook_id = ${workbookId}`.execute(tx)
  await sql`delete from position where container in (select container from withdrawn_container)`.execute(tx)
  await sql`delete from movement where container in (select container from withdrawn_container)`.execute(tx)
  for await (const report of others) {
    await stage(tx, client, report.chunks)
    await sql`delete from dislocation_row where container not in (select container from withdrawn_container)`.execute(
      tx,
    )
    await merge(tx, report)
    await sql`drop table dislocation_row`.execute(tx)
  }
}

async function stage(tx: Db, client: pg.PoolClient, chunks: readonly Uint8Array[]): Promise<void> {
  await sql`set local statement_timeout = '300s'`.execute(tx)
  // Sorting and hashing a whole report fits into memory; without figures the planner would take the table for a tiny one.
  await sql`set local work_mem = '64MB'`.execute(tx)
  await sql.raw(createStagingTable).execute(tx)
  await pipeline(Readable.from(chunks), client.query(copyFrom(copyIntoStagingTable)))
  await sql`analyze dislocation_row (row_number, container, operation, station_key)`.execute(tx)
}

async function merge(tx: Db, report: DislocationImport): Promise<ImportCounts> {
  await learnDirectories(tx)
  await learnMeanings(tx)
  const newMovements = await mergeMovements(tx, report)
  const changedPositions = await mergePositions(tx, report)
  return { newMovements, changedPositions }
}

async function learnDirectories(tx: Db): Promise<void> {
  await sql`
    insert into operation (name, mnemonic)
    select operation, max(operation_mnemonic) from dislocation_row group by operation
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
    where key is not null
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

async function mergeMovements(tx: Db, { workbookId, stamp }: DislocationImport): Promise<number> {
  const result = await sql`
    insert into movement (container, operated_at, operation_id, station_id, operated_wall, wagon, waybill,
      train_index, train_number, km_left, trip_started_at, stamp, workbook_id)
    select distinct on (container, operated_at, operation_id, station_id)
      r.container, r.operated_at, o.id as operation_id, s.id as station_id, r.operated_wall, r.wagon, r.waybill,
      r.train_index, r.train_number, r.km_left, r.trip_started_at, ${stamp}::timestamptz, ${workbookId}::bigint
    from dislocation_row r
    join operation o on o.name = r.operation
    join station s on s.key = r.station_key
    order by container, operated_at, operation_id, station_id, row_number
    on conflict (container, operated_at, operation_id, station_id) do update set
      operated_wall = excluded.operated_wall, wagon = excluded.wagon, waybill = excluded.waybill,
      train_index = excluded.train_index, train_number = excluded.train_number, km_left = excluded.km_left,
      trip_started_at = excluded.trip_started_at, stamp = excluded.stamp, workbook_id = excluded.workbook_id
      where excluded.stamp < movement.stamp`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}

const described = `waybill container_type trip_started_at trip_ended_at origin_country destination_country
  consignor_tgnl consignor_short consignor_okpo consignor consignee_tgnl consignee_short consignee_okpo consignee
  cargo cargo_code weight_kg condition train_index train_number wagon seals
  country_received country_handed road_received road_handed delivery_due_at
  km_total km_done km_left idle_minutes shipment_id waybill_id loaded`.split(/\s+/)
const replaced = `workbook_id stamp operated_at row_number content_key operated_wall operation_id station_id
  origin_station_id destination_station_id is_unloaded is_tail`
  .split(/\s+/)
  .concat(described)
const describedColumns = sql.raw(described.join(', '))
const rowColumns = sql.raw(described.map((name) => `r.${name}`).join(', '))
const replacements = sql.raw(replaced.map((name) => `${name} = excluded.${name}`).join(', '))

async function mergePositions(tx: Db, { workbookId, stamp, contentKey }: DislocationImport): Promise<number> {
  const result = await sql`
    insert into position (container, workbook_id, stamp, operated_at, row_number, content_key, operated_wall,
      operation_id, station_id, is_unloaded, is_tail, seen_at, origin_station_id, destination_station_id, ${describedColumns})
    select r.container, ${workbookId}::bigint, ${stamp}::timestamptz, r.operated_at, r.row_number, ${contentKey}::bigint,
      r.operated_wall, current.operation_id, s.id, current.meaning = 'unloaded', current.meaning = 'tail',
      ${stamp}::timestamptz, origin.id, destination.id, ${rowColumns}
    from (
      select distinct on (container) row_number, operation_id, meaning from (
        select staged.container, staged.row_number, staged.operated_at, o.id as operation_id, o.meaning,
          coalesce(trip_started_at, max(trip_started_at) over (partition by container)) as trip_order
        from dislocation_row as staged
        join operation o on o.name = staged.operation
      ) as candidate
      order by container, trip_order desc nulls last, meaning = 'unloaded' desc, operated_at desc, row_number desc
    ) as current
    join dislocation_row r on r.row_number = current.row_number
    join station s on s.key = r.station_key
    left join station origin on origin.key = r.origin_station_key
    left join station destination on destination.key = r.destination_station_key
    on conflict (container) do update
      set ${replacements}, seen_at = greatest(position.seen_at, excluded.seen_at) where ${replaces}`.execute(tx)
  await sql`
    update position set seen_at = ${stamp}::timestamptz
    where seen_at < ${stamp}::timestamptz and container in (select container from dislocation_row)`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}

/**
 * Whether a row replaces the known position: a later trip always does, the end of a trip stands against its late tails, and
 * otherwise the newer stamp, operation, row and content win.
 */
const replaces = sql.raw(`case
  when excluded.trip_started_at <> position.trip_started_at then excluded.trip_started_at > position.trip_started_at
  when (excluded.trip_started_at = position.trip_started_at or excluded.waybill = position.waybill)
    and position.is_unloaded and excluded.is_tail then false
  when (excluded.trip_started_at = position.trip_started_at or excluded.waybill = position.waybill)
    and excluded.is_unloaded and position.is_tail then true
  else (excluded.stamp, excluded.operated_at, excluded.row_number, excluded.content_key)
    > (position.stamp, position.operated_at, position.row_number, position.content_key)
end`)
