import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { keepCurrentRows, lockDislocationImports } from '../../positions/import/dislocation-import.ts'
import { addMovements } from '../../positions/import/dislocation-movements.ts'
import { mergePositions, type ReportOfRow } from '../../positions/import/dislocation-positions.ts'
import { resolveContainers } from '../../visibility/container-parties.ts'
import { rebuildTrips } from '../../trips/rebuild-trips.ts'
import type { UndoneContainer } from './needed-rows.ts'
import { listOthers, type UndoneReport } from './undone-containers.ts'
import { selectRow } from '../../platform/statements/typed-rows.ts'

/**
 * Rebuilds some containers from the kept rows, in one short transaction under the lock of imports. Readers see them as before
 * or as after. False when a report has come in that was not read yet: then nothing is changed.
 */
export async function rebuildContainers(
  session: Db,
  undone: UndoneReport,
  { batch, read }: { readonly batch: readonly UndoneContainer[]; readonly read: ReadonlySet<number> },
): Promise<boolean> {
  return session.transaction().execute(async (tx) => {
    await lockDislocationImports(tx)
    const others = await listOthers(tx, undone)
    if ([...others].some((id) => !read.has(id))) return false
    await sql`set local work_mem = '64MB'`.execute(tx)
    await sql`set local random_page_cost = 1.1`.execute(tx)
    const all = batch.map(({ container }) => container)
    await sql`delete from movement where workbook_id = ${undone.id} and container = any(${all}::text[])`.execute(tx)
    const positions = batch.filter(({ needsPosition }) => needsPosition).map(({ container }) => container)
    await sql`delete from position where container = any(${positions}::text[])`.execute(tx)
    await addMovements(tx, sql`(select * from kept_row where container = any(${all}::text[]))`)
    await rebuildPositions(tx, positions)
    await rebuildTrips(tx, all)
    await resolveContainers(tx, sql`select unnest(${positions}::text[])`)
    return true
  })
}

const reportOfRow: ReportOfRow = {
  workbookId: sql.raw('r.workbook_id'),
  stamp: sql.raw('r.stamp'),
  contentKey: sql.raw('r.content_key'),
}

/** The trips are assigned after the positions. */
const operationsOfRows = sql`(
  select container, operated_at, operation_id, station_id, trip_id, null::timestamptz as arrived_at, false as is_of_report
  from movement where container in (select container from dislocation_row))`

/**
 * By the rules of an import, one report of a container after the other. Containers do not depend on each other: each round merges
 * the next report of every one, so that the rounds are few however many reports have rows that matter.
 */
async function rebuildPositions(tx: Db, containers: readonly string[]): Promise<void> {
  await sql`
    create temporary table round_row on commit drop as
    select *, dense_rank() over (partition by container order by stamp, workbook_id) as round
    from kept_row where is_of_position and container = any(${containers}::text[])`.execute(tx)
  await sql`
    create temporary table dislocation_row on commit drop as select * from round_row with no data`.execute(tx)
  const rounds = { last: sql<number>`coalesce(max(round), 0)::integer` }
  const counted = await selectRow(tx, rounds, (list) => sql`select ${list} from round_row`)
  for (let round = 1; round <= (counted?.last ?? 0); round += 1) {
    await sql`truncate dislocation_row`.execute(tx)
    await sql`insert into dislocation_row select * from round_row where round = ${round}`.execute(tx)
    await keepCurrentRows(tx)
    await mergePositions(tx, reportOfRow, operationsOfRows)
  }
}
