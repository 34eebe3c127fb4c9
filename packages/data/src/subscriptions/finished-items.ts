import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'
import { tripEndedAt } from '../trips/trip-over-sql.ts'

/** A container that has just left its list, or is back on it. */
export interface ChangedItem {
  readonly subscriptionId: number
  readonly container: string
  readonly change: 'leaves' | 'comes_back'
}

/** `changeOfList` of the domain for a row of `subscription_item` as `item`. A test compares the two. */
const changeOfList = sql<ChangedItem['change'] | null>`case
  when trip.id is not distinct from item.left_trip_id then null
  when item.left_at is not null then case when ${tripEndedAt} is null then 'comes_back' end
  when ${tripEndedAt} < now() - make_interval(days => subscription.leaves_after_days) then 'leaves'
end`

/** Brings lists up to date: what has finished its trip leaves, what has begun another one comes back. Returns what has changed. */
export async function updateLists(db: Db, subscriptionIds: readonly number[]): Promise<readonly ChangedItem[]> {
  if (subscriptionIds.length === 0) return []
  const columns = {
    subscriptionId: sql<number>`changed.subscription_id`,
    container: sql<string>`changed.container`,
    change: sql<ChangedItem['change']>`changed.change`,
  }
  return selectRows(
    db,
    columns,
    (list) => sql`
    with changed as (
      select item.subscription_id, item.container, trip.id as trip_id, ${changeOfList} as change
      from subscription_item as item
      join subscription on subscription.id = item.subscription_id
      join position on position.container = item.container
      join trip on trip.id = position.trip_id
      where item.subscription_id = any(${subscriptionIds}::bigint[])
    )
    update subscription_item set
      left_at = case when changed.change = 'leaves' then now() end,
      left_trip_id = case when changed.change = 'leaves' then changed.trip_id else subscription_item.left_trip_id end
    from changed
    where changed.change is not null and subscription_item.subscription_id = changed.subscription_id
      and subscription_item.container = changed.container
    returning ${list}`,
  )
}

/**
 * Puts back what left a list at a moment or later: for the rest of its trip it does not leave again. Returns how many containers
 * are back.
 */
export async function putBack(db: Db, subscriptionId: number, since: Date): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('subscriptionItem')
    .set({ leftAt: null })
    .where('subscriptionId', '=', subscriptionId)
    .where('leftAt', '>=', since)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
