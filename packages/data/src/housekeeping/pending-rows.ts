import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { DB } from '../schema.generated.ts'
import { selectRow, selectRows } from '../platform/statements/typed-rows.ts'

/** Which rows of a table wait for a job of a queue. */
export interface PendingRows {
  readonly table: keyof DB
  /** The condition of a row that waits. */
  readonly waits: RawBuilder<boolean>
  /** The time from which a row waits for the job that it has now; a row without it is enqueued by its handler alone. */
  readonly since: RawBuilder<Date | null>
  /** The kind of a row, where its queue has priorities by kind. */
  readonly kind?: RawBuilder<string>
}

const enqueuedOrCreated = sql<Date>`coalesce(enqueued_at, created_at)`

const isDue = sql<boolean>`status in ('pending', 'retry') and (not_before is null or not_before < now())`

/** The rows that wait for each queue, by its name: the sweep, the counts of the command line and their test go over all of it. */
export const pendingRows = {
  'import-workbook': { table: 'workbook', waits: sql`status = 'pending'`, since: enqueuedOrCreated },
  'undo-import': { table: 'workbook', waits: sql`reason = 'undo_requested'`, since: enqueuedOrCreated },
  'detect-events': {
    table: 'workbook',
    waits: sql`events_due_at is not null`,
    // Not the time of the last enqueueing, which the row shares with the queues that it waits for besides.
    since: sql`events_due_at`,
  },
  'fetch-document': { table: 'incomingDocument', waits: sql`status = 'pending'`, since: enqueuedOrCreated },
  'raise-alerts': {
    table: 'workbook',
    waits: sql`alerts_due_at is not null`,
    since: sql`greatest(alerts_due_at, enqueued_at)`,
  },
  // One that waits for newer data is released by the dispatch of due reports.
  'build-report': { table: 'report', waits: sql`status = 'pending' and not_before is null`, since: enqueuedOrCreated },
  'expand-broadcast': {
    table: 'broadcast',
    waits: sql`(status in ('expanding', 'sending') or status = 'scheduled' and (send_at is null or send_at <= now())
      or recalled_at is not null and recall_ended_at is null or status = 'draft' and preview_due_at <= now())`,
    // A time that comes is a new reason to look.
    since: sql`greatest(coalesce(enqueued_at, confirmed_at, created_at), send_at)`,
  },
  // A broadcast enqueues its deliveries itself, some at a time: before that they have no time.
  'send-telegram': {
    table: 'delivery',
    waits: sql`channel = 'telegram' and ${isDue}`,
    since: sql`enqueued_at`,
    kind: sql`kind`,
  },
  'send-email': {
    table: 'delivery',
    waits: sql`channel = 'email' and ${isDue}`,
    since: sql`enqueued_at`,
    kind: sql`kind`,
  },
} satisfies Readonly<Record<string, PendingRows>>

/** The name of a queue whose jobs name rows. */
export type PendingQueue = keyof typeof pendingRows

const nothing = sql<string>`null::text`

export interface PendingRow {
  readonly id: number
  readonly kind: string | null
  /** The `traceparent` of the work that has inserted it. */
  readonly trace: string | null
}

/**
 * Claims rows of a queue that were last enqueued more than `seconds` ago, oldest first, and records that they are enqueued now: the
 * caller does so. Skips rows that another process is claiming.
 */
export async function claim(
  db: Db,
  queue: PendingQueue,
  { seconds, limit }: { readonly seconds: number; readonly limit: number },
): Promise<readonly PendingRow[]> {
  const { table, waits, since, kind = nothing }: PendingRows = pendingRows[queue]
  // Materialized: in a nested loop PostgreSQL would run the limited query once for each row, and take more than `limit`.
  return selectRows(
    db,
    { id: sql<number>`id`, kind: sql<string | null>`${kind}`, trace: sql<string | null>`trace` },
    (list) => sql`
      with next as materialized (
        select id from ${sql.table(table)}
        where ${waits} and ${since} < now() - make_interval(secs => ${seconds})
        order by id limit ${limit} for update skip locked
      )
      update ${sql.table(table)} set enqueued_at = now() where id in (select id from next) returning ${list}`,
  )
}

/** Counts the rows that wait for a job of a queue, with the time since which the oldest of them waits. */
export async function count(
  db: Db,
  queue: PendingQueue,
): Promise<{ readonly waiting: number; readonly oldestSince: Date | null }> {
  const { table, waits, since }: PendingRows = pendingRows[queue]
  const columns = { waiting: sql<number>`count(*)`, oldestSince: sql<Date | null>`min(${since})` }
  const counted = await selectRow(db, columns, (list) => sql`select ${list} from ${sql.table(table)} where ${waits}`)
  return counted ?? { waiting: 0, oldestSince: null }
}
