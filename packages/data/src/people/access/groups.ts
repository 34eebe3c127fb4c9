import type { GroupFacts } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Page, Paged } from '../../companies/companies.ts'
import type { Db } from '../../platform/client.ts'
import * as groupQuietHours from '../../alerts/group-quiet-hours.ts'
import { isCompanyRemoved } from './allowed-people.ts'
import { selectRow } from '../../platform/statements/typed-rows.ts'

/** A group in which the bot is or was. */
export interface Group extends GroupFacts {
  readonly id: number
  readonly title: string
  readonly status: 'waiting' | 'allowed' | 'declined'
  readonly companyName: string | null
  readonly addedBy: number | null
  readonly leftAt: Date | null
}

/** The rights of a group that nothing is stored of. */
export function unknownGroup(chatId: number): GroupFacts {
  return { chatId, formerIds: [], status: 'unknown', companyId: null, isCompanyRemoved: false }
}

/** The group that the rights of a chat follow from; undefined for a private chat, whose rights are those of the person. */
export async function factsOf(db: Db, chatId: number): Promise<GroupFacts | undefined> {
  if (chatId > 0) return undefined
  return (await findByChat(db, chatId)) ?? unknownGroup(chatId)
}

export async function findByChat(db: Db, chatId: number): Promise<Group | undefined> {
  return selectGroups(db).where('chatGroup.chatId', '=', chatId).executeTakeFirst()
}

export async function find(db: Db, id: number): Promise<Group | undefined> {
  return selectGroups(db).where('chatGroup.id', '=', id).executeTakeFirst()
}

/** The groups in which the bot is, those that wait first, then by title. */
export async function list(db: Db, { offset, limit }: Page): Promise<Paged<Group>> {
  const rows = await selectGroups(db)
    .select(sql<number>`count(*) over ()`.as('total'))
    .where('leftAt', 'is', null)
    .orderBy('chatGroup.status')
    .orderBy('chatGroup.title')
    .orderBy('chatGroup.id')
    .offset(offset)
    .limit(limit)
    .execute()
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...group }) => group) }
}

/**
 * Stores a group in which the bot is, with its present title. A decision about the group stays, also when the bot was away:
 * adding the bot again does not bring a new decision.
 */
export async function upsert(
  db: Db,
  group: { readonly chatId: number; readonly title: string; readonly addedBy: number | undefined },
): Promise<Group> {
  const { chatId, title, addedBy } = group
  await db
    .insertInto('chatGroup')
    .values({ chatId, title, addedBy: addedBy ?? null })
    .onConflict((conflict) =>
      conflict
        .column('chatId')
        .doUpdateSet({ title, leftAt: null })
        .where((eb) => eb.or([eb('chatGroup.title', '!=', title), eb('chatGroup.leftAt', 'is not', null)])),
    )
    .execute()
  return selectGroups(db).where('chatGroup.chatId', '=', chatId).executeTakeFirstOrThrow()
}

/** How admins are to be asked about a group that waits. */
export type Asking = 'alone' | 'gathered' | 'not_now'

/** So many groups get a request of their own within an hour; the others share one, once in that hour. */
const mostAsked = 3

/**
 * Claims the right to ask admins about a group, and records that they are asked. A group is asked about once a day at most; when many
 * come within an hour, admins get one message for the others. Needs a transaction: two groups that come at once take turns.
 */
export async function claimAsking(tx: Db, id: number): Promise<Asking> {
  await sql`select pg_advisory_xact_lock(hashtext('asking about groups'))`.execute(tx)
  const columns = {
    isDue: sql<boolean | null>`(select status = 'waiting'
      and coalesce(greatest(asked_at, gathered_at) < now() - interval '1 day', true) from chat_group where id = ${id})`,
    asked: sql<number>`(select count(*) from chat_group where asked_at > now() - interval '1 hour')`,
    gathered: sql<number>`(select count(*) from chat_group where gathered_at > now() - interval '1 hour')`,
  }
  const state = await selectRow(tx, columns, (list) => sql`select ${list}`)
  if (!state?.isDue) return 'not_now'
  if (state.asked >= mostAsked && state.gathered > 0) return 'not_now'
  const asking = state.asked < mostAsked ? 'alone' : 'gathered'
  const now = sql<Date>`now()`
  await tx
    .updateTable('chatGroup')
    .set(asking === 'alone' ? { askedAt: now } : { gatheredAt: now })
    .where('id', '=', id)
    .execute()
  return asking
}

export async function countWaiting(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom('chatGroup')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('status', '=', 'waiting')
    .where('leftAt', 'is', null)
    .executeTakeFirstOrThrow()
  return n
}

