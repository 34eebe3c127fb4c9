import { sql } from 'kysely'
import type { Db } from './client.ts'

/** How a claimed delivery ended. */
export type Outcome =
  /** `telegramFileId` is what Telegram calls the uploaded workbook from now on. */
  | { readonly status: 'sent'; readonly messageId?: number | undefined; readonly telegramFileId?: string | undefined }
  /** The chat or the mailbox does not take anything from us. Counted apart from failures. */
  | { readonly status: 'blocked' | 'failed' | 'unknown'; readonly code?: number | undefined; readonly error: string }
  /** Surely not delivered; it may leave again after `afterMs`. */
  | { readonly status: 'retry'; readonly afterMs: number; readonly error: string; readonly code?: number | undefined }
  /** As `retry`, by order of the other side: it does not count as an attempt, and the whole chat waits. */
  | { readonly status: 'told_to_wait'; readonly afterMs: number }
  /** Telegram does not know the file any more: it is uploaded anew. */
  | { readonly status: 'file_forgotten' }

interface Holding {
  readonly holder: string
}

/**
 * Writes down how a claimed delivery ended. It also corrects `unknown`, as long as nobody had it sent again: who made the call
 * knows best. False when the row is not the holder's any more.
 */
export async function settle(db: Db, id: number, outcome: Outcome, { holder }: Holding): Promise<boolean> {
  const row = await db
    .updateTable('delivery')
    .set(changes(outcome))
    .where('id', '=', id)
    .where('status', 'in', ['sending', 'unknown'])
    .where('sendingBy', '=', holder)
    .returning(['chatId', 'reportId'])
    .executeTakeFirst()
  if (!row) return false
  if (outcome.status === 'told_to_wait' && row.chatId !== null) await holdChat(db, row.chatId, outcome.afterMs)
  if (row.reportId === null) return true
  if (outcome.status === 'sent' && outcome.telegramFileId !== undefined) {
    await setFileId(db, row.reportId, outcome.telegramFileId)
  }
  if (outcome.status === 'file_forgotten') await setFileId(db, row.reportId, null)
  return true
}

function changes(outcome: Outcome) {
  const { status } = outcome
  if (status === 'sent') return { status, telegramMessageId: outcome.messageId ?? null, ...sent }
  if (status === 'blocked' || status === 'failed' || status === 'unknown') {
    return { status, errorCode: outcome.code ?? null, error: outcome.error, finishedAt: sql<Date>`now()` }
  }
  if (status === 'retry') {
    const why = { error: outcome.error, errorCode: outcome.code ?? null }
    return { status, notBefore: later(outcome.afterMs), ...why, ...released }
  }
  const afterMs = status === 'told_to_wait' ? outcome.afterMs : 0
  return { status: 'retry' as const, notBefore: later(afterMs), attempts: sql<number>`attempts - 1`, ...released }
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
