import type { QuietHours } from '@atermtrack/domain'
import { sql } from 'kysely'
import { type BroadcastContent, toContent } from '../broadcasts/broadcast-content.ts'
import type { Db } from '../platform/client.ts'
import { quietHoursOf } from '../alerts/group-quiet-hours.ts'
import { findForMail } from '../reports/pictures.ts'
import { isRepeatable } from './delivery-outcomes.ts'
import { languageOf } from '../people/person-language.ts'
import type { DeliveryChannel, DeliveryKind, Json } from '../schema.generated.ts'
import type { StoredFile } from '../platform/stored-files.ts'

/** The parts of a delivery. */
export interface ClaimedContent {
  readonly id: number
  readonly channel: DeliveryChannel
  readonly kind: DeliveryKind
  readonly personId: number | undefined
  readonly chatId: number | undefined
  /** The topic of a group. */
  readonly threadId: number | undefined
  readonly emailAddress: string | undefined
  readonly subject: string | undefined
  /** The notice that is rendered for the reader when it leaves; undefined for a text that is finished already. */
  readonly notice: Json | undefined
  readonly text: string | undefined
  /** The text of an e-mail as HTML; undefined where there is none. */
  readonly emailHtml: string | undefined
  readonly markup: Json | undefined
  /** The message that the text replaces. */
  readonly editsMessageId: number | undefined
  readonly document: ClaimedDocument | undefined
  /** A picture inside an e-mail. */
  readonly mailPicture: StoredFile | undefined
  /** The call that sends a file that Telegram has; the text is its caption. */
  readonly attachment: BroadcastContent | undefined
  /** The call that sends the message of a broadcast, in place of a text. */
  readonly broadcastContent: BroadcastContent | undefined
  /** Its author wants it without a sound, whatever the hour. */
  readonly isSilent: boolean
  readonly reader: Reader
  /** When the question was asked, for an answer that leaves late. */
  readonly lateSince: Date | undefined
  /** An earlier copy may have arrived. */
  readonly isRepeat: boolean
  /** It is sent again when nobody knows whether it arrived. */
  readonly isRepeatable: boolean
  /** When the owner of the private chat wants no sound, or the group or topic; the zone is their own, if they have chosen one. */
  readonly quietHours: (QuietHours & { readonly zone: string | undefined }) | undefined
}

/** A file that goes along. What is to be uploaded is left out where Telegram has it already, unless the channel is e-mail. */
export interface ClaimedDocument {
  readonly fileName: string
  readonly file: StoredFile | undefined
  readonly telegramFileId: string | undefined
}

/** The addressee; in a group, the person who asked. */
export interface Reader {
  /** The code of a language; the catalogue of texts knows which there are. */
  readonly language: string
  /** Undefined where they have chosen none. */
  readonly zone: string | undefined
}

// Whatever waits for the pace of a chat, or for a short 429, is not late.
const isLate = sql`delivery.created_at < clock_timestamp() - interval '1 minute'`

/** A gathered notice replaces the message in which the notices of its period stand so far. */
const gatheredMessageId = sql`(
  select earlier.telegram_message_id from delivery as earlier
  where earlier.notice_period = delivery.notice_period and earlier.chat_id = delivery.chat_id
    and earlier.telegram_message_id is not null
  order by earlier.id desc limit 1)`

