import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { unclearEnding } from './delivery-outcomes.ts'
import type { BroadcastContent as FileCall } from '../broadcasts/broadcast-content.ts'
import { contentColumns, type MessageContent, type StoredNotice } from './stored-notice.ts'
import type { DeliveryAudience, DeliveryChannel, DeliveryKind } from '../schema.generated.ts'

export { type AnswerReader, insertAnswers, type LedgerAnswer } from './delivery-answers.ts'
export { claim, type Claim, type ClaimedDelivery, failAbandoned, moveToChat, prolong } from './delivery-claims.ts'
export type { ClaimedDocument, Reader } from './delivery-content.ts'
export { type Outcome, recordOutcome } from './delivery-outcomes.ts'
export type { MessageContent, StoredNotice } from './stored-notice.ts'
export { countUnresolved, listUnresolved, type UnresolvedDelivery } from './delivery-unresolved.ts'

/** Enough to enqueue a delivery. */
export interface QueuedDelivery {
  readonly id: number
  readonly channel: DeliveryChannel
  readonly kind: DeliveryKind
  /** The `traceparent` of what it is about, where that happened before the work which enqueues it. */
  readonly trace?: string | null
}

/** A built report that is to leave. */
export interface LeavingReport {
  readonly reportId: number
  readonly kind: 'report' | 'answer'
  /** By default who may use the bot; their own data anybody may have. */
  readonly audience?: DeliveryAudience
  readonly personId: number
  readonly chatId: number
  /** The topic of a group. */
  readonly threadId?: number | undefined
  /** Telegram HTML: the caption of the workbook. */
  readonly text: string
  /** The reader's own addresses, each of which gets a message of its own. */
  readonly emailAddressIds?: readonly number[]
  readonly subject?: string | undefined
  readonly emailText?: string | undefined
  /** The same as HTML. */
  readonly emailHtml?: string | undefined
  /** Fixed recipients of a copy by e-mail. */
  readonly copies?: readonly string[]
}

/**
 * Writes what a built report is to leave as: a Telegram row, and an e-mail row for each address of its reader. A report has one row
 * per channel and address for ever: a second call returns those that are there.
 */
export async function insertForReport(db: Db, report: LeavingReport): Promise<readonly QueuedDelivery[]> {
  return insertForReports(db, [report])
}

/** The same for many reports, in one statement. */
export async function insertForReports(db: Db, reports: readonly LeavingReport[]): Promise<readonly QueuedDelivery[]> {
  if (reports.length === 0) return []
  return db
    .insertInto('delivery')
    .values(reports.flatMap(rowsOf))
    .onConflict((conflict) =>
      // Only an update returns the row that is there.
      conflict
        .expression(sql`report_id, channel, address, coalesce(email_address_id, 0)`)
        .where('reportId', 'is not', null)
        .where('repeatsId', 'is', null)
        .doUpdateSet((eb) => ({ reportId: eb.ref('excluded.reportId') })),
    )
    .returning(['id', 'channel', 'kind'])
    .execute()
}

function rowsOf(report: LeavingReport) {
  const { reportId, kind, audience, personId, chatId, threadId, text } = report
  const { emailAddressIds = [], subject, emailText, emailHtml, copies = [] } = report
  const common = { reportId, kind, audience: audience ?? ('member' as const), personId, enqueuedAt: sql<Date>`now()` }
  const telegram = { ...common, channel: 'telegram' as const, chatId, threadId, text }
  const email = { ...common, channel: 'email' as const, subject, text: emailText ?? '', emailHtml }
  const own = emailAddressIds.map((emailAddressId) => ({ ...email, emailAddressId }))
  return [telegram, ...own, ...copies.map((address) => ({ ...email, address, audience: 'anybody' as const }))]
}

/** Writes a message of its own for Telegram; the original of a workbook goes along. */
export async function insertMessage(
  db: Db,
  {
    attachment,
    ...message
  }: {
    readonly kind: 'alert' | 'answer'
    /** The readers whose rights are checked when it leaves; by default everybody who may use the bot. */
    readonly audience?: DeliveryAudience
    readonly chatId: number
    readonly threadId?: number | undefined
    readonly personId?: number | undefined
    readonly workbookId?: number
    /** A file that Telegram has; the message is its caption. */
    readonly attachment?: FileCall | undefined
  } & MessageContent,
): Promise<{ readonly id: number }> {
  return db
    .insertInto('delivery')
    .values({
      ...message,
      ...contentColumns(message),
      attachment: attachment ? JSON.stringify(attachment) : null,
      channel: 'telegram',
      enqueuedAt: sql<Date>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** Writes an e-mail to a person's address or to a fixed recipient. The text of a code is erased once it is sent. */
export async function insertEmail(
  db: Db,
  email: {
    readonly kind: 'code' | 'alert'
    /** By default who may use the bot. */
    readonly audience?: DeliveryAudience
  } & ({ readonly subject: string; readonly text: string } | { readonly notice: StoredNotice }) &
    ({ readonly emailAddressId: number; readonly personId: number | undefined } | { readonly address: string }),
): Promise<{ readonly id: number }> {
  return db
    .insertInto('delivery')
    .values({ ...email, ...contentColumns(email), channel: 'email', enqueuedAt: sql<Date>`now()` })
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** The columns of a delivery that waits as on its first day; when it is enqueued is for the caller to say. */
export const inLine = {
  status: 'pending',
  attempts: 0,
  notBefore: null,
  sendingBy: null,
  sendingAt: null,
  finishedAt: null,
  error: null,
  errorCode: null,
} as const

/** Queues an unknown or failed delivery again, by order of a person; undefined when it is neither any more. */
export async function resend(db: Db, id: number): Promise<QueuedDelivery | undefined> {
  return db
    .updateTable('delivery')
    .set({ ...inLine, enqueuedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('status', 'in', ['unknown', 'failed'])
    .returning(['id', 'channel', 'kind'])
    .executeTakeFirst()
}

/**
 * Marks as unknown what has been in `sending` for longer than so many seconds: the process that sent it is gone, and no job came
 * back to say so. They must be more than any live call lasts (two minutes are enough).
 */
export async function markStaleSendingUnknown(
  db: Db,
  { seconds }: { readonly seconds: number },
): Promise<readonly number[]> {
  const rows = await db
    .updateTable('delivery')
    .set(unclearEnding('the sender is gone'))
    .where('status', '=', 'sending')
    .where('sendingAt', '<', sql<Date>`now() - make_interval(secs => ${seconds})`)
    .returning(['id', 'status'])
    .execute()
  return rows.filter(({ status }) => status === 'unknown').map(({ id }) => id)
}
