import { type NotNull, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { WorkbookKind } from '../schema.generated.ts'
import { acceptedStatuses, isAccepted } from './accepted.ts'

export interface SourceKey {
  readonly kind: WorkbookKind
  /** Empty for what came by hand. */
  readonly sender: string
  readonly reportNumber: string
}

/** The id of a source, which is made when it is new. */
export async function ensure(db: Db, key: SourceKey): Promise<number> {
  const row = await db
    .insertInto('source')
    .values(key)
    // Only an update returns the row that is there.
    .onConflict((conflict) => conflict.columns(['kind', 'sender', 'reportNumber']).doUpdateSet({ kind: key.kind }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/**
 * Row counts of the accepted reports of a source that were formed before a moment, newest first: later ones say nothing of how
 * large a report had to be then, and a source that grows would turn away its own past.
 */
export async function listRowCounts(
  db: Db,
  sourceId: number,
  { before, limit }: { readonly before: Date; readonly limit: number },
): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('workbook')
    .select('rowCount')
    .where('sourceId', '=', sourceId)
    .where('status', 'in', acceptedStatuses)
    .where('stamp', '<', before)
    .orderBy('stamp', 'desc')
    .limit(limit)
    .execute()
  return rows.flatMap(({ rowCount }) => (rowCount === null ? [] : [rowCount]))
}

/** Whether a source is known to name parties, and nobody has let in a report of it that does not. */
export async function mustNameParties(db: Db, sourceId: number): Promise<boolean> {
  const row = await db.selectFrom('source').select('namesParties').where('id', '=', sourceId).executeTakeFirst()
  return row?.namesParties === true
}

/** Records whether an accepted report names parties: the first that does binds its source, one accepted without frees it for good. */
export async function recordParties(tx: Db, sourceId: number, namesParties: boolean): Promise<void> {
  await tx
    .updateTable('source')
    .set({ namesParties })
    .where('id', '=', sourceId)
    .where('namesParties', namesParties ? 'is' : '=', namesParties ? null : true)
    .execute()
}

/** The newest accepted report of the source, when it was formed after a moment. */
export async function findAhead(db: Db, sourceId: number, stamp: Date) {
  return db
    .selectFrom('workbook')
    .select(['id', 'fileName', 'stamp', 'zone'])
    .where('sourceId', '=', sourceId)
    .where('status', '=', 'imported')
    .where('stamp', '>', stamp)
    .orderBy('stamp', 'desc')
    .limit(1)
    .$narrowType<{ stamp: NotNull }>()
    .executeTakeFirst()
}

/** True when no accepted report of the source was received after this one. */
export async function isReceivedLast(
  db: Db,
  sourceId: number,
  { id, receivedAt }: { readonly id: number; readonly receivedAt: Date },
): Promise<boolean> {
  const later = await db
    .selectFrom('workbook')
    .select('id')
    .where('sourceId', '=', sourceId)
    .where('status', 'in', acceptedStatuses)
    .where(sql<boolean>`(received_at, id) > (${receivedAt}::timestamptz, ${id}::bigint)`)
    .limit(1)
    .executeTakeFirst()
  return later === undefined
}

/** Every source with its newest accepted report, its usual size (the median of its last ten) and how many there were. */
export async function listFreshness(db: Db) {
  return db
    .selectFrom('source')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('workbook')
          .select(['stamp', 'confirmedAt', 'rowCount'])
          .whereRef('sourceId', '=', 'source.id')
          .where('status', '=', 'imported')
          .orderBy('stamp', 'desc')
          .limit(1)
          .as('newest'),
      (join) => join.onTrue(),
    )
    .select(['source.id', 'source.kind', 'source.sender', 'source.reportNumber'])
    .select(['newest.stamp', 'newest.confirmedAt', 'newest.rowCount'])
    .select(usualRows.as('usualRows'))
    .select(
      sql<number>`(select count(*)::int from workbook where source_id = source.id and ${isAccepted()})`.as('reports'),
    )
    .orderBy('source.kind')
    .orderBy('newest.stamp', (order) => order.desc().nullsLast())
    .execute()
}

const usualRows = sql<number | null>`(
  select percentile_cont(0.5) within group (order by row_count) from (
    select row_count from workbook where source_id = source.id and status = 'imported' order by stamp desc limit 10
  ) as lately)`

const receiptsRead = 11

/** A source of reports that came by themselves within some days, with what its last reports say of how it is. */
export type Feed = Awaited<ReturnType<typeof listFeeds>>[number]

/** The sources that have sent anything within 30 days, the kinds one after the other. Files that came by hand have no rhythm. */
export async function listFeeds(db: Db) {
  const receivedAt = sql<Date[]>`array(
    select greatest(received_at, confirmed_at) from workbook
    where source_id = source.id and ${isAccepted()} order by received_at desc limit ${sql.lit(receiptsRead)})`
  return db
    .selectFrom('source')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('workbook')
          .select(['workbook.id', 'workbook.stamp', 'rowCount'])
          .whereRef('sourceId', '=', 'source.id')
          .where('status', 'in', acceptedStatuses)
          .where('origin', '!=', 'telegram')
          .where(sql<boolean>`received_at > now() - interval '30 days'`)
          .orderBy('receivedAt', 'desc')
          .limit(1)
          .as('newest'),
      (join) => join.onTrue(),
    )
    .select(['source.kind', 'source.sender', 'source.reportNumber'])
    .select(['newest.id as workbookId', 'newest.stamp', 'newest.rowCount'])
    .select([usualRows.as('usualRows'), receivedAt.as('receivedAt')])
    .where('source.kind', '!=', 'train_roster')
    .where('source.sender', '!=', '')
    .orderBy('source.kind')
    .orderBy('source.sender')
    .orderBy('source.reportNumber')
    .execute()
}
