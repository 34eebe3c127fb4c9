import type { AlertEvent } from '@atermtrack/domain'
import { sql } from 'kysely'
import { isActive } from '../subscriptions/find-concerned.ts'
import { alertEventColumns, toAlertEvent } from './event-routing.ts'
import type { AlertForm } from './alerts.ts'
import type { Db } from '../platform/client.ts'

/** A message that is due, with the clock of the database. */
export interface DueAlert {
  readonly id: number
  readonly personId: number
  readonly chatId: number
  /** The topic of a group. */
  readonly threadId: number | null
  readonly form: AlertForm
  readonly topic: string
  readonly kind: string | null
  /** Its reader has a first form of it, or is about to get it. */
  readonly isReported: boolean
  /** The `traceparent` of the work that began it. */
  readonly trace: string | null
  readonly now: Date
}

export type AlertEventStatus = 'waiting' | 'reported' | 'dropped' | 'withdrawn' | 'corrected'

/** An event of a message. */
export interface EventOfAlert extends AlertEvent {
  readonly alertId: number
  readonly chatId: number
  readonly status: AlertEventStatus
  readonly isWithdrawn: boolean
  readonly station: string | null
  /** Undefined where the subscription is gone for good. */
  readonly subscription: string | null
  /** The subscription that wanted it is neither deleted nor paused, and still goes to this chat. */
  readonly isWanted: boolean
}

/** Locks up to `limit` messages that are due, longest due first, passing over those that another process holds. */
export async function claim(tx: Db, { limit }: { readonly limit: number }): Promise<readonly DueAlert[]> {
  const rows = await tx
    .selectFrom('alert')
    .select([
      'id',
      'personId',
      'chatId',
      'threadId',
      'form',
      'topic',
      'kind',
      'trace',
      'reportedAt',
      sql<Date>`now()`.as('now'),
    ])
    .where('dueAt', '<=', sql<Date>`now()`)
    .orderBy('dueAt')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map(({ reportedAt, form, ...row }) => ({
    ...row,
    form: form as AlertForm,
    isReported: reportedAt !== null,
  }))
}

/** The events of the messages, and whatever else waits to be reported in their chats. */
export async function listEvents(
  db: Db,
  { alertIds, chatIds }: { readonly alertIds: readonly number[]; readonly chatIds: readonly number[] },
): Promise<readonly EventOfAlert[]> {
  const rows = await db
    .selectFrom('alertEvent')
    .innerJoin('event', 'event.id', 'alertEvent.eventId')
    .innerJoin('alert', 'alert.id', 'alertEvent.alertId')
    .leftJoin('station', 'station.id', 'event.stationId')
    .leftJoin('subscription', 'subscription.id', 'alertEvent.subscriptionId')
    .select(alertEventColumns)
    .select(['alertEvent.alertId', 'alertEvent.chatId', 'alertEvent.status', 'station.name as station'])
    .select(['subscription.name as subscription', sql<boolean>`event.withdrawn_at is not null`.as('isWithdrawn')])
    .select(sql<boolean>`subscription.id is not null and ${isActive} and ${isReader}`.as('isWanted'))
    .where((eb) =>
      eb.or([
        eb('alertEvent.alertId', '=', sql<number>`any(${[...alertIds]}::bigint[])`),
        eb.and([
          eb('alertEvent.chatId', '=', sql<number>`any(${[...chatIds]}::bigint[])`),
          eb('alertEvent.status', '=', sql.lit('waiting')),
        ]),
      ]),
    )
    .execute()
  return rows.flatMap((row) => {
    const event = toAlertEvent(row)
    return event ? [{ ...event, status: event.status as AlertEventStatus }] : []
  })
}

/** The reader of a row of `alert` is the owner of the `subscription`, or one of its further readers. */
const isReader = sql<boolean>`(alert.chat_id > 0 and alert.person_id = subscription.person_id or exists (
  select from subscription_target as target
  where target.subscription_id = subscription.id and target.accepted_at is not null and target.email_address_id is null
    and (alert.chat_id > 0 and target.person_id = alert.person_id
      or target.chat_id = alert.chat_id and target.thread_id is not distinct from alert.thread_id)))`

/** How many messages of alerts each chat has got within the last hour. */
export async function countMessagesThisHour(db: Db, chatIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const rows = await db
    .selectFrom('alert')
    .select(['chatId', (eb) => eb.fn.countAll<number>().as('count')])
    .where('reportedAt', '>', sql<Date>`now() - interval '1 hour'`)
    .where('chatId', '=', sql<number>`any(${[...chatIds]}::bigint[])`)
    .groupBy('chatId')
    .execute()
  return new Map(rows.map(({ chatId, count }) => [chatId, count]))
}

/** Ends the look at messages: they are due again when something else happens. */
export async function clearDue(tx: Db, ids: readonly number[]): Promise<void> {
  await tx
    .updateTable('alert')
    .set({ dueAt: null })
    .where('id', '=', sql<number>`any(${[...ids]}::bigint[])`)
    .execute()
}

/** Records which messages their readers get; they count as messages of this hour. */
export async function markReported(tx: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('alert')
    .set({ reportedAt: sql<Date>`now()` })
    .where('id', '=', sql<number>`any(${[...ids]}::bigint[])`)
    .where('reportedAt', 'is', null)
    .execute()
}
