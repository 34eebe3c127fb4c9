import { mostListed } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'

/** Containers that were removed from a list together. */
export interface RemovedItems {
  /** How many were there, and how many of these had not left the list by themselves. */
  readonly count: number
  readonly listed: number
  /** The name of this removal; undefined when nothing was removed. */
  readonly at: Date | undefined
}

/** Removes containers from a list, and keeps them for a day with their words and places. */
export async function remove(db: Db, subscriptionId: number, containers: readonly string[]): Promise<RemovedItems> {
  if (containers.length === 0) return { count: 0, listed: 0, at: undefined }
  const columns = { leftAt: sql<Date | null>`kept.left_at`, removedAt: sql<Date>`kept.removed_at` }
  const words = sql.raw('subscription_id, container, place, note, order_number, left_at, left_trip_id')
  const rows = await selectRows(
    db,
    columns,
    (list) => sql`
    with gone as (
      delete from subscription_item
      where subscription_id = ${subscriptionId} and container = any(${containers}::text[])
      returning ${words}
    ), kept as (
      insert into subscription_removed_item (${words}, removed_at)
      select ${words}, date_trunc('milliseconds', now()) from gone
      on conflict (subscription_id, container) do update set (place, note, order_number, left_at, left_trip_id, removed_at) =
        (excluded.place, excluded.note, excluded.order_number, excluded.left_at, excluded.left_trip_id, excluded.removed_at)
      returning left_at, removed_at
    )
    select ${list} from kept`,
  )
  return {
    count: rows.length,
    listed: rows.filter(({ leftAt }) => leftAt === null).length,
    at: rows[0]?.removedAt,
  }
}

/**
 * Puts back what was removed at a moment, within a day: to its former place, unless it has been added again meanwhile, and as far as it
 * fits. Returns how many containers are back. Needs a transaction: two who change the list at once take turns.
 */
export async function putBack(tx: Db, subscriptionId: number, at: Date): Promise<number> {
  await tx.selectFrom('subscription').select('id').where('id', '=', subscriptionId).forUpdate().execute()
  const { numAffectedRows } = await sql`
    with back as (
      delete from subscription_removed_item
      where subscription_id = ${subscriptionId} and removed_at = ${at} and removed_at > now() - interval '1 day'
      returning *
    )
    insert into subscription_item (subscription_id, container, place, note, order_number, left_at, left_trip_id)
    select subscription_id, container, place, note, order_number, left_at, left_trip_id from back
    where not exists (select from subscription_item as there
      where there.subscription_id = back.subscription_id and there.container = back.container)
    order by left_at is not null, place
    limit greatest(0, ${mostListed} - (select count(*) from subscription_item as there
      where there.subscription_id = ${subscriptionId} and there.left_at is null))`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

/** Forgets what was removed more than `days` ago. Returns how many rows went. */
export async function deleteOld(
  db: Db,
  { days, limit }: { readonly days: number; readonly limit: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from subscription_removed_item where (subscription_id, container) in (
      select subscription_id, container from subscription_removed_item
      where removed_at < now() - make_interval(days => ${days}) limit ${limit}
    )`.execute(db)
  return Number(numAffectedRows ?? 0n)
}
