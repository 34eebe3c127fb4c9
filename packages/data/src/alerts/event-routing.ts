import { type AlertEvent, type EventKind, eventKinds } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { readNow } from '../platform/clock.ts'

/**
 * Lets one process at a time decide about alerts, for the rest of the transaction: two would begin a message each, and count the messages
 * of an hour past each other. Returns the time of the database.
 */
export async function lockRouting(tx: Db): Promise<Date> {
  await sql`select pg_advisory_xact_lock(hashtextextended('alerts', 0))`.execute(tx)
  return readNow(tx)
}

/** The columns of an event that `toAlertEvent` reads. */
export const alertEventColumns = [
  'event.id',
  'event.kind',
  'event.container',
  'event.tripId',
  'event.happenedAt',
  'event.stationId',
  'event.trainNumber',
  'event.trainIndex',
  'event.details',
] as const

/** Undefined for a kind that this release does not know. */
export function toAlertEvent<Row extends { readonly kind: string; readonly details: unknown }>(
  row: Row,
): (Omit<Row, 'kind' | 'details'> & Pick<AlertEvent, 'kind' | 'details'>) | undefined {
  const kind = eventKinds.find((known) => known === row.kind)
  return kind && { ...row, kind: kind satisfies EventKind, details: row.details ?? {} }
}

/**
 * Takes the oldest events whose readers nobody has looked for, and records that somebody has; after `lockRouting`. Empty when there are
 * none left.
 */
export async function takeUnrouted(
  tx: Db,
  { limit }: { readonly limit: number },
): Promise<{ readonly taken: number; readonly events: readonly AlertEvent[] }> {
  const rows = await tx
    .updateTable('event')
    .set({ routedAt: sql<Date>`now()` })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('event')
        .select('id')
        .where('routedAt', 'is', null)
        .where('isNews', '=', sql.lit(true))
        .where('withdrawnAt', 'is', null)
        .orderBy('id')
        .limit(limit)
        .forUpdate(),
    )
    .returning(alertEventColumns)
    .execute()
  return { taken: rows.length, events: rows.flatMap((row) => toAlertEvent(row) ?? []) }
}

/** When alerts about an import were asked for; null when nobody waits for them. */
export async function findDue(db: Db, workbookId: number): Promise<Date | null> {
  const row = await db.selectFrom('workbook').select('alertsDueAt').where('id', '=', workbookId).executeTakeFirst()
  return row?.alertsDueAt ?? null
}

/** Records that alerts about an import are raised, unless they were asked for again meanwhile. */
export async function markRaised(db: Db, workbookId: number, dueAt: Date): Promise<void> {
  await db
    .updateTable('workbook')
    .set({ alertsDueAt: null })
    .where('id', '=', workbookId)
    // JavaScript knows milliseconds only.
    .where(sql<Date>`date_trunc('milliseconds', alerts_due_at)`, '<=', dueAt)
    .execute()
}
