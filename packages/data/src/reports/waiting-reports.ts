import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'
import { sourceStates } from '../positions/live-positions.ts'

/** A report that has waited for newer data and is to be built now. */
export interface ReleasedReport {
  readonly id: number
  readonly plannedAt: Date
  /** The source that it waited for; null: any. */
  readonly awaitedSourceId: number | null
  /** It has waited in vain. */
  readonly isStale: boolean
  /** The `traceparent` of the work that has planned it. */
  readonly trace: string | null
}

/**
 * Releases the reports whose source has arrived since, or that have waited long enough, oldest slot first. Records that they are
 * enqueued: the caller does so.
 */
export async function release(
  db: Db,
  { staleAfterMinutes, limit }: { readonly staleAfterMinutes: number; readonly limit: number },
): Promise<readonly ReleasedReport[]> {
  const columns = {
    id: sql<number>`report.id`,
    plannedAt: sql<Date>`report.planned_at`,
    awaitedSourceId: sql<number | null>`report.awaited_source_id`,
    isStale: sql<boolean>`chosen.is_stale`,
    trace: sql<string | null>`report.trace`,
  }
  return selectRows(
    db,
    columns,
    (list) => sql`
    with ${sourceStates}, ready as (
      select report.id, not exists (
        select from source_state
        where (report.awaited_source_id is null or source_state.source_id = report.awaited_source_id)
          and source_state.heard_at >= now() - make_interval(mins => ${staleAfterMinutes})
      ) as is_stale, report.not_before
      from report
      where report.status = 'pending' and report.not_before is not null
    ), chosen as (
      select report.id, ready.is_stale from report join ready on ready.id = report.id
      where not ready.is_stale or ready.not_before <= now()
      order by report.planned_at limit ${limit} for update of report skip locked
    )
    update report set not_before = null, enqueued_at = now() from chosen where report.id = chosen.id
    returning ${list}`,
  )
}

/** True the first time that reports of a slot leave with old data of a source: then the admins are notified. */
export async function claimStaleSlot(
  db: Db,
  { plannedAt, sourceId }: { readonly plannedAt: Date; readonly sourceId: number | null },
): Promise<boolean> {
  const row = await db
    .insertInto('staleSlot')
    .values({ plannedAt, sourceId: sourceId ?? 0 })
    .onConflict((conflict) => conflict.doNothing())
    .returning('sourceId')
    .executeTakeFirst()
  return row !== undefined
}

/** The source of old data, for the admins: who sends it and which report it is. */
export async function describeSource(
  db: Db,
  sourceId: number | null,
): Promise<{ readonly sender: string; readonly reportNumber: string; readonly heardAt: Date | null } | undefined> {
  if (sourceId === null) return undefined
  return db
    .selectFrom('source')
    .select(['sender', 'reportNumber'])
    .select(
      sql<Date | null>`(select max(greatest(stamp, confirmed_at)) from workbook where source_id = source.id)`.as(
        'heardAt',
      ),
    )
    .where('id', '=', sourceId)
    .executeTakeFirst()
}
