import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { consignmentKey, insertConsignments } from '../../trips/consignments.ts'
import { knownTrip } from '../../trips/known-trips.ts'
import { newTrips } from '../../trips/new-containers.ts'
import { historyColumns } from '../position-fields.ts'
import type { MergedReport } from './dislocation-positions.ts'

const movementDetails = ['operated_wall', ...historyColumns]
const detailColumns = sql.raw(movementDetails.join(', '))
const rowDetails = sql.raw(movementDetails.map((name) => `r.${name}`).join(', '))
const reportedDetails = sql`jsonb_build_array(${rowDetails}, ${consignmentKey})`
const knownDetails = sql`jsonb_build_array(${sql.raw(movementDetails.map((name) => `known.${name}`).join(', '))},
  known.consignment_key)`
const replacements = sql.raw(movementDetails.map((name) => `${name} = r.${name}`).join(', '))

/** The temporary table of the operations of a staged report, each once. */
export const mergedOperations: RawBuilder<unknown> = sql.raw('merged_operation')

/**
 * Merges a staged report: the first report of an operation wins; what two reports of one stamp say about it is put in order by what
 * it says. Leaves the table `merged_operation`, which holds the trip of each operation; operations whose trip the known trips do not
 * decide are left without one. Returns whether any operation is new.
 */
export async function mergeMovements(tx: Db, report: MergedReport): Promise<boolean> {
  await resolveOperations(tx, report)
  const { workbookId, stamp } = report
  // Nobody else merges meanwhile, so that an operation that is not known yet meets no conflict, whose check costs a third of the insert.
  const added = await sql`
    insert into movement (container, operated_at, operation_id, station_id, ${detailColumns}, consignment_key, trip_id, stamp,
      workbook_id)
    select r.container, r.operated_at, merged.operation_id, merged.station_id, ${rowDetails}, ${consignmentKey}, merged.trip_id,
      ${stamp}::timestamptz, ${workbookId}::bigint
    from ${mergedOperations} as merged join dislocation_row r on r.ctid = merged.place
    where merged.is_new and not merged.is_known`.execute(tx)
  const replaced = await sql`
    update movement set ${replacements}, consignment_key = ${consignmentKey}, stamp = ${stamp}::timestamptz,
      workbook_id = ${workbookId}::bigint, trip_id = null
    from ${mergedOperations} as merged join dislocation_row r on r.ctid = merged.place
    where merged.is_new and merged.is_known and movement.container = r.container and movement.operated_at = r.operated_at
      and movement.operation_id = merged.operation_id and movement.station_id = merged.station_id`.execute(tx)
  if (!added.numAffectedRows && !replaced.numAffectedRows) return false
  // The keys are worked out already: of each that is new the rows of one container have the content.
  await insertConsignments(
    tx,
    sql`(select * from dislocation_row where container in (
      select distinct on (consignment_key) container from movement
      where workbook_id = ${workbookId} and not exists (select from consignment where key = consignment_key)
      order by consignment_key, container))`,
  )
  return true
}

/**
 * Looks up each operation of a staged report once: its keys, whether it is new or has other details, and its trip. The merge of the
 * positions would otherwise look up movements and trips row by row.
 */
async function resolveOperations(tx: Db, { workbookId, stamp }: MergedReport): Promise<void> {
  await sql`
    create temporary table ${mergedOperations} on commit drop as
    select distinct on (r.container, r.operated_at, r.operation_id, r.station_id)
      r.place, r.container, r.operated_at, r.operation_id, r.station_id, r.is_new, r.is_known,
      r.is_new or r.known_workbook_id = ${workbookId} as is_of_report,
      case when r.is_known and r.is_new then null when r.is_known then r.known_trip_id else coalesce(new_trip.id, ${knownTrip}) end
        as trip_id,
      new_trip.arrived_at
    from (
      select r.ctid as place, r.row_number, r.container, r.operated_at, r.trip_started_at, r.waybill, o.id as operation_id,
        s.id as station_id, known.container is not null as is_known, known.trip_id as known_trip_id,
        known.workbook_id as known_workbook_id,
        case when known.container is null then true
          when known.stamp = ${stamp}::timestamptz then ${reportedDetails} < ${knownDetails}
          else known.stamp > ${stamp}::timestamptz end as is_new
      from dislocation_row r
      join operation o on o.name = r.operation
      join station s on s.key = r.station_key
      left join movement known on known.container = r.container and known.operated_at = r.operated_at
        and known.operation_id = o.id and known.station_id = s.id
      -- With the offset each comparison is made once.
      offset 0
    ) as r
    left join ${sql.raw(newTrips)} as new_trip on new_trip.container = r.container
    order by r.container, r.operated_at, r.operation_id, r.station_id, r.is_new desc, r.row_number`.execute(tx)
  await sql`analyze ${mergedOperations} (container)`.execute(tx)
}

/**
 * Adds the operations that no known report holds, from rows of any reports that carry `stamp` and `workbook_id`. Those that are
 * known stay: a report before these was the first to hold them.
 */
export async function addMovements(tx: Db, rows: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into movement (container, operated_at, operation_id, station_id, ${detailColumns}, consignment_key, stamp, workbook_id)
    select distinct on (container, operated_at, operation_id, station_id)
      r.container, r.operated_at, operation_id, station_id, ${rowDetails}, ${consignmentKey}, r.stamp, r.workbook_id
    from (
      select distinct on (r.workbook_id, r.container, r.operated_at, o.id, s.id) r.*, o.id as operation_id, s.id as station_id
      from ${rows} as r
      join operation o on o.name = r.operation
      join station s on s.key = r.station_key
      order by r.workbook_id, r.container, r.operated_at, o.id, s.id, r.row_number
    ) as r
    order by container, operated_at, operation_id, station_id, stamp, ${reportedDetails}
    on conflict (container, operated_at, operation_id, station_id) do nothing`.execute(tx)
  await insertConsignments(tx, rows)
}
