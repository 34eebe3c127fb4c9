import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { operationColumns, tripColumns } from '../position-fields.ts'
import { selectRow } from '../../platform/statements/typed-rows.ts'

/** The report whose staged rows are merged. */
export interface MergedReport {
  readonly workbookId: number
  readonly stamp: Date
  /** Orders two files of one stamp, so that any order of arrival gives the same positions. */
  readonly contentKey: number
}

/** The same where each staged row carries its report: expressions over the row `r`. */
export type ReportOfRow = { readonly [Fact in keyof MergedReport]: RawBuilder<MergedReport[Fact]> }

const replaced = `workbook_id stamp operated_at row_number content_key operated_wall operation_id station_id
  origin_station_id destination_station_id is_unloaded is_tail`
  .split(/\s+/)
  .concat(operationColumns)
const positionColumns = sql.raw(['container', 'seen_at', ...replaced, ...tripColumns].join(', '))
const operationKey = (of: string) => `${of}.container, ${of}.operated_at, ${of}.operation_id, ${of}.station_id`
const rowColumns = sql.raw([...operationColumns, ...tripColumns].map((name) => `r.${name}`).join(', '))

const listDetails = (of: string) => tripColumns.map((name) => `${of}.${name}`).join(', ')
const hasDetails = (of: string) => `num_nonnulls(${listDetails(of)}) > 0`
const detailsAsOf = 'coalesce(position.detail_stamp, position.stamp)'
/** `isSameTrip` of the domain for the keys of a row and a position; null counts as false. A test compares the two. */
export const isOfTrip = `case when reported.trip_started_at <> position.trip_started_at then false
  else coalesce(reported.trip_started_at = position.trip_started_at, false) or coalesce(reported.waybill = position.waybill, false) end`

/** Whether a row has newer details of the trip than the known position; between equal stamps the content decides. */
const hasNewerDetails = `(reported.has_details and case
  when reported.stamp <> ${detailsAsOf} then reported.stamp > ${detailsAsOf}
  else jsonb_build_array(${listDetails('reported')}) >= jsonb_build_array(${listDetails('position')}) end)`
/** Whether the details stay although a row of the same trip replaces the position. */
const keepsDetails = `(not ${hasNewerDetails} and ${isOfTrip} and ${hasDetails('position')})`

const replacements = sql.raw(
  [
    ...replaced.map((name) => `${name} = reported.${name}`),
    ...tripColumns.map((name) => `${name} = case when ${keepsDetails} then position.${name} else reported.${name} end`),
    `detail_stamp = case when ${keepsDetails} then ${detailsAsOf} end`,
    `trip_id = case when (${operationKey('reported')}) = (${operationKey('position')}) and position.trip_id is not null
      then position.trip_id else reported.trip_id end`,
    // The trips of new operations are refreshed after the merge, and \`is_abandoned\` with them; null asks for it elsewhere.
    `is_abandoned = case when (${operationKey('reported')}) = (${operationKey('position')}) or reported.is_new_operation
      then position.is_abandoned end`,
  ].join(', '),
)

/**
 * Merges staged rows, one a container. `operations` selects their operations as movements, each with its trip. Returns how many
 * containers were unknown before.
 */
export async function mergePositions(
  tx: Db,
  report: MergedReport | ReportOfRow,
  operations: RawBuilder<unknown>,
): Promise<number> {
  const reported = reportedPositions(report, operations)
  const changed = await sql`
    update position set ${replacements}, seen_at = greatest(position.seen_at, reported.seen_at), is_live = true
    from (${reported}) as reported where reported.container = position.container and ${replaces}`.execute(tx)
  const staged = await selectRow(tx, { n: sql<number>`count(*)` }, (list) => sql`select ${list} from dislocation_row`)
  const unchanged = (staged?.n ?? 0) - Number(changed.numAffectedRows ?? 0)
  if (unchanged === 0) return 0
  const added = await sql`
    insert into position (${positionColumns}, trip_id, arrived_at, is_abandoned)
    select ${positionColumns}, trip_id, arrived_at, meaning = 'abandoned' from (${reported}) as reported
    where not exists (select from position where position.container = reported.container)`.execute(tx)
  const newContainers = Number(added.numAffectedRows ?? 0)
  if (newContainers < unchanged) {
    await updateDetails(tx, reported)
    await updateSeenAt(tx, report)
  }
  return newContainers
}

/** Positions that stand against this report may learn of it what holds for their whole trip. */
async function updateDetails(tx: Db, reported: RawBuilder<unknown>): Promise<void> {
  const details = sql.raw(tripColumns.map((name) => `${name} = reported.${name}`).join(', '))
  const concerns = sql.raw(
    `${isOfTrip} and reported.has_details and (${hasNewerDetails} or not ${hasDetails('position')})`,
  )
  await sql`
    update position set ${details}, detail_stamp = reported.stamp
    from (${reported}) as reported
    where reported.container = position.container and position.workbook_id <> reported.workbook_id and ${concerns}`.execute(
    tx,
  )
}

/** Containers whose position stands against this report were seen in it all the same. */
async function updateSeenAt(tx: Db, { stamp }: MergedReport | ReportOfRow): Promise<void> {
  await sql`
    update position set seen_at = reported.stamp, is_live = true
    from (select r.container, ${stamp}::timestamptz as stamp from dislocation_row r) as reported
    where reported.container = position.container and position.seen_at < reported.stamp`.execute(tx)
}

/** The positions as the report gives them, one a container. */
function reportedPositions(
  { workbookId, stamp, contentKey }: MergedReport | ReportOfRow,
  operations: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`
    select r.container, ${stamp}::timestamptz as seen_at, ${workbookId}::bigint as workbook_id, ${stamp}::timestamptz as stamp,
      r.operated_at, r.row_number, ${contentKey}::bigint as content_key, r.operated_wall, o.id as operation_id, s.id as station_id,
      origin.id as origin_station_id, destination.id as destination_station_id,
      o.meaning = 'unloaded' as is_unloaded, o.meaning = 'tail' as is_tail, o.meaning, ${rowColumns},
      ${sql.raw(hasDetails('r'))} as has_details, merged.trip_id, merged.arrived_at,
      coalesce(merged.is_of_report, false) as is_new_operation
    from dislocation_row r
    join operation o on o.name = r.operation
    join station s on s.key = r.station_key
    left join station origin on origin.key = r.origin_station_key
    left join station destination on destination.key = r.destination_station_key
    left join ${operations} as merged on merged.container = r.container and merged.operated_at = r.operated_at
      and merged.operation_id = o.id and merged.station_id = s.id`
}

/**
 * Whether a row replaces the known position: a later trip always does, the end of a trip stands against its late tails, and
 * otherwise the newer stamp, operation, row and content win.
 */
const replaces = sql.raw(`case
  when reported.trip_started_at <> position.trip_started_at then reported.trip_started_at > position.trip_started_at
  when (${isOfTrip}) and position.is_unloaded and reported.is_tail then false
  when (${isOfTrip}) and reported.is_unloaded and position.is_tail then true
  else (reported.stamp, reported.operated_at, reported.row_number, reported.content_key)
    > (position.stamp, position.operated_at, position.row_number, position.content_key)
end`)
