import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** How a claimed delivery ended. */
export type Outcome =
  /** `telegramFileId` is what Telegram calls the uploaded workbook from now on. */
  | {
      readonly status: 'sent'
      readonly messageId?: number | undefined
      /** All messages of an album. */
      readonly albumMessageIds?: readonly number[] | undefined
      readonly telegramFileId?: string | undefined
    }
  /** The chat or the mailbox accepts nothing from us. Counted apart from failures. */
  | { readonly status: 'blocked' | 'failed' | 'unknown'; readonly code?: number | undefined; readonly error: string }
  /** Surely not delivered; it may leave again after `afterMs`. */
  | { readonly status: 'retry'; readonly afterMs: number; readonly error: string; readonly code?: number | undefined }
  /** As `retry`, by order of the other side: it does not count as an attempt, and the whole chat waits. */
  | { readonly status: 'postponed'; readonly afterMs: number }
  /** Telegram does not know the file any more: it is uploaded again. */
  | { readonly status: 'file_forgotten' }
  /** The message that the text was to replace is gone: it leaves as a message of its own. */
  | { readonly status: 'message_gone' }

interface Holding {
  readonly holder: string
}

/**
 * Records how a claimed delivery ended. It also corrects `unknown` while nobody has had it sent again: the process that made
 * the call knows best. False when the row is not the holder's any more.
 */
export async function recordOutcome(db: Db, id: number, outcome: Outcome, { holder }: Holding): Promise<boolean> {
  const row = await db
    .updateTable('delivery')
    .set(changes(outcome))
    .where('id', '=', id)
    .where('status', 'in', ['sending', 'unknown'])
    .where('sendingBy', '=', holder)
    .returning(['chatId', 'reportId', 'noticePeriod'])
    .executeTakeFirst()
  if (!row) return false
  if (outcome.status === 'postponed' && row.chatId !== null) await holdChat(db, row.chatId, outcome.afterMs)
  if (outcome.status === 'message_gone' && row.noticePeriod !== null) await forgetGathered(db, row)
  if (row.reportId === null) return true
  if (outcome.status === 'sent' && outcome.telegramFileId !== undefined) {
    await setFileId(db, row.reportId, outcome.telegramFileId)
  }
  if (outcome.status === 'file_forgotten') await setFileId(db, row.reportId, null)
  return true
}

function changes(outcome: Outcome) {
  const { status } = outcome
  if (status === 'sent') {
    const { messageId, albumMessageIds } = outcome
    const album = albumMessageIds && { albumMessageIds: [...albumMessageIds] }
    return { status, telegramMessageId: messageId ?? null, ...album, ...sent }
  }
  if (status === 'unknown') return unclearEnding(outcome.error, outcome.code)
  if (status === 'blocked' || status === 'failed') {
    return { status, errorCode: outcome.code ?? null, error: outcome.error, finishedAt: sql<Date>`now()` }
  }
  if (status === 'retry') {
    const why = { error: outcome.error, errorCode: outcome.code ?? null }
    return { status, notBefore: later(outcome.afterMs), ...why, ...released }
  }
  const afterMs = status === 'postponed' ? outcome.afterMs : 0
  const free = { status: 'retry' as const, notBefore: later(afterMs), attempts: sql<number>`attempts - 1`, ...released }
  return status === 'message_gone' ? { ...free, editsMessageId: null } : free
}

/** Each copy after the first is one more disturbance, and by then an admin has had several chances. */
const mostRepeats = 5

/** Alerts are sent at least once; everything else at most once. As a condition on a row of `delivery`. */
export const isRepeatable = sql<boolean>`(delivery.kind = 'alert' and delivery.unclear_attempts < ${sql.lit(mostRepeats)})`

/**
 * The columns of a delivery that may or may not have arrived: it becomes `unknown` and waits for a person. An alert leaves
 * again after 15, 30, 60 … s instead, marked as a possible repeat.
 */
export function unclearEnding(error: string, code?: number) {
  return {
    status: sql<'retry' | 'unknown'>`(case when ${isRepeatable} then 'retry' else 'unknown' end)::delivery_status`,
    unclearAttempts: sql<number>`unclear_attempts + case when ${isRepeatable} then 1 else 0 end`,
    notBefore: sql<Date | null>`case when ${isRepeatable}
      then clock_timestamp() + interval '15 s' * 2 ^ unclear_attempts else not_before end`,
    finishedAt: sql<Date | null>`case when ${isRepeatable} then null else now() end`,
    sendingBy: sql<string | null>`case when ${isRepeatable} then null else sending_by end`,
    error,
    errorCode: code ?? null,
  }
}

const sent = {
  finishedAt: sql<Date>`now()`,
  error: null,
  errorCode: null,
  // A code has done its work.
  text: sql<string | null>`case when kind = 'code' then null else text end`,
} as const

const released = { sendingBy: null, sendingAt: null } as const

function later(ms: number) {
  return sql<Date>`clock_timestamp() + make_interval(secs => ${ms / 1_000})`
}

/** The message of a period of notices is gone: the next notice of the period begins a new one. */
async function forgetGathered(
  db: Db,
  { chatId, noticePeriod }: { readonly chatId: number | null; readonly noticePeriod: number | null },
): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ telegramMessageId: null })
    .where('noticePeriod', '=', noticePeriod)
    .where('chatId', '=', chatId)
    .execute()
}

async function holdChat(db: Db, chatId: number, ms: number): Promise<void> {
  const nextAt = sql<Date>`clock_timestamp() + make_interval(secs => ${ms / 1_000 + (chatId < 0 ? 3 : 1)})`
  await db
    .insertInto('chatPace')
    .values({ chatId, nextAt })
    .onConflict((conflict) =>
      conflict.column('chatId').doUpdateSet({ nextAt: sql<Date>`greatest(chat_pace.next_at, excluded.next_at)` }),
    )
    .execute()
}

async function setFileId(db: Db, reportId: number, telegramFileId: string | null): Promise<void> {
  await db.updateTable('report').set({ telegramFileId }).where('id', '=', reportId).execute()
}
