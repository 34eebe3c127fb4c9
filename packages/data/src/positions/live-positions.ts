import { droppedAfterDays } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { lockParties } from '../visibility/parties.ts'
import { lockDislocationImports } from './import/dislocation-import.ts'
import { isAccepted } from '../workbooks/accepted.ts'
import { type RowOf, selectRows } from '../platform/statements/typed-rows.ts'

const reports = sql`workbook where source_id is not null and ${isAccepted()}`

/** Two parts of a `with`. Of each source its newest report, and the newest of those that
 * are older by `droppedAfterDays`: what only older ones hold is dropped. */
export const sourceStates: RawBuilder<unknown> = sql`newest_report as (
      select source_id, max(stamp) as newest, max(greatest(stamp, confirmed_at)) as heard_at from ${reports} group by source_id
    ), source_state as materialized (
      select newest_report.source_id, newest, heard_at, (
        select max(stamp) from ${reports} and workbook.source_id = newest_report.source_id
          and stamp <= newest - make_interval(days => ${sql.lit(droppedAfterDays)})
      ) as dropped_before
      from newest_report
    )`

/** `isDropped` of the domain for a row of `position` with its `workbook`. A test compares the two. */
export const isDroppedFromReports = sql<boolean>`exists (
  select 1 from source_state
  where source_state.source_id = workbook.source_id and position.seen_at < source_state.dropped_before)`

/** Clears the mark of at most `limit` positions that are dropped; returns how many these were. */
export async function retire(db: Db, { limit }: { readonly limit: number }): Promise<number> {
  return db.transaction().execute(async (tx) => {
    // An import that runs at the same time would not see that the mark has gone.
    await lockDislocationImports(tx)
    const rows = await selectRows(
      tx,
      marked,
      (list) => sql`
      with ${sourceStates}, gone as (
        select position.container from position join workbook on workbook.id = position.workbook_id
        where position.is_live and ${isDroppedFromReports}
        limit ${limit}
      )
      update position set is_live = false from gone where gone.container = position.container
      returning ${list}`,
    )
    await markParties(tx, rows)
    return rows.length
  })
}

/** Marks those again that are gone from the reports of a source no longer, since one of these was undone. */
export async function revive(tx: Db, sourceId: number): Promise<void> {
  const rows = await selectRows(
    tx,
    marked,
    (list) => sql`
    with ${sourceStates}
    update position set is_live = true from workbook
    where workbook.id = position.workbook_id and workbook.source_id = ${sourceId}
      and not position.is_live and not ${isDroppedFromReports}
    returning ${list}`,
  )
  await markParties(tx, rows)
}

const marked = { container: sql<string>`position.container` }

/** The parties of a container repeat its mark. */
async function markParties(tx: Db, rows: readonly RowOf<typeof marked>[]): Promise<void> {
  const containers = rows.map(({ container }) => container)
  await lockParties(tx)
  await sql`
    update container_party set is_live = position.is_live from position
    where position.container = any(${containers}::text[]) and container_party.container = position.container`.execute(
    tx,
  )
}
