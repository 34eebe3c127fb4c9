import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'

export interface Patience {
  /** How long a row may wait before it counts as forgotten. */
  readonly seconds: number
  readonly limit: number
}

/** Takes forgotten rows and returns their ids: the caller enqueues them. */
export type Take = (db: Db, patience: Patience) => Promise<readonly number[]>

/** Workbooks that wait to be imported. */
export const takeWorkbooks = taker('workbook', sql`status = 'pending'`)

/** Workbooks whose import is to be undone. */
export const takeUndoRequests = taker('workbook', sql`reason = 'undo_requested'`)

/** Files that are to be fetched from Telegram. */
export const takeDocuments = taker('incoming_document', sql`status = 'pending'`)

/** Reports that wait for their workbook. */
export const takeReports = taker('report', sql`status = 'pending'`)

/** Broadcasts that are under way. */
export const takeBroadcasts = taker(
  'broadcast',
  sql`status in ('expanding', 'sending')`,
  sql`coalesce(enqueued_at, confirmed_at, created_at)`,
)

/**
 * Takes rows of a table that wait by `condition` and were last enqueued too long ago, oldest first, and notes that they are
 * enqueued now. Rows that another process is taking are passed over.
 */
function taker(table: string, condition: RawBuilder<unknown>, since = sql`coalesce(enqueued_at, created_at)`): Take {
  return async (db, { seconds, limit }) => {
    const { rows } = await sql<{ id: number }>`
      update ${sql.table(table)} set enqueued_at = now() where id in (
        select id from ${sql.table(table)}
        where ${condition} and ${since} < now() - make_interval(secs => ${seconds})
        order by id limit ${limit} for update skip locked
      ) returning id
    `.execute(db)
    return rows.map(({ id }) => id)
  }
}
