import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { DeliveryChannel, DeliveryKind, DeliveryStatus, Json } from '../schema.generated.ts'
import { receivesMail } from '../people/email-addresses.ts'
import { addresseeChat, addresseeName } from './addressee-name.ts'
import type { QueuedDelivery } from './deliveries.ts'

/** Which deliveries somebody looks at. */
export const ledgerFilters = ['all', 'waiting', 'unsent', 'email'] as const
export type LedgerFilter = (typeof ledgerFilters)[number]

/** A row of the ledger as admins see it. */
export interface LedgerRow {
  readonly id: number
  readonly status: DeliveryStatus
  readonly channel: DeliveryChannel
  readonly kind: DeliveryKind
  /** The addressee: the name of a person or a group, or nothing for a chat without one. */
  readonly name: string | undefined
  readonly chatId: number | undefined
  readonly address: string | undefined
  /** The name of a report or the beginning of the text; nothing for a code. */
  readonly what: string
  readonly notice: Json | undefined
  readonly attempts: number
  readonly error: string | undefined
  readonly errorCode: number | undefined
  /** What Telegram or the mail calls it. */
  readonly messageId: string | undefined
  /** When it ended; of one that waits, when it was written. */
  readonly at: Date
}

/** A page of the ledger, the newest first, and whether there is more. */
export async function listLedger(
  db: Db,
  { filter, offset, limit }: { readonly filter: LedgerFilter; readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: readonly LedgerRow[]; readonly hasMore: boolean }> {
  const rows = await db
    .selectFrom('delivery')
    .leftJoin('person', 'person.id', 'delivery.personId')
    .leftJoin('report', 'report.id', 'delivery.reportId')
    .leftJoin('broadcast', 'broadcast.id', 'delivery.broadcastId')
    .leftJoin('emailAddress', 'emailAddress.id', 'delivery.emailAddressId')
    .select(['delivery.id', 'delivery.status', 'delivery.channel', 'delivery.kind'])
    .select(['delivery.attempts', 'delivery.error', 'delivery.errorCode', 'delivery.notice'])
    .select([addresseeName.as('name'), addresseeChat.as('chatId')])
    .select(sql<string | null>`coalesce(email_address.address, nullif(delivery.address, ''))`.as('address'))
    .select(
      sql<string>`case when delivery.kind = 'code' then ''
        else coalesce(report.name, report.file_name, left(coalesce(delivery.text, broadcast.text), 200), '') end`.as(
        'what',
      ),
    )
    .select(sql<string | null>`coalesce(delivery.message_id, delivery.telegram_message_id::text)`.as('messageId'))
    .select(sql<Date>`coalesce(delivery.finished_at, delivery.sending_at, delivery.created_at)`.as('at'))
    .$if(filter === 'waiting', (qb) => qb.where('delivery.status', 'in', ['pending', 'retry', 'sending']))
    .$if(filter === 'unsent', (qb) => qb.where('delivery.status', 'in', ['failed', 'unknown', 'blocked', 'cancelled']))
    .$if(filter === 'email', (qb) => qb.where('delivery.channel', '=', 'email'))
    .orderBy('delivery.id', 'desc')
    .offset(offset)
    .limit(limit + 1)
    .execute()
  return {
    hasMore: rows.length > limit,
    rows: rows.slice(0, limit).map(({ name, chatId, address, notice, error, errorCode, messageId, ...row }) => ({
      ...row,
      name: name ?? undefined,
      chatId: chatId ?? undefined,
      address: address ?? undefined,
      notice: notice ?? undefined,
      error: error ?? undefined,
      errorCode: errorCode ?? undefined,
      messageId: messageId ?? undefined,
    })),
  }
}

/** A report that went to a person's own chat, and whose file is still there. */
export interface OwnReport {
  readonly reportId: number
  readonly name: string
  readonly builtAt: Date
  /** How its first delivery to the chat stands. */
  readonly status: DeliveryStatus
  /** It went to addresses by e-mail as well, one of which still gets mail. */
  readonly isMailed: boolean
}

/** A page of the reports that a person got or should have got, the newest first, and whether there is more. */
export async function listOwnReports(
  db: Db,
  personId: number,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: readonly OwnReport[]; readonly hasMore: boolean }> {
  const rows = await selectOwnReports(db, personId)
    .orderBy('report.id', 'desc')
    .offset(offset)
    .limit(limit + 1)
    .execute()
  return { hasMore: rows.length > limit, rows: rows.slice(0, limit) }
}

/** Mail carries the bytes of a file, Telegram may know it by an id of its own. */
const isMailed = sql<boolean>`(report.content is not null and exists (
  select from delivery as mail join email_address on email_address.id = mail.email_address_id
  where mail.report_id = report.id and mail.channel = 'email' and mail.repeats_id is null and ${receivesMail}))`

function selectOwnReports(db: Db, personId: number) {
  return (
    db
      .selectFrom('report')
      .innerJoin('person', (join) =>
        join.onRef('person.id', '=', 'report.personId').onRef('person.telegramId', '=', 'report.chatId'),
      )
      .innerJoin('delivery', (join) =>
        join
          .onRef('delivery.reportId', '=', 'report.id')
          .on('delivery.channel', '=', 'telegram')
          .on('delivery.repeatsId', 'is', null),
      )
      .select(['report.id as reportId', 'delivery.status', isMailed.as('isMailed')])
      .select(sql<string>`coalesce(report.name, report.file_name, '')`.as('name'))
      .select(sql<Date>`report.built_at`.as('builtAt'))
      .where('report.personId', '=', personId)
      .where('report.status', '=', 'built')
      .where('report.kind', '!=', 'personal_data')
      // The bytes of large files are not read for the question whether they are there.
      .where(sql<boolean>`(report.content is not null or report.telegram_file_id is not null)`)
  )
}

/** Two presses within it give one file. */
const againAfterSeconds = 60

/**
 * Queues the file of a person's own report once more as it is, for their chat or for those of its addresses that still get mail: nothing is built again, and what
 * is recorded about the first delivery stays. Each new row names the first one. `sent_just_now` when all left within the last minute or are about to; `gone` when the
 * file is no longer kept, is not theirs, or went to no address.
 */
export async function sendAgain(
  tx: Db,
  {
    reportId,
    personId,
    channel,
  }: { readonly reportId: number; readonly personId: number; readonly channel: DeliveryChannel },
): Promise<readonly QueuedDelivery[] | 'sent_just_now' | 'gone'> {
  // Two presses at once would both see that nothing is on its way.
  await tx.selectFrom('report').select('id').where('id', '=', reportId).forUpdate().execute()
  const own = await selectOwnReports(tx, personId).where('report.id', '=', reportId).executeTakeFirst()
  if (!own || (channel === 'email' && !own.isMailed)) return 'gone'
  const queued = await tx
    .insertInto('delivery')
    .columns([...repeatedColumns, 'personId', 'repeatsId', 'enqueuedAt'])
    .expression(selectRepeats(tx, reportId, channel))
    .returning(['id', 'channel', 'kind'])
    .execute()
  return queued.length === 0 ? 'sent_just_now' : queued
}

const repeatedColumns = [
  'channel',
  'kind',
  'audience',
  'chatId',
  'threadId',
  'emailAddressId',
  'reportId',
  'subject',
  'text',
  'emailHtml',
] as const

function selectRepeats(tx: Db, reportId: number, channel: DeliveryChannel) {
  return tx
    .selectFrom('delivery as first')
    .leftJoin('emailAddress', 'emailAddress.id', 'first.emailAddressId')
    .select([...repeatedColumns, 'first.personId', 'first.id as repeatsId', sql<Date>`now()`.as('enqueuedAt')])
    .where('reportId', '=', reportId)
    .where('channel', '=', channel)
    .where('repeatsId', 'is', null)
    .$if(channel === 'email', (qb) => qb.where(receivesMail)).where(sql<boolean>`not exists (
      select from delivery as copy where (copy.id = first.id or copy.repeats_id = first.id)
        and (copy.status in ('pending', 'retry', 'sending')
          or copy.finished_at > now() - make_interval(secs => ${againAfterSeconds})))`)
}
