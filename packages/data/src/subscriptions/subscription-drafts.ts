import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** Keeps what a person has entered of a subscription, in place of the draft before. */
export async function save(db: Db, personId: number, state: object): Promise<void> {
  const draft = { state: JSON.stringify(state), savedAt: sql<Date>`now()` }
  await db
    .insertInto('subscriptionDraft')
    .values({ personId, ...draft })
    .onConflict((conflict) => conflict.column('personId').doUpdateSet(draft))
    .execute()
}

/** The draft of a person, as the feature saved it. */
export async function find(db: Db, personId: number): Promise<unknown> {
  const row = await db
    .selectFrom('subscriptionDraft')
    .select('state')
    .where('personId', '=', personId)
    .executeTakeFirst()
  return row?.state
}

/** Deletes the draft of a person; false when there is none. */
export async function remove(db: Db, personId: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('subscriptionDraft')
    .where('personId', '=', personId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
