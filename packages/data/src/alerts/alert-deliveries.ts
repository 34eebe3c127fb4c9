import { sql } from 'kysely'
import type { QueuedDelivery } from '../deliveries/deliveries.ts'
import type { StoredNotice } from '../deliveries/stored-notice.ts'
import type { Db } from '../platform/client.ts'
import { rowList } from '../platform/statements/row-list.ts'

/** The present content of a message. */
export interface AlertContent {
  readonly alertId: number
  readonly personId: number
  readonly chatId: number
  /** The topic of a group. */
  readonly threadId: number | null
  readonly notice: StoredNotice
  /** The scope whose containers it names. */
  readonly builtFor: string
  /** Its reader has the message already: the new text replaces it, after a pause in which more can happen. */
  readonly isEdit: boolean
  /** The `traceparent` of the work that began the message. */
  readonly trace: string | null
}

const rowsPerInsert = 500
const editPause = sql<Date>`now() + interval '30 seconds'`

/**
 * Writes what messages say now: into a delivery that has not left yet, or into a new one, which edits the message that its reader has.
 * Returns the new deliveries; the number of statements does not depend on that of the messages, but for some hundred a time.
 */
export async function upsertAll(tx: Db, contents: readonly AlertContent[]): Promise<readonly QueuedDelivery[]> {
  if (contents.length === 0) return []
  const open = await replaceWaiting(tx, contents)
  const fresh = contents.filter(({ alertId }) => !open.has(alertId))
  const inserted: Pick<QueuedDelivery, 'id' | 'trace'>[] = []
  for (let start = 0; start < fresh.length; start += rowsPerInsert) {
    const rows = await tx
      .insertInto('delivery')
      .values(fresh.slice(start, start + rowsPerInsert).map(toRow))
      .returning(['id', 'trace'])
      .execute()
    inserted.push(...rows)
  }
  return inserted.map((row) => ({ ...row, channel: 'telegram', kind: 'alert' }))
}

function toRow({ alertId, personId, chatId, threadId, notice, builtFor, isEdit, trace }: AlertContent) {
  return {
    kind: 'alert' as const,
    channel: 'telegram' as const,
    chatId,
    threadId,
    personId,
    builtFor,
    notice: JSON.stringify(notice),
    noticePeriod: alertId,
    notBefore: isEdit ? editPause : null,
    enqueuedAt: sql<Date>`now()`,
    ...(trace !== null && { trace }),
  }
}

async function replaceWaiting(tx: Db, contents: readonly AlertContent[]): Promise<ReadonlySet<number | null>> {
  const rows = contents.map(({ alertId, notice, builtFor }) => ({ alertId, notice: JSON.stringify(notice), builtFor }))
  const replaced = await tx
    .updateTable('delivery')
    .from(rowList('fresh', { alertId: 'bigint', notice: 'text', builtFor: 'text' }, rows))
    .set((eb) => ({ notice: sql<string>`fresh.notice::jsonb`, builtFor: eb.ref('fresh.builtFor') }))
    .whereRef('delivery.noticePeriod', '=', 'fresh.alertId')
    .where('delivery.channel', '=', 'telegram')
    .where('delivery.status', 'in', ['pending', 'retry'])
    .returning('delivery.noticePeriod')
    .execute()
  return new Set(replaced.map(({ noticePeriod }) => noticePeriod))
}

/** Of the messages those that may have reached their reader. */
export async function listLeft(db: Db, alertIds: readonly number[]): Promise<ReadonlySet<number | null>> {
  const rows = await db
    .selectFrom('delivery')
    .select('noticePeriod')
    .distinct()
    .where('noticePeriod', '=', sql<number>`any(${[...alertIds]}::bigint[])`)
    .where((eb) => eb.or([eb('status', 'in', ['sent', 'sending', 'unknown']), eb('unclearAttempts', '>', 0)]))
    .execute()
  return new Set(rows.map(({ noticePeriod }) => noticePeriod))
}

/** Cancels the deliveries of messages that have nothing left to say. */
export async function cancelWaiting(tx: Db, alertIds: readonly number[]): Promise<void> {
  if (alertIds.length === 0) return
  await tx
    .updateTable('delivery')
    .set({ status: 'cancelled', error: 'what it was about has not happened', finishedAt: sql<Date>`now()` })
    .where('noticePeriod', '=', sql<number>`any(${[...alertIds]}::bigint[])`)
    .where('status', 'in', ['pending', 'retry'])
    .execute()
}
