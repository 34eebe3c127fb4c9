import { sql } from 'kysely'
import type { Db } from './client.ts'
import type { DeliveryAudience, DeliveryChannel, DeliveryKind } from './schema.generated.ts'

export {
  claim,
  type Claim,
  type ClaimedDelivery,
  type ClaimedDocument,
  failAbandoned,
  moveToChat,
  prolong,
} from './delivery-claims.ts'
export { type Outcome, settle } from './delivery-outcomes.ts'
export { pauseAll } from './delivery-pause.ts'

/** Enough to enqueue a delivery. */
export interface QueuedDelivery {
  readonly id: number
  readonly channel: DeliveryChannel
  readonly kind: DeliveryKind
}

/**
 * Writes what a built report is to leave as: a Telegram row, and an e-mail row for a person with a proved address. A report has one
 * row per channel and address for ever: a second call returns those that are there.
 */
export async function insertForReport(
  db: Db,
  report: {
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
    readonly emailAddressId?: number | undefined
    readonly subject?: string | undefined
    readonly emailText?: string | undefined
    /** Fixed recipients of a copy by e-mail. */
    readonly copies?: readonly string[]
  },
): Promise<readonly QueuedDelivery[]> {
  const { reportId, kind, audience, personId, chatId, threadId, text } = report
  const { emailAddressId, subject, emailText, copies = [] } = report
  const common = { reportId, kind, audience: audience ?? ('member' as const), personId, enqueuedAt: sql<Date>`now()` }
  const telegram = { ...common, channel: 'telegram' as const, chatId, threadId, text }
  const email = { ...common, channel: 'email' as const, subject, text: emailText ?? '' }
  const own = emailAddressId === undefined ? [] : [{ ...email, emailAddressId }]
  return db
    .insertInto('delivery')
    .values([telegram, ...own, ...copies.map((address) => ({ ...email, address, audience: 'anybody' as const }))])
    .onConflict((conflict) =>
      // Only an update returns the row that is there.
      conflict
        .columns(['reportId', 'channel', 'address'])
        .doUpdateSet((eb) => ({ reportId: eb.ref('excluded.reportId') })),
    )
    .returning(['id', 'channel', 'kind'])
    .execute()
}

/** Writes a message of its own, Telegram HTML with the keyboard that is to stand under it; the original of a workbook goes along. */
export async function insertMessage(
  db: Db,
  message: {
    readonly kind: 'alert' | 'answer'
    /** Who must still be who they are when it leaves; by default who may use the bot. */
    readonly audience?: DeliveryAudience
    readonly chatId: number
    readonly threadId?: number | undefined
    readonly personId?: number | undefined
    readonly text: string
    readonly markup?: object | undefined
    readonly workbookId?: number
  },
): Promise<{ readonly id: number }> {
  const markup = message.markup === undefined ? null : JSON.stringify(message.markup)
  return db
    .insertInto('delivery')
    .values({ ...message, markup, channel: 'telegram', enqueuedAt: sql<Date>`now()` })
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** Writes an e-mail with a code; the text is erased once it is sent. */
export async function insertEmail(
  db: Db,
  email: {
    readonly kind: 'code'
    readonly emailAddressId: number
    readonly personId: number
    readonly subject: string
    readonly text: string
  },
): Promise<{ readonly id: number }> {
  return db
    .insertInto('delivery')
    .values({ ...email, channel: 'email', enqueuedAt: sql<Date>`now()` })
    .returning('id')
    .executeTakeFirstOrThrow()
}

export interface UnknownDelivery {
  readonly id: number
  readonly channel: DeliveryChannel
  readonly kind: DeliveryKind
  readonly broadcastId: number | undefined
  /** Who was to get it: a person's name, or nothing for a chat without one. */
  readonly name: string | undefined
  readonly chatId: number | undefined
  /** What it was: the name of a report or the beginning of the text. */
  readonly what: string
  readonly sendingAt: Date | undefined
}

/** The deliveries of which nobody knows whether they arrived, newest first; of one broadcast, or of everything. */
export async function listUnknown(
  db: Db,
  {
    broadcastId,
    limit,
    offset = 0,
  }: { readonly broadcastId?: number | undefined; readonly limit: number; readonly offset?: number },
): Promise<readonly UnknownDelivery[]> {
  const rows = await db
    .selectFrom('delivery')
    .leftJoin('person', 'person.id', 'delivery.personId')
    .leftJoin('report', 'report.id', 'delivery.reportId')
    .select(['delivery.id', 'delivery.channel', 'delivery.kind', 'broadcastId', 'delivery.chatId', 'sendingAt'])
    .select(sql<string | null>`nullif(concat_ws(' ', person.first_name, person.last_name), '')`.as('name'))
    .select(sql<string>`coalesce(report.name, report.file_name, left(delivery.text, 200), '')`.as('what'))
    .where('delivery.status', '=', 'unknown')
    .$if(broadcastId !== undefined, (query) => query.where('broadcastId', '=', broadcastId ?? 0))
    .orderBy('delivery.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(({ broadcastId, name, chatId, sendingAt, ...row }) => ({
    ...row,
    broadcastId: broadcastId ?? undefined,
    name: name ?? undefined,
    chatId: chatId ?? undefined,
    sendingAt: sendingAt ?? undefined,
  }))
}

/** How many deliveries are unknown; of one broadcast, or of everything. */
export async function countUnknown(db: Db, { broadcastId }: { readonly broadcastId?: number | undefined } = {}) {
  const { n } = await db
    .selectFrom('delivery')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('status', '=', 'unknown')
    .$if(broadcastId !== undefined, (query) => query.where('broadcastId', '=', broadcastId ?? 0))
    .executeTakeFirstOrThrow()
  return n
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

/** Puts an unknown delivery back in line, by order of a person; undefined when it is not unknown any more. */
export async function resend(db: Db, id: number): Promise<QueuedDelivery | undefined> {
  return db
    .updateTable('delivery')
    .set({ ...inLine, enqueuedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('status', '=', 'unknown')
    .returning(['id', 'channel', 'kind'])
    .executeTakeFirst()
}

/**
 * Marks as unknown what has been in `sending` since before `olderThan`: whoever sent it is gone, and no job came back to say so.
 * It must lie further back than any live call lasts (two minutes are enough).
 */
export async function markStaleSendingUnknown(db: Db, olderThan: Date): Promise<readonly number[]> {
  const rows = await db
    .updateTable('delivery')
    .set({ status: 'unknown', finishedAt: sql<Date>`now()`, error: 'the sender is gone' })
    .where('status', '=', 'sending')
    .where('sendingAt', '<', olderThan)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * Takes deliveries that wait although they could leave and were last enqueued more than `seconds` ago, oldest first, and notes
 * that they are enqueued now. Rows that nobody has enqueued yet belong to a broadcast, which does so itself.
 */
export async function takeForgotten(
  db: Db,
  { seconds, limit }: { readonly seconds: number; readonly limit: number },
): Promise<readonly QueuedDelivery[]> {
  const forgotten = db
    .selectFrom('delivery')
    .select('id')
    .where('status', 'in', ['pending', 'retry'])
    .where('enqueuedAt', '<', sql<Date>`now() - make_interval(secs => ${seconds})`)
    .where((eb) => eb.or([eb('notBefore', 'is', null), eb('notBefore', '<', sql<Date>`now()`)]))
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
  return db
    .updateTable('delivery')
    .set({ enqueuedAt: sql<Date>`now()` })
    .where('id', 'in', forgotten)
    .returning(['id', 'channel', 'kind'])
    .execute()
}
