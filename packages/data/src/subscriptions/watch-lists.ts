import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as items from './subscription-items.ts'
import type { NewSubscription } from './subscriptions.ts'

export interface WatchList {
  readonly id: number
  readonly name: string
  readonly slots: readonly string[]
  readonly zone: string
  /** False when the list is full already. */
  readonly holds: boolean
}

/** Adds a container to the list that a person watches, and begins the list as `fresh` when there is none yet. Needs a transaction. */
export async function add(
  tx: Db,
  container: string,
  fresh: Pick<NewSubscription, 'personId' | 'name' | 'slots' | 'zone' | 'nextDueAt'>,
): Promise<WatchList> {
  const list = await tx
    .insertInto('subscription')
    .values({ ...fresh, slots: [...fresh.slots], isWatchList: true })
    .onConflict((conflict) =>
      conflict
        .column('personId')
        .where('isWatchList', '=', sql.lit(true))
        .where('deletedAt', 'is', null)
        // Only an update returns the row that is there, and holds it.
        .doUpdateSet((eb) => ({ personId: eb.ref('excluded.personId') })),
    )
    .returning(['id', 'name', 'slots', 'zone'])
    .executeTakeFirstOrThrow()
  const { left } = await items.add(tx, list.id, [{ container }])
  return { ...list, holds: left === 0 }
}

/** Deletes a container from the list; a list without any ends. Needs a transaction. */
export async function remove(tx: Db, container: string, personId: number): Promise<void> {
  const list = await tx
    .selectFrom('subscription')
    .select('id')
    .where('personId', '=', personId)
    .where('isWatchList', '=', true)
    .where('deletedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!list) return
  await items.remove(tx, list.id, [container])
  await tx
    .updateTable('subscription')
    .set({ deletedAt: sql<Date>`now()` })
    .where('id', '=', list.id)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('subscriptionItem').select('container').where('subscriptionId', '=', list.id))),
    )
    .execute()
}

/** Whether a list of a person holds a container, as a condition on the expression `container`. */
export function isListedBy(personId: number, container: ReturnType<typeof sql<string>>, only: 'watched' | 'any') {
  return sql<boolean>`exists (
    select 1 from subscription_item as item join subscription on subscription.id = item.subscription_id
    where item.container = ${container} and subscription.person_id = ${personId} and subscription.deleted_at is null
      ${only === 'watched' ? sql`and subscription.is_watch_list` : sql``})`
}
