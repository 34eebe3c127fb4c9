import type { QuietHours } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from './client.ts'
import { mayLeave, restOfPause } from './delivery-pause.ts'
import type { DeliveryChannel, DeliveryKind, DeliveryStatus, Json } from './schema.generated.ts'
import type { StoredFile } from './stored-files.ts'

export interface ClaimedDelivery {
  readonly id: number
  readonly channel: DeliveryChannel
  readonly kind: DeliveryKind
  /** Starts so far, this one included. */
  readonly attempts: number
  readonly personId: number | undefined
  readonly chatId: number | undefined
  /** The topic of a group. */
  readonly threadId: number | undefined
  readonly emailAddress: string | undefined
  readonly subject: string | undefined
  readonly text: string | undefined
  readonly markup: Json | undefined
  readonly document: ClaimedDocument | undefined
  /** When the owner of the private chat wants no sound; the zone is their own, if they have chosen one. */
  readonly quietHours: (QuietHours & { readonly zone: string | undefined }) | undefined
}

/** A file that goes along. What is to be uploaded is left out where Telegram has it already, unless the channel is e-mail. */
export interface ClaimedDocument {
  readonly fileName: string
  readonly file: StoredFile | undefined
  readonly telegramFileId: string | undefined
}

export type Claim =
  | { readonly kind: 'claimed'; readonly delivery: ClaimedDelivery }
  /** Nothing is to be done (any more). `unknown` as well when this claim has just found out that the sender died. */
  | { readonly kind: 'done'; readonly status: DeliveryStatus | 'gone' }
  /** Its broadcast is paused; it is not enqueued until that goes on. */
  | { readonly kind: 'held' }
  /** Somebody is at it, or its time has not come: ask again in so many ms. */
  | { readonly kind: 'in_flight' | 'not_before'; readonly delayMs: number }
  /** Nothing may leave for so many ms, see `pauseAll`. */
  | { readonly kind: 'paused'; readonly pauseMs: number }

export interface ClaimTerms {
  readonly holder: string
  /** Waited for last of all: what may leave when it resolves leaves at once. */
  readonly turn?: () => Promise<void>
  /** Says after how many ms a file of so many bytes may ask again; 0 when it may leave now. It is asked before the row is claimed. */
  readonly admit?: (bytes: number) => number
}

// How long a row may stand in `sending` before its sender counts as dead: the time-out of the one call it makes, and 15 s in
// which the outcome is written down. A job comes back only after its lock has lapsed, but a process that was merely frozen or
// cut off from Redis still finishes its call; what it knows then is better than "unknown".
const lapse = sql`case when delivery.report_id is null and delivery.workbook_id is null
  and delivery.channel = 'telegram' then interval '30 s'
  else interval '75 s' end`

// Into one private chat once a second, into one group 20 times a minute.
const pace = sql`case when chat_id < 0 then interval '3 s' else interval '1 s' end`

/**
 * Moves a delivery to `sending` in the name of `holder` and returns what to send, or says why not. The row must be committed
 * before anything leaves, so `db` is no transaction. A chat's slot is reserved once and remembered in `not_before`; a row
 * whose sender has died becomes `unknown`, since nobody can tell whether it arrived.
 */
export async function claim(db: Db, id: number, terms: ClaimTerms): Promise<Claim> {
  const seen = await look(db, id)
  if (!seen) return { kind: 'done', status: 'gone' }
  if (seen.status === 'sending') return seen.restMs > 0 ? inFlight(seen.restMs) : giveUp(db, id)
  if (seen.status !== 'pending' && seen.status !== 'retry') return { kind: 'done', status: seen.status }
  if (seen.broadcastStatus === 'paused') return hold(db, id)
  // It was being sent when the broadcast was cancelled, and did not leave.
  if (seen.broadcastStatus === 'cancelled' && seen.status === 'retry') return end(db, id, { status: 'cancelled' })
  if (seen.skip) return end(db, id, { status: 'blocked', error: 'the person is out of reach already' })
  const waitMs = seen.waitMs ?? (seen.channel === 'telegram' ? await reserveSlot(db, id) : 0)
  if (waitMs > 0) return { kind: 'not_before', delayMs: Math.ceil(waitMs) }
  return takeWithContent(db, id, terms)
}

async function takeWithContent(db: Db, id: number, terms: ClaimTerms): Promise<Claim> {
  // Read first: an error between the claim and the call would make an unknown delivery of one that never left.
  const content = await getContent(db, id)
  const delayMs = terms.admit?.(content.document?.file?.size ?? 0) ?? 0
  if (delayMs > 0) return { kind: 'not_before', delayMs }
  const taken = await take(db, id, terms)
  if (!taken) return missed(db)
  return { kind: 'claimed', delivery: { ...content, attempts: taken.attempts } }
}

/** Told to wait meanwhile, or lost a race by a hair: then the next look tells why. */
async function missed(db: Db): Promise<Claim> {
  const pauseMs = await restOfPause(db)
  return pauseMs > 0 ? { kind: 'paused', pauseMs } : { kind: 'in_flight', delayMs: 1_000 }
}

async function look(db: Db, id: number) {
  return db
    .selectFrom('delivery')
    .leftJoin('broadcast', 'broadcast.id', 'delivery.broadcastId')
    .leftJoin('person', 'person.id', 'delivery.personId')
    .select(['delivery.status', 'channel', 'broadcast.status as broadcastStatus'])
    .select(sql<number>`${milliseconds(sql`sending_at + ${lapse} - clock_timestamp()`)}`.as('restMs'))
    .select(sql<number | null>`${milliseconds(sql`not_before - clock_timestamp()`)}`.as('waitMs'))
    .select(sql<boolean>`broadcast.id is not null and person.unreachable_since is not null`.as('skip'))
    .where('delivery.id', '=', id)
    .executeTakeFirst()
}

