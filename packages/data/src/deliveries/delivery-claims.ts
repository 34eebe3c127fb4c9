import type { AccessPolicy } from '@atermtrack/domain'
import { sql } from 'kysely'
import { checkDelivery } from '../people/access/delivery-access.ts'
import * as groups from '../people/access/groups.ts'
import type { Db } from '../platform/client.ts'
import { type ClaimedContent, getContent, messageOf } from './delivery-content.ts'
import { unclearEnding } from './delivery-outcomes.ts'
import type { DeliveryStatus } from '../schema.generated.ts'
import { giveUpProbe, mayLeave, pass } from './telegram-gate.ts'
import { selectRow } from '../platform/statements/typed-rows.ts'

export interface ClaimedDelivery extends ClaimedContent {
  /** Starts so far, this one included. */
  readonly attempts: number
  /** It leaves alone, to learn whether sending works again. */
  readonly isProbe: boolean
}

export type Claim =
  | { readonly kind: 'claimed'; readonly delivery: ClaimedDelivery }
  /** Nothing is to be done (any more). `unknown` as well when this claim has just found out that the sender died. */
  | { readonly kind: 'done'; readonly status: DeliveryStatus | 'gone' }
  /** Its broadcast is paused; it is not enqueued until the broadcast goes on. */
  | { readonly kind: 'held' }
  /** Somebody is at it, or its time has not come: ask again in so many ms. */
  | { readonly kind: 'in_flight' | 'not_before'; readonly delayMs: number }
  /** Nothing may leave for so many ms, see `telegramGate`. */
  | { readonly kind: 'paused'; readonly pauseMs: number }

export interface ClaimTerms {
  readonly holder: string
  readonly policy: AccessPolicy
  /** Waited for last of all: what may leave when it resolves leaves at once. */
  readonly turn?: () => Promise<void>
  /** Returns after how many ms a file of so many bytes may ask again; 0 when it may leave now. It is asked before the row is claimed. */
  readonly admit?: (bytes: number) => number
}

/** A report is not built again while it leaves by another channel. */
const rebuildLookMs = 5_000

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
 * whose sender has died becomes `unknown`, since nobody knows whether it arrived.
 */
export async function claim(db: Db, id: number, terms: ClaimTerms): Promise<Claim> {
  const seen = await look(db, id)
  if (!seen) return { kind: 'done', status: 'gone' }
  if (seen.status === 'sending') return seen.restMs > 0 ? inFlight(seen.restMs) : giveUp(db, id)
  if (seen.status !== 'pending' && seen.status !== 'retry') return { kind: 'done', status: seen.status }
  const stopped = await stopWithBroadcast(db, id, seen)
  if (stopped) return stopped
  const delayMs = await waitOf(db, id, seen)
  if (delayMs > 0) return { kind: 'not_before', delayMs: Math.ceil(delayMs) }
  return begin(db, id, terms)
}

type Seen = NonNullable<Awaited<ReturnType<typeof look>>>

/** Undefined for a delivery of no broadcast, or of one that goes on. */
async function stopWithBroadcast(
  db: Db,
  id: number,
  { status, broadcastStatus, skip }: Seen,
): Promise<Claim | undefined> {
  if (broadcastStatus === 'paused') return hold(db, id)
  // It was being sent when the broadcast was cancelled, and did not leave.
  if (broadcastStatus === 'cancelled' && status === 'retry') return end(db, id, { status: 'cancelled' })
  if (skip) return end(db, id, { status: 'blocked', error: 'the person is out of reach already' })
  return undefined
}

/** Answers leave in their order: one that stands behind others of its chat has no slot yet. */
async function waitOf(db: Db, id: number, { answersAhead, refusedMs, waitMs, channel }: Seen): Promise<number> {
  if (answersAhead > 0) return Math.max(answersAhead * answerSpacingMs, refusedMs)
  if (waitMs !== null) return Math.max(waitMs, refusedMs)
  return channel === 'telegram' ? reserveSlot(db, id) : 0
}

async function begin(db: Db, id: number, terms: ClaimTerms): Promise<Claim> {
  // Read first: an error between the claim and the call would make an unknown delivery of one that never left.
  const content = await getContent(db, id)
  const delayMs = terms.admit?.(content.document?.file?.size ?? 0) ?? 0
  if (delayMs > 0) return { kind: 'not_before', delayMs }
  await terms.turn?.()
  // After the turn, which may take seconds.
  const passage = await checkDelivery(db, id, terms.policy)
  if (passage === 'later') return { kind: 'not_before', delayMs: rebuildLookMs }
  if (passage !== 'may_leave') return { kind: 'done', status: passage }
  return claimThroughGate(db, content, terms)
}

