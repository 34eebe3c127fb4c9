import { type Access, accessOf, type AccessPolicy } from '@atermtrack/domain'
import { sql } from 'kysely'
import { factColumns, isAllowed, isCompanyRemoved } from '../people/access/allowed-people.ts'
import type { Db } from '../platform/client.ts'

/** Another reader of a subscription: a group or its topic, or a colleague. */
export interface SubscriptionTarget {
  readonly id: number
  readonly subscriptionId: number
  /** Set for a group. */
  readonly chatId: number | null
  readonly threadId: number | null
  /** Set for a colleague. */
  readonly personId: number | null
  /** The title of the group, or the name of the colleague. */
  readonly title: string
  /** False while a colleague has not accepted. */
  readonly isAccepted: boolean
}

/** Where a slot goes beside its owner. */
export interface DueTarget extends Pick<SubscriptionTarget, 'id' | 'subscriptionId' | 'threadId'> {
  readonly chatId: number
  /** Whose rights count in private; undefined for a group, where those of the group and the owner count. */
  readonly personId: number | undefined
  /** Of a colleague. */
  readonly access: Access | undefined
}

/** A subscription has no more of them. */
export const mostTargets = 10

/** Adds a group or its topic; false when it is there already. */
export async function addGroup(
  db: Db,
  target: { readonly subscriptionId: number; readonly chatId: number; readonly threadId: number | undefined },
): Promise<boolean> {
  const row = await db
    .insertInto('subscriptionTarget')
    .values({ ...target, acceptedAt: sql<Date>`now()` })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Asks a colleague, who is to accept; undefined when they were asked already. */
export async function askColleague(
  db: Db,
  target: { readonly subscriptionId: number; readonly personId: number },
): Promise<number | undefined> {
  const row = await db
    .insertInto('subscriptionTarget')
    .values(target)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** Somebody who uses the bot, by their name in Telegram; not the person who asks. */
export async function findColleague(
  db: Db,
  { username, besides, policy }: { readonly username: string; readonly besides: number; readonly policy: AccessPolicy },
) {
  return db
    .selectFrom('person')
    .select(['id', 'telegramId'])
    .where(sql<boolean>`lower(username) = ${username.toLowerCase()}`)
    .where('id', '!=', besides)
    .where('erasedAt', 'is', null)
    .where('unreachableSince', 'is', null)
    .where(isAllowed(policy))
    .limit(1)
    .executeTakeFirst()
}

/** The subscription that a colleague is asked about, if it is theirs to answer. */
export async function findAsked(db: Db, id: number, personId: number) {
  return db
    .selectFrom('subscriptionTarget as target')
    .innerJoin('subscription', 'subscription.id', 'target.subscriptionId')
    .innerJoin('person as owner', 'owner.id', 'subscription.personId')
    .select(['target.id', 'subscription.name', 'subscription.slots', 'subscription.zone'])
    .select(['owner.telegramId as ownerChatId', 'owner.id as ownerId', 'owner.firstName as ownerName'])
    .select(sql<boolean>`target.accepted_at is not null`.as('isAccepted'))
    .where('target.id', '=', id)
    .where('target.personId', '=', personId)
    .where('subscription.deletedAt', 'is', null)
    .executeTakeFirst()
}

/** Records that a colleague accepts. */
export async function accept(db: Db, id: number): Promise<void> {
  await db
    .updateTable('subscriptionTarget')
    .set({ acceptedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('acceptedAt', 'is', null)
    .execute()
}

/** Deletes a target of a subscription; false when there is none. */
export async function remove(db: Db, id: number, subscriptionId: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('subscriptionTarget')
    .where('id', '=', id)
    .where('subscriptionId', '=', subscriptionId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Deletes a target by the colleague whom it names. */
export async function leave(db: Db, id: number, personId: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('subscriptionTarget')
    .where('id', '=', id)
    .where('personId', '=', personId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** The targets of a subscription in the order in which they were asked. E-mail addresses are none of them. */
export async function list(db: Db, subscriptionId: number): Promise<readonly SubscriptionTarget[]> {
  return db
    .selectFrom('subscriptionTarget as target')
    .leftJoin('chatGroup as group', 'group.chatId', 'target.chatId')
    .leftJoin('person as colleague', 'colleague.id', 'target.personId')
    .select(['target.id', 'target.subscriptionId', 'target.chatId', 'target.threadId', 'target.personId'])
    .select([
      sql<string>`coalesce("group".title, trim(concat_ws(' ', colleague.first_name, colleague.last_name)))`.as('title'),
      sql<boolean>`target.accepted_at is not null`.as('isAccepted'),
    ])
    .where('target.subscriptionId', '=', subscriptionId)
    .where('target.emailAddressId', 'is', null)
    .orderBy('target.id')
    .execute()
}

/** Where the slots of subscriptions go beside their owners: groups in which the bot is, and colleagues who have accepted. */
export async function listDue(
  db: Db,
  subscriptionIds: readonly number[],
  policy: AccessPolicy,
): Promise<readonly DueTarget[]> {
  if (subscriptionIds.length === 0) return []
  const rows = await db
    .selectFrom('subscriptionTarget as target')
    .leftJoin('person', 'person.id', 'target.personId')
    .leftJoin('chatGroup as group', 'group.chatId', 'target.chatId')
    .select(['target.id', 'target.subscriptionId', 'target.chatId as groupChatId', 'target.threadId'])
    .select(['target.personId', ...factColumns])
    .select(isCompanyRemoved('person').as('isCompanyRemoved'))
    .where('target.subscriptionId', '=', sql<number>`any(${[...subscriptionIds]}::bigint[])`)
    .where('target.acceptedAt', 'is not', null)
    .where('target.emailAddressId', 'is', null)
    .where((eb) =>
      eb.or([
        eb.and([eb('target.chatId', 'is not', null), eb('group.leftAt', 'is', null)]),
        eb.and([eb('person.id', 'is not', null), eb('person.unreachableSince', 'is', null)]),
      ]),
    )
    .orderBy('target.id')
    .execute()
  return rows.map(({ groupChatId, personId, telegramId, ...row }) => {
    const { access, role } = row
    const facts = telegramId === null || access === null ? undefined : { ...row, telegramId, access, role }
    return {
      id: row.id,
      subscriptionId: row.subscriptionId,
      threadId: row.threadId,
      chatId: groupChatId ?? telegramId ?? 0,
      personId: personId ?? undefined,
      access: facts && accessOf(facts, policy),
    }
  })
}

/** Whether a person has something sent to a group or one of its topics. */
export async function sendsTo(db: Db, chatId: number, personId: number): Promise<boolean> {
  const row = await db
    .selectFrom('subscriptionTarget as target')
    .innerJoin('subscription', 'subscription.id', 'target.subscriptionId')
    .select('target.id')
    .where('target.chatId', '=', chatId)
    .where('subscription.personId', '=', personId)
    .where('subscription.deletedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Deletes targets: colleagues who have lost their access lose the subscription too. */
export async function removeAll(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .deleteFrom('subscriptionTarget')
    .where('id', 'in', [...ids])
    .execute()
}
