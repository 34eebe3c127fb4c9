import { sql } from 'kysely'
import type { Db } from '../client.ts'
import { lockDislocationImports, mergeDislocation } from '../dislocation-import.ts'
import { addToldMovements } from '../dislocation-movements.ts'
import { createStagingTable, stagedColumns } from '../dislocation-staging.ts'
import { storeArrivalsOf } from '../facts/arrivals.ts'
import type { UndoneContainer } from './needed-rows.ts'
import { listOthers, type UndoneReport } from './undone-containers.ts'

/**
 * Puts some containers together anew from the kept rows, in one short transaction under the lock of imports. Whoever reads sees
 * them as before or as after. False when a report has come in that was not read yet: then nothing is changed.
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
    await addToldMovements(tx, sql`(select * from kept_row where container = any(${all}::text[]))`)
    await mergePositions(tx, positions)
    // A movement that is gone may have been the arrival of a position that stays.
    await storeArrivalsOf(tx, all)
    return true
  })
}

/** By the rules of an import, one report after the other: few of them have rows that matter. */
async function mergePositions(tx: Db, containers: readonly string[]): Promise<void> {
  const { rows: reports } = await sql<{ workbookId: number; stamp: Date; contentKey: number }>`
    select distinct workbook_id, stamp, content_key from kept_row
    where tells_position and container = any(${containers}::text[]) order by stamp`.execute(tx)
  for (const report of reports) {
    await sql.raw(createStagingTable).execute(tx)
    await sql`
      insert into dislocation_row (${sql.raw(stagedColumns)})
      select ${sql.raw(stagedColumns)} from kept_row
      where tells_position and workbook_id = ${report.workbookId} and container = any(${containers}::text[])`.execute(tx)
    await mergeDislocation(tx, report)
    await sql`drop table dislocation_row`.execute(tx)
  }
}