function milliseconds(interval: ReturnType<typeof sql>) {
  return sql`(extract(epoch from ${interval}) * 1000)::float8`
}

function inFlight(restMs: number): Claim {
  return { kind: 'in_flight', delayMs: Math.ceil(restMs) + 100 }
}

async function giveUp(db: Db, id: number): Promise<Claim> {
  await db
    .updateTable('delivery')
    .set({ status: 'unknown', finishedAt: sql<Date>`now()`, error: 'cut in the middle of sending' })
    .where('id', '=', id)
    .where('status', '=', 'sending')
    .where(sql<boolean>`sending_at + ${lapse} <= clock_timestamp()`)
    .execute()
  return { kind: 'done', status: 'unknown' }
}

async function hold(db: Db, id: number): Promise<Claim> {
  await db.updateTable('delivery').set({ enqueuedAt: null }).where('id', '=', id).execute()
  return { kind: 'held' }
}

async function end(
  db: Db,
  id: number,
  ending: { readonly status: 'cancelled' | 'blocked'; readonly error?: string },
): Promise<Claim> {
  await db
    .updateTable('delivery')
    .set({ ...ending, finishedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('status', 'in', ['pending', 'retry'])
    .execute()
  return { kind: 'done', status: ending.status }
}

/** One statement: whoever comes second for the same row finds the slot of the first. Returns the ms until the slot. */
async function reserveSlot(db: Db, id: number): Promise<number> {
  const { rows } = await sql<{ waitMs: number }>`
    with open as (
      select id, chat_id from delivery
      where id = ${id} and status in ('pending', 'retry') and not_before is null
      for update
    ), slot as (
      insert into chat_pace (chat_id, next_at)
      select chat_id, clock_timestamp() + ${pace} from open
      on conflict (chat_id) do update set next_at = greatest(chat_pace.next_at, clock_timestamp())
        + case when chat_pace.chat_id < 0 then interval '3 s' else interval '1 s' end
      returning next_at - ${pace} as at
    )
    update delivery set not_before = slot.at from slot where delivery.id = ${id}
    returning ${milliseconds(sql`slot.at - clock_timestamp()`)} as wait_ms`.execute(db)
  return rows[0]?.waitMs ?? 0
}

async function take(db: Db, id: number, { holder, turn }: ClaimTerms) {
  await turn?.()
  return db
    .updateTable('delivery')
    .set((eb) => ({
      status: 'sending',
      sendingBy: holder,
      sendingAt: sql<Date>`clock_timestamp()`,
      attempts: eb('attempts', '+', 1),
    }))
    .where('id', '=', id)
    .where('status', 'in', ['pending', 'retry'])
    .where((eb) => eb.or([eb('notBefore', 'is', null), eb('notBefore', '<=', sql<Date>`clock_timestamp()`)]))
    .where(mayLeave)
    .returning('attempts')
    .executeTakeFirst()
}

async function getContent(db: Db, id: number): Promise<Omit<ClaimedDelivery, 'attempts'>> {
  const {
    reportId,
    workbookId,
    personId,
    chatId,
    threadId,
    emailAddress,
    subject,
    text,
    markup,
    from,
    until,
    zone,
    ...row
  } = await db
    .selectFrom('delivery')
    .leftJoin('emailAddress', 'emailAddress.id', 'delivery.emailAddressId')
    // A private chat has the id of its person.
    .leftJoin('person', 'person.telegramId', 'delivery.chatId')
    .select(['delivery.id', 'channel', 'kind', 'delivery.personId', 'chatId', 'reportId', 'subject', 'text'])
    .select([
      'markup',
      'threadId',
      'workbookId',
      'person.quietFrom as from',
      'person.quietUntil as until',
      'person.zone',
    ])
    .select(sql<string | null>`coalesce(email_address.address, nullif(delivery.address, ''))`.as('emailAddress'))
    .where('delivery.id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    ...row,
    personId: personId ?? undefined,
    chatId: chatId ?? undefined,
    threadId: threadId ?? undefined,
    emailAddress: emailAddress ?? undefined,
    subject: subject ?? undefined,
    text: text ?? undefined,
    markup: markup ?? undefined,
    document: reportId === null ? await findOriginal(db, workbookId) : await findDocument(db, reportId, row.channel),
    quietHours: from === null || until === null ? undefined : { from, until, zone: zone ?? undefined },
  }
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
    .select(['fileName', 'workbook.sha256', sql<number | null>`octet_length(blob.content)`.as('size')])
    .where('workbook.id', '=', workbookId)
    .executeTakeFirstOrThrow()
  const file = size === null ? undefined : { source: { kind: 'blob' as const, sha256 }, size }
  return { fileName, file, telegramFileId: undefined }
}

/** Says that the holder makes one more call for the delivery; false when it is not the holder's any more. */
export async function prolong(db: Db, id: number, { holder }: { readonly holder: string }): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('delivery')
    .set({ sendingAt: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .where('status', '=', 'sending')
    .where('sendingBy', '=', holder)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Ends a delivery whose job has failed for good. One in `sending` is left alone: its sender may still be at it. */
export async function failAbandoned(db: Db, id: number, error: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('delivery')
    .set({ status: 'failed', finishedAt: sql<Date>`now()`, error })
    .where('id', '=', id)
    .where('status', 'in', ['pending', 'retry'])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Telegram has given a group another id: what still waits for the old one goes to the new one. */
export async function moveToChat(db: Db, from: number, to: number): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ chatId: to })
    .where('chatId', '=', from)
    .where('status', 'in', ['pending', 'sending', 'retry'])
    .execute()
}