/** Claims the right to say once in a group that an admin must let it in; false when it was said before. */
export async function claimGreeting(db: Db, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('chatGroup')
    .set({ greetedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('greetedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Lets a group in, with the company whose containers it sees (null: all), or declines it. */
export async function decide(
  db: Db,
  id: number,
  decision: {
    readonly status: 'allowed' | 'declined'
    readonly companyId: number | null
    readonly decidedBy: number
  },
): Promise<void> {
  await db
    .updateTable('chatGroup')
    .set({ ...decision, decidedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()
}

/** The bot is not in the group any more. */
export async function markLeft(db: Db, chatId: number): Promise<void> {
  await db
    .updateTable('chatGroup')
    .set({ leftAt: sql<Date>`now()` })
    .where('chatId', '=', chatId)
    .where('leftAt', 'is', null)
    .execute()
}

/** The chats of groups that nobody has let in for so many days, those that wait longest first. */
export async function listOverdue(
  db: Db,
  { days, limit }: { readonly days: number; readonly limit: number },
): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('chatGroup')
    .select('chatId')
    .where('status', '=', 'waiting')
    .where('leftAt', 'is', null)
    .where('createdAt', '<', sql<Date>`now() - make_interval(days => ${days})`)
    .orderBy('createdAt')
    .limit(limit)
    .execute()
  return rows.map(({ chatId }) => chatId)
}

/** Forgets groups about which nobody decided and which the bot left long ago. */
export async function deleteLeft(db: Db, { days }: { readonly days: number }): Promise<void> {
  await db
    .deleteFrom('chatGroup')
    .where('status', '=', 'waiting')
    .where('leftAt', '<', sql<Date>`now() - make_interval(days => ${days})`)
    .execute()
}

/**
 * Moves a group that has become a supergroup to its new id, with the decision about it, the reports that wait
 * for it, the subscriptions that go there, its quiet hours and the events that it knows already. The new id
 * may have a row already, when Telegram announced it first: this row gives way unless somebody has decided about it. Any number of
 * calls do the same as one.
 */
export async function move(tx: Db, from: number, to: number): Promise<void> {
  const group = await findByChat(tx, from)
  if (group) {
    await tx.deleteFrom('chatGroup').where('chatId', '=', to).where('status', '=', 'waiting').execute()
    const formerIds = [from, ...group.formerIds]
    const isTaken = (await findByChat(tx, to)) !== undefined
    if (!isTaken) await tx.updateTable('chatGroup').set({ chatId: to, formerIds }).where('id', '=', group.id).execute()
  } else {
    // A group of the settings may have no row yet, and is known by its former id from now on.
    const formerIds = sql<number[]>`array(select distinct unnest(chat_group.former_ids || excluded.former_ids))`
    await tx
      .insertInto('chatGroup')
      .values({ chatId: to, formerIds: [from] })
      .onConflict((conflict) => conflict.column('chatId').doUpdateSet({ formerIds }))
      .execute()
  }
  await tx
    .updateTable('report')
    .set({ chatId: to })
    .where('chatId', '=', from)
    .where('status', '=', 'pending')
    .execute()
  await groupQuietHours.move(tx, from, to)
  await moveSubscriptions(tx, from, to)
}

/** Rows that the new id has already give way to nothing: they say the same. */
async function moveSubscriptions(tx: Db, from: number, to: number): Promise<void> {
  await tx
    .updateTable('subscriptionTarget')
    .set({ chatId: to })
    .where('chatId', '=', from)
    .where(
      sql<boolean>`not exists (select from subscription_target as there where there.chat_id = ${to}
        and there.subscription_id = subscription_target.subscription_id
        and there.thread_id is not distinct from subscription_target.thread_id)`,
    )
    .execute()
  await tx
    .updateTable('alertEvent')
    .set({ chatId: to })
    .where('chatId', '=', from)
    .where(
      sql<boolean>`not exists (
        select from alert_event as there where there.chat_id = ${to} and there.event_id = alert_event.event_id)`,
    )
    .execute()
  await tx
    .updateTable('alert')
    .set({ chatId: to })
    .where('chatId', '=', from)
    .where(
      sql<boolean>`not exists (
        select from alert as there where there.chat_id = ${to} and there.topic = alert.topic and there.form <> 'like')`,
    )
    .execute()
}

function selectGroups(db: Db) {
  return db
    .selectFrom('chatGroup')
    .leftJoin('company', 'company.id', 'chatGroup.companyId')
    .select(['chatGroup.id', 'chatGroup.chatId', 'formerIds', 'title', 'status', 'chatGroup.companyId'])
    .select(['company.name as companyName', 'addedBy', 'leftAt'])
    .select(isCompanyRemoved('chat_group').as('isCompanyRemoved'))
}
