import { type ListItem, mostListed } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** A container on a list. */
export interface SubscriptionItem {
  readonly container: string
  readonly note: string | null
  readonly orderNumber: string | null
  /** When it left the list by itself. */
  readonly leftAt: Date | null
}

type NewItem = Pick<ListItem, 'note' | 'orderNumber'> & { readonly container: string }

export interface Added {
  /** Containers that were not on the list; those that had left by themselves are back. */
  readonly added: readonly string[]
  /** Containers that no longer fit. */
  readonly left: number
}

/**
 * Adds containers at the end of a list, each once. One that is there already keeps its place and gets the words that come with it;
 * one that has left comes back. Needs a transaction: two who add at once take turns.
 */
export async function add(tx: Db, subscriptionId: number, items: readonly NewItem[]): Promise<Added> {
  if (items.length === 0) return { added: [], left: 0 }
  await tx.selectFrom('subscription').select('id').where('id', '=', subscriptionId).forUpdate().execute()
  const known = await tx
    .selectFrom('subscriptionItem')
    .select(['container', 'place', 'leftAt'])
    .where('subscriptionId', '=', subscriptionId)
    .execute()
  const placeOf = new Map(known.map(({ container, place }) => [container, place]))
  const listed = new Set(known.filter(({ leftAt }) => leftAt === null).map(({ container }) => container))
  const lastPlace = Math.max(0, ...placeOf.values())
  const given = new Map(items.map((item) => [item.container, item]))
  const fresh = [...given.keys()].filter((container) => !listed.has(container))
  const added = fresh.slice(0, mostListed - listed.size)
  const kept = [...given.values()].filter(({ container }) => listed.has(container) || added.includes(container))
  if (kept.length > 0) {
    await tx
      .insertInto('subscriptionItem')
      .values(
        kept.map(({ container, note, orderNumber }, index) => ({
          subscriptionId,
          container,
          place: placeOf.get(container) ?? lastPlace + index + 1,
          note: note ?? null,
          orderNumber: orderNumber ?? null,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['subscriptionId', 'container']).doUpdateSet((eb) => ({
          note: sql<string | null>`coalesce(excluded.note, subscription_item.note)`,
          orderNumber: sql<string | null>`coalesce(excluded.order_number, subscription_item.order_number)`,
          place: eb.ref('excluded.place'),
          leftAt: null,
        })),
      )
      .execute()
  }
  return { added, left: fresh.length - added.length }
}

/** A page of a list in the person's order; containers that have left it come last. */
export async function list(
  db: Db,
  subscriptionId: number,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly rows: readonly SubscriptionItem[] }> {
  const rows = await db
    .selectFrom('subscriptionItem')
    .select(['container', 'note', 'orderNumber', 'leftAt', sql<number>`count(*) over ()`.as('total')])
    .where('subscriptionId', '=', subscriptionId)
    .orderBy(sql`left_at is not null`)
    .orderBy('place')
    .orderBy('container')
    .offset(offset)
    .limit(limit)
    .execute()
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...row }) => row) }
}

/** Of each list the containers on it, in the person's order. A list without any has no entry. */
export async function listContainers(
  db: Db,
  subscriptionIds: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  if (subscriptionIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('subscriptionItem')
    .select(['subscriptionId', sql<string[]>`array_agg(container order by place, container)`.as('containers')])
    .where('subscriptionId', 'in', [...subscriptionIds])
    .where('leftAt', 'is', null)
    .groupBy('subscriptionId')
    .execute()
  return new Map(rows.map(({ subscriptionId, containers }) => [subscriptionId, containers]))
}

/** Copies a list, as it is, into one that is empty; a second call changes nothing. */
export async function copy(tx: Db, { from, to }: { readonly from: number; readonly to: number }): Promise<void> {
  await tx
    .insertInto('subscriptionItem')
    .columns(['subscriptionId', 'container', 'place', 'note', 'orderNumber', 'leftAt', 'leftTripId'])
    .expression((eb) =>
      eb
        .selectFrom('subscriptionItem')
        .select([sql<number>`${to}::bigint`.as('subscriptionId'), 'container', 'place', 'note', 'orderNumber'])
        .select(['leftAt', 'leftTripId'])
        .where('subscriptionId', '=', from),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