/** Everything that is needed to send a delivery. */
export async function getContent(db: Db, id: number): Promise<ClaimedContent> {
  const row = await db
    .selectFrom('delivery')
    .leftJoin('emailAddress', 'emailAddress.id', 'delivery.emailAddressId')
    // A private chat has the id of its person.
    .leftJoin('person', 'person.telegramId', 'delivery.chatId')
    .leftJoin('person as addressee', 'addressee.id', 'delivery.personId')
    .leftJoin('report', 'report.id', 'delivery.reportId')
    .leftJoinLateral(quietHoursOf(sql.ref('delivery.chat_id'), sql.ref('delivery.thread_id')).as('quiet'), (join) =>
      join.onTrue(),
    )
    .select(['quiet.quietFrom as groupFrom', 'quiet.quietUntil as groupUntil', 'quiet.zone as groupZone'])
    .leftJoin('broadcast', 'broadcast.id', 'delivery.broadcastId')
    .select(['delivery.id', 'channel', 'delivery.kind', 'delivery.personId', 'delivery.chatId', 'reportId', 'subject'])
    .select(['delivery.text', 'markup', 'notice', 'delivery.threadId', 'workbookId', 'eventMailId', 'unclearAttempts'])
    .select(['emailHtml', 'attachment', 'broadcast.content', 'broadcast.isSilent'])
    .select(sql<number | null>`coalesce(delivery.edits_message_id, ${gatheredMessageId})`.as('editsMessageId'))
    .select(['person.quietFrom as from', 'person.quietUntil as until', 'person.zone', 'addressee.zone as ownZone'])
    .select(['addressee.language as ownLanguage', 'addressee.chosenLanguage as ownChosenLanguage'])
    .select(['person.language', 'person.chosenLanguage'])
    .select(sql<string | null>`coalesce(email_address.address, nullif(delivery.address, ''))`.as('emailAddress'))
    .select(sql<boolean>`${isRepeatable}`.as('isRepeatable'))
    .select(
      sql<Date | null>`case when delivery.kind = 'answer' and ${isLate}
        then coalesce(delivery.asked_at, report.created_at,
          case when workbook_id is not null then delivery.created_at end) end`.as('lateSince'),
    )
    .where('delivery.id', '=', id)
    .executeTakeFirstOrThrow()
  const { reportId, workbookId, eventMailId } = row
  return {
    id,
    channel: row.channel,
    kind: row.kind,
    personId: row.personId ?? undefined,
    chatId: row.chatId ?? undefined,
    threadId: row.threadId ?? undefined,
    emailAddress: row.emailAddress ?? undefined,
    subject: row.subject ?? undefined,
    ...messageOf(row),
    emailHtml: row.emailHtml ?? undefined,
    editsMessageId: row.editsMessageId ?? undefined,
    document:
      eventMailId !== null
        ? await findEventMail(db, eventMailId)
        : reportId === null
          ? await findOriginal(db, workbookId)
          : await findDocument(db, reportId, row.channel),
    mailPicture: reportId !== null && row.channel === 'email' ? await findForMail(db, reportId) : undefined,
    attachment: toContent(row.attachment),
    broadcastContent: toContent(row.content),
    isSilent: row.isSilent === true,
    reader: readerOf(row),
    lateSince: row.lateSince ?? undefined,
    isRepeat: row.unclearAttempts > 0,
    isRepeatable: row.isRepeatable,
    quietHours:
      quietHoursIn({ from: row.from, until: row.until, zone: row.zone }) ??
      quietHoursIn({ from: row.groupFrom, until: row.groupUntil, zone: row.groupZone }),
  }
}

function quietHoursIn({
  from,
  until,
  zone,
}: Readonly<Record<'from' | 'until' | 'zone', string | null>>): ClaimedContent['quietHours'] {
  return from === null || until === null ? undefined : { from, until, zone: zone ?? undefined }
}

/** The content of a row, as it was written. */
export function messageOf(row: {
  readonly notice: Json | null
  readonly text: string | null
  readonly markup: Json | null
}): Pick<ClaimedContent, 'notice' | 'text' | 'markup'> {
  return { notice: row.notice ?? undefined, text: row.text ?? undefined, markup: row.markup ?? undefined }
}

interface ReaderColumns {
  readonly language: string | null
  readonly chosenLanguage: string | null
  readonly zone: string | null
  readonly ownLanguage: string | null
  readonly ownChosenLanguage: string | null
  readonly ownZone: string | null
}

function readerOf(row: ReaderColumns): Reader {
  const language = row.language ?? row.ownLanguage ?? 'ru'
  const chosenLanguage = row.chosenLanguage ?? row.ownChosenLanguage
  return { language: languageOf({ language, chosenLanguage }), zone: row.zone ?? row.ownZone ?? undefined }
}

async function findDocument(db: Db, reportId: number, channel: DeliveryChannel): Promise<ClaimedDocument | undefined> {
  const report = await db
    .selectFrom('report')
    .select(['fileName', 'telegramFileId'])
    .select(
      sql<number | null>`case when telegram_file_id is null or ${channel} = 'email' then octet_length(content) end`.as(
        'size',
      ),
    )
    .where('id', '=', reportId)
    .executeTakeFirst()
  if (!report || report.fileName === null) return undefined
  return {
    fileName: report.fileName,
    file: report.size === null ? undefined : { source: { kind: 'report', reportId }, size: report.size },
    telegramFileId: report.telegramFileId ?? undefined,
  }
}

/** A workbook as it arrived. */
async function findOriginal(db: Db, workbookId: number | null): Promise<ClaimedDocument | undefined> {
  if (workbookId === null) return undefined
  const { fileName, sha256, size } = await db
    .selectFrom('workbook')
    .leftJoin('blob', 'blob.sha256', 'workbook.sha256')
    .select(['fileName', 'workbook.sha256'])
    .select(sql<number | null>`case when blob.emptied_at is null then octet_length(blob.content) end`.as('size'))
    .where('workbook.id', '=', workbookId)
    .executeTakeFirstOrThrow()
  const file = size === null ? undefined : { source: { kind: 'blob' as const, sha256 }, size }
  return { fileName, file, telegramFileId: undefined }
}

async function findEventMail(db: Db, eventMailId: number): Promise<ClaimedDocument> {
  const { fileName, size } = await db
    .selectFrom('eventMail')
    .select('fileName')
    .select(sql<number | null>`octet_length(content)`.as('size'))
    .where('id', '=', eventMailId)
    .executeTakeFirstOrThrow()
  const file = size === null ? undefined : { source: { kind: 'event_mail' as const, eventMailId }, size }
  return { fileName, file, telegramFileId: undefined }
}
