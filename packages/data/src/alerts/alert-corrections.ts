import { type RawBuilder, sql } from 'kysely'
import { receivesMail } from '../people/email-addresses.ts'
import type { Db } from '../platform/client.ts'

/** Nobody corrects a message that is older. */
const correctedDays = 14

/**
 * Follows events that were withdrawn, and those that are back after all: messages that reported them are to be corrected. At
 * most `limit` of each; returns how many there were.
 */
export async function followWithdrawals(tx: Db, { limit }: { readonly limit: number }): Promise<number> {
  const withdrawn = await tx
    .updateTable('alertEvent')
    .set({ status: sql<string>`case when alert_event.status = 'waiting' then 'withdrawn' else 'corrected' end` })
    .where(
      sql<boolean>`(chat_id, event_id) in (
        select gone.chat_id, gone.event_id from event join alert_event as gone on gone.event_id = event.id
        where event.withdrawn_at > now() - make_interval(days => ${correctedDays}) and gone.status in ('waiting', 'reported')
        limit ${limit})`,
    )
    .where('status', 'in', ['waiting', 'reported'])
    .returning(['alertId', 'status'])
    .execute()
  const returned = await tx
    .updateTable('alertEvent')
    .set({ status: sql<string>`case when alert_event.status = 'withdrawn' then 'waiting' else 'reported' end` })
    .where(
      sql<boolean>`(chat_id, event_id) in (
        select back.chat_id, back.event_id from alert_event as back join event on event.id = back.event_id
        where back.status in ('withdrawn', 'corrected') and event.withdrawn_at is null
        limit ${limit})`,
    )
    .where('status', 'in', ['withdrawn', 'corrected'])
    .returning(['alertId', 'status'])
    .execute()
  const changed = [...withdrawn.filter(({ status }) => status === 'corrected'), ...returned]
  await makeDueNow(
    tx,
    changed.map(({ alertId }) => alertId),
  )
  return Math.max(withdrawn.length, returned.length)
}

/** Lets the messages that have reported events say what has become of these since: another train, station or time. */
export async function renewMessages(tx: Db, eventIds: readonly number[]): Promise<void> {
  if (eventIds.length > 0) await renew(tx, sql`event_id = any(${[...eventIds]}::bigint[])`)
}

/** The same for all events of the containers that `containers` selects: the messages name the train of the terminal. */
export async function renewMessagesAbout(tx: Db, containers: RawBuilder<unknown>): Promise<void> {
  await renew(tx, sql`event_id in (select id from event where container in (${containers}))`)
}

async function renew(tx: Db, isMeant: RawBuilder<unknown>): Promise<void> {
  await sql`
    update alert set due_at = least(alert.due_at, now())
    where alert.opened_at > now() - make_interval(days => ${correctedDays}) and alert.id in (
      select alert_id from alert_event where ${isMeant} and status = 'reported')`.execute(tx)
}

/** Records that Telegram could not deliver the messages to people with a proved address, so that e-mail takes over. Returns how many. */
export async function followBlocked(tx: Db, { limit }: { readonly limit: number }): Promise<number> {
  const rows = await tx
    .updateTable('alert')
    .set({ blockedAt: sql<Date>`now()`, dueAt: sql<Date>`now()` })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('alert as blocked')
        .innerJoin('delivery', (join) =>
          join.onRef('delivery.noticePeriod', '=', 'blocked.id').onRef('delivery.chatId', '=', 'blocked.chatId'),
        )
        .innerJoin('emailAddress', 'emailAddress.personId', 'blocked.personId')
        .select('blocked.id')
        .where('blocked.reportedAt', '>', sql<Date>`now() - interval '1 day'`)
        .where('blocked.blockedAt', 'is', null)
        // A group has no address.
        .where('blocked.chatId', '>', 0)
        .where('delivery.status', '=', 'blocked')
        .where(receivesMail)
        .limit(limit),
    )
    .returning('id')
    .execute()
  if (rows.length > 0) {
    await tx
      .updateTable('alertEvent')
      .set({ status: 'waiting' })
      .where('alertId', '=', sql<number>`any(${rows.map(({ id }) => id)}::bigint[])`)
      .where('status', '=', 'reported')
      .execute()
  }
  return rows.length
}

async function makeDueNow(tx: Db, alertIds: readonly number[]): Promise<void> {
  if (alertIds.length === 0) return
  await tx
    .updateTable('alert')
    .set({ dueAt: sql<Date>`least(due_at, now())` })
    .where('id', '=', sql<number>`any(${[...new Set(alertIds)]}::bigint[])`)
    .execute()
}
