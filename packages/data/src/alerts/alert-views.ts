import { type AlertEvent, usualEventKinds } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { alertEventColumns, toAlertEvent } from './event-routing.ts'

/** An event as the list of a message shows it. */
export interface ListedEvent extends AlertEvent {
  readonly station: string | null
}

/** The events that a message in this chat reports, the newest first; none for the message of another chat. */
export async function listReported(
  db: Db,
  alertId: number,
  { chatId }: { readonly chatId: number },
): Promise<readonly ListedEvent[]> {
  const rows = await db
    .selectFrom('alertEvent')
    .innerJoin('event', 'event.id', 'alertEvent.eventId')
    .leftJoin('station', 'station.id', 'event.stationId')
    .select(alertEventColumns)
    .select('station.name as station')
    .where('alertId', '=', alertId)
    .where('chatId', '=', chatId)
    .where('alertEvent.status', '=', 'reported')
    .where('withdrawnAt', 'is', null)
    .orderBy('happenedAt', 'desc')
    .orderBy('event.container')
    .execute()
  return rows.flatMap((row) => toAlertEvent(row) ?? [])
}

/** The kind of the events of a message, and the subscriptions of its reader by which they came. */
export interface AlertSource {
  readonly kind: string
  readonly subscriptions: readonly { readonly id: number; readonly name: string }[]
}

/** Undefined for a message of somebody else, and for one that gathers many kinds. */
export async function findSource(
  db: Db,
  alertId: number,
  { personId }: { readonly personId: number },
): Promise<AlertSource | undefined> {
  const rows = await db
    .selectFrom('alert')
    .innerJoin('alertEvent', 'alertEvent.alertId', 'alert.id')
    .innerJoin('subscription', 'subscription.id', 'alertEvent.subscriptionId')
    .select(['alert.kind', 'subscription.id', 'subscription.name'])
    .distinct()
    .where('alert.id', '=', alertId)
    .where('alert.personId', '=', personId)
    .where('alert.kind', 'is not', null)
    .where('subscription.personId', '=', personId)
    .where('subscription.deletedAt', 'is', null)
    .orderBy('subscription.id')
    .execute()
  const [first] = rows
  if (!first || first.kind === null) return undefined
  return { kind: first.kind, subscriptions: rows.map(({ id, name }) => ({ id, name })) }
}

/** The subscriptions of colleagues by which the events of a message came to a person, and where each is given up. */
export async function listForeignSources(
  db: Db,
  alertId: number,
  { personId }: { readonly personId: number },
): Promise<readonly { readonly targetId: number; readonly name: string }[]> {
  return db
    .selectFrom('alert')
    .innerJoin('alertEvent', 'alertEvent.alertId', 'alert.id')
    .innerJoin('subscriptionTarget as target', 'target.subscriptionId', 'alertEvent.subscriptionId')
    .innerJoin('subscription', 'subscription.id', 'target.subscriptionId')
    .select(['target.id as targetId', 'subscription.name'])
    .distinct()
    .where('alert.id', '=', alertId)
    .where('alert.personId', '=', personId)
    .where('target.personId', '=', personId)
    .where('subscription.deletedAt', 'is', null)
    .orderBy('targetId')
    .execute()
}

/** The first subscriptions of a person with their choices of events, the list that they watch first, and how many there are. */
export async function listSubscriptions(db: Db, personId: number, { limit }: { readonly limit: number }) {
  const rows = await db
    .selectFrom('subscription')
    .select(['id', 'name', 'eventTiming', 'eventKinds', (eb) => eb.fn.countAll<number>().over().as('total')])
    .where('personId', '=', personId)
    .where('deletedAt', 'is', null)
    .orderBy('isWatchList', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return { total: rows[0]?.total ?? 0, rows }
}

/** Takes a kind of events out of subscriptions, or puts it in again. Events of the kind that wait are not reported. */
export async function setKind(
  tx: Db,
  { kind, subscriptionIds }: { readonly kind: string; readonly subscriptionIds: readonly number[] },
  isWanted: boolean,
): Promise<void> {
  const without = sql<string[]>`array_remove(coalesce(event_kinds, ${[...usualEventKinds]}::text[]), ${kind}::text)`
  await tx
    .updateTable('subscription')
    .set({ eventKinds: isWanted ? sql<string[]>`array_append(${without}, ${kind}::text)` : without })
    .where('id', 'in', [...subscriptionIds])
    .execute()
  if (isWanted) return
  await tx
    .updateTable('alertEvent')
    .from('event')
    .set({ status: 'dropped' })
    .whereRef('event.id', '=', 'alertEvent.eventId')
    .where('event.kind', '=', kind)
    .where('alertEvent.status', '=', 'waiting')
    .where('alertEvent.subscriptionId', 'in', [...subscriptionIds])
    .execute()
}