async function claimThroughGate(db: Db, content: ClaimedContent, terms: ClaimTerms): Promise<Claim> {
  const { id, channel } = content
  const claimed = await claimRow(db, id, { ...terms, condition: mayLeave })
  if (claimed) return { kind: 'claimed', delivery: { ...content, ...claimed, isProbe: false } }
  // It may not leave now, or another process was quicker: then the next look shows why.
  const gate = channel === 'telegram' ? await pass(db) : { kind: 'open' as const }
  if (gate.kind === 'closed') return { kind: 'paused', pauseMs: gate.restMs }
  if (gate.kind === 'open') return { kind: 'in_flight', delayMs: 1_000 }
  const probe = await claimRow(db, id, { ...terms, condition: sql<boolean>`true` })
  if (probe) return { kind: 'claimed', delivery: { ...content, ...probe, isProbe: true } }
  await giveUpProbe(db)
  return { kind: 'in_flight', delayMs: 1_000 }
}

async function look(db: Db, id: number) {
  return db
    .selectFrom('delivery')
    .leftJoin('broadcast', 'broadcast.id', 'delivery.broadcastId')
    .leftJoin('person', 'person.id', 'delivery.personId')
    .leftJoin('chatPace', 'chatPace.chatId', 'delivery.chatId')
    .select(['delivery.status', 'channel', 'broadcast.status as broadcastStatus'])
    .select(sql<number>`${milliseconds(sql`sending_at + ${lapse} - clock_timestamp()`)}`.as('restMs'))
    .select(sql<number | null>`${milliseconds(sql`not_before - clock_timestamp()`)}`.as('waitMs'))
    .select(sql<number>`coalesce(${milliseconds(sql`refused_until - clock_timestamp()`)}, 0)`.as('refusedMs'))
    .select(sql<number>`${answersAhead}`.as('answersAhead'))
    .select(sql<boolean>`broadcast.id is not null and person.unreachable_since is not null`.as('skip'))
    .where('delivery.id', '=', id)
    .executeTakeFirst()
}

/** About the pace of a private chat. */
const answerSpacingMs = 1_000

const answersAhead = sql`case when delivery.answers_update is null then 0 else (
  select count(*) from delivery as ahead
  where ahead.chat_id = delivery.chat_id and ahead.id < delivery.id
    and ahead.answers_update is not null and ahead.status in ('pending', 'retry', 'sending')) end`

function milliseconds(interval: ReturnType<typeof sql>) {
  return sql<number>`(extract(epoch from ${interval}) * 1000)::float8`
}

function inFlight(restMs: number): Claim {
  return { kind: 'in_flight', delayMs: Math.ceil(restMs) + 100 }
}

async function giveUp(db: Db, id: number): Promise<Claim> {
  const row = await db
    .updateTable('delivery')
    .set(unclearEnding('cut in the middle of sending'))
    .where('id', '=', id)
    .where('status', '=', 'sending')
    .where(sql<boolean>`sending_at + ${lapse} <= clock_timestamp()`)
    .returning('status')
    .executeTakeFirst()
  return row?.status === 'retry' ? { kind: 'not_before', delayMs: 1_000 } : { kind: 'done', status: 'unknown' }
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

/** One statement: the second caller for the same row finds the slot of the first. Returns the ms until the slot. */
async function reserveSlot(db: Db, id: number): Promise<number> {
  const columns = { waitMs: milliseconds(sql`slot.at - clock_timestamp()`) }
  const reserved = await selectRow(
    db,
    columns,
    (list) => sql`
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
    returning ${list}`,
  )
  return reserved?.waitMs ?? 0
}

/** Returns the content too: a gathered notice may have grown since it was read. */
async function claimRow(
  db: Db,
  id: number,
  { holder, condition }: ClaimTerms & { readonly condition: ReturnType<typeof sql<boolean>> },
) {
  const claimed = await db
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
    .where(condition)
    .returning(['attempts', 'text', 'markup', 'notice'])
    .executeTakeFirst()
  return claimed && { attempts: claimed.attempts, ...messageOf(claimed) }
}

/** Records that the holder makes one more call for the delivery; false when it is not the holder's any more. */
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

/** Telegram has given a group another id: what still waits for the old one goes to the new one, and so does its permission. */
export async function moveToChat(db: Db, from: number, to: number): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ chatId: to })
    .where('chatId', '=', from)
    .where('status', 'in', ['pending', 'sending', 'retry'])
    .execute()
  await groups.move(db, from, to)
}
