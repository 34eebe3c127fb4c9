import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { historyColumns } from '../position-fields.ts'
import type { MergedReport } from './dislocation-positions.ts'

const movementDetails = ['operated_wall', ...historyColumns]
const listDetails = (of: string) => movementDetails.map((name) => `${of}.${name}`).join(', ')
const insertedColumns = sql.raw(
  ['container', 'operated_at', 'operation_id', 'station_id', ...movementDetails, 'stamp', 'workbook_id'].join(', '),
)
const rowDetails = sql.raw(listDetails('r'))
const replacedDetails = sql.raw(
  [...movementDetails, 'stamp', 'workbook_id'].map((name) => `${name} = excluded.${name}`).join(', '),
)
const toldDetails = sql.raw(`jsonb_build_array(${listDetails('r')})`)
const knownDetails = sql.raw(`jsonb_build_array(${listDetails('known')})`)

/**
 * Merges a staged report: the first report of an operation wins; what two reports of one stamp say of it is put in order by what
 * it says.
 */
export async function mergeMovements(tx: Db, { workbookId, stamp }: MergedReport): Promise<void> {
  // Nearly all of a report's operations are known already: taking these out first spares each a lock and a line in the log.
  await sql`
    insert into movement (${insertedColumns})
    select distinct on (container, operated_at, operation_id, station_id)
      r.container, r.operated_at, o.id as operation_id, s.id as station_id, ${rowDetails}, ${stamp}::timestamptz, ${workbookId}::bigint
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
    on conflict (container, operated_at, operation_id, station_id) do update set ${replacedDetails}`.execute(tx)
}

/**
 * Adds the operations that nobody is known to have told, from rows of any reports that carry `stamp` and `workbook_id`. Those that
 * are known stay: whoever told them first did so before these reports.
 */
export async function addToldMovements(tx: Db, rows: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into movement (${insertedColumns})
    select distinct on (container, operated_at, operation_id, station_id)
      r.container, r.operated_at, operation_id, station_id, ${rowDetails}, r.stamp, r.workbook_id
    from (
      select distinct on (r.workbook_id, r.container, r.operated_at, o.id, s.id) r.*, o.id as operation_id, s.id as station_id
      from ${rows} as r
      join operation o on o.name = r.operation
      join station s on s.key = r.station_key
      order by r.workbook_id, r.container, r.operated_at, o.id, s.id, r.row_number
    ) as r
    order by container, operated_at, operation_id, station_id, stamp, ${toldDetails}
    on conflict (container, operated_at, operation_id, station_id) do nothing`.execute(tx)
}
