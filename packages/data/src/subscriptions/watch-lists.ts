import { mostListed } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRow } from '../platform/statements/typed-rows.ts'
import * as removedItems from './removed-items.ts'
import type { NewSubscription } from './subscriptions.ts'

export interface WatchList {
  readonly id: number
  readonly name: string
  readonly slots: readonly string[]
  readonly zone: string
  /** False when the list is full already. */
  readonly holds: boolean
}

/**
 * Adds a container to the list that a person watches, and begins the list as `fresh` when there is none yet, in one statement. One
 * that has left the list comes back.
 */
export async function add(
  db: Db,
  container: string,
  fresh: Pick<NewSubscription, 'personId' | 'name' | 'slots' | 'zone' | 'nextDueAt'>,
): Promise<WatchList> {
  const { personId, name, slots, zone, nextDueAt } = fresh
  const columns = {
    id: sql<number>`list.id`,
    name: sql<string>`list.name`,
    slots: sql<string[]>`list.slots`,
    zone: sql<string>`list.zone`,
    holds: sql<boolean>`exists (select from added)`,
  }
  const list = await selectRow(
    db,
    columns,
    (selected) => sql`
    with list as (
      insert into subscription (person_id, name, slots, zone, next_due_at, is_watch_list)
      values (${personId}, ${name}, ${[...slots]}::text[], ${zone}, ${nextDueAt}, true)
      on conflict (person_id) where is_watch_list and deleted_at is null
        -- Only an update returns the row that is there, and holds it.
        do update set person_id = excluded.person_id
      returning id, name, slots, zone
    ), known as (
      select count(*) filter (where left_at is null) as listed, coalesce(max(place), 0) as last_place,
        coalesce(bool_or(container = ${container} and left_at is null), false) as is_there
      from list join subscription_item as item on item.subscription_id = list.id
    ), added as (
      insert into subscription_item (subscription_id, container, place)
      select list.id, ${container}, known.last_place + 1 from list, known
      where known.is_there or known.listed < ${mostListed}
      on conflict (subscription_id, container) do update set left_at = null
      returning container
    )
    select ${selected} from list`,
  )
  if (!list) throw new Error('the watch list was not stored')
  return list
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
  await removedItems.remove(tx, list.id, [container])
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
