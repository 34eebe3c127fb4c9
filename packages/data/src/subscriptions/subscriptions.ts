import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

export interface Subscription {
  readonly id: number
  readonly personId: number
  readonly name: string
  readonly containers: readonly string[]
  /** Local times `HH:MM` in `zone`. */
  readonly slots: readonly string[]
  readonly zone: string
  readonly nextDueAt: Date
}

export interface SubscriptionSummary extends Omit<Subscription, 'containers'> {
  readonly size: number
}

export interface NewSubscription extends Omit<Subscription, 'id'> {
  readonly createdUpdateId: number
}

/** Adds a subscription; a repeated update gets the one that it made the first time. */
export async function insert(db: Db, subscription: NewSubscription): Promise<{ readonly id: number }> {
  return db
    .insertInto('subscription')
    .values({ ...subscription, containers: [...subscription.containers], slots: [...subscription.slots] })
    .onConflict((conflict) =>
      // Only an update returns the row that is there.
      conflict.column('createdUpdateId').doUpdateSet((eb) => ({ createdUpdateId: eb.ref('excluded.createdUpdateId') })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** One page of a person's subscriptions, oldest first, and how many there are in all. */
export async function list(
  db: Db,
  personId: number,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly rows: readonly SubscriptionSummary[] }> {
  const mine = db.selectFrom('subscription').where('personId', '=', personId).where('deletedAt', 'is', null)
  const { total } = await mine.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  if (total === 0) return { total, rows: [] }
  const rows = await mine
    .select(['id', 'personId', 'name', 'slots', 'zone', 'nextDueAt', sql<number>`cardinality(containers)`.as('size')])
    .orderBy('id')
    .offset(offset)
    .limit(limit)
    .execute()
  return { total, rows }
}

/** A person's own subscription; undefined when it is somebody else's or deleted. */
export async function find(db: Db, id: number, personId: number): Promise<Subscription | undefined> {
  return db
    .selectFrom('subscription')
    .select(['id', 'personId', 'name', 'containers', 'slots', 'zone', 'nextDueAt'])
    .where('id', '=', id)
    .where('personId', '=', personId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
}

/** Ends a person's own subscription; its reports stay. Returns its name, or undefined when there is none to end. */
export async function remove(db: Db, id: number, personId: number): Promise<string | undefined> {
  const row = await db
    .updateTable('subscription')
    .set({ deletedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('personId', '=', personId)
    .where('deletedAt', 'is', null)
    .returning('name')
    .executeTakeFirst()
  return row?.name
}
