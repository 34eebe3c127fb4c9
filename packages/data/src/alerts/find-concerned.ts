import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** A subscription that names a container, with what its owner wants to know of it. */
export interface Concerned {
  readonly subscriptionId: number
  readonly personId: number
  readonly container: string
  /** Null: the usual ones. */
  readonly eventKinds: readonly string[] | null
  readonly eventTiming: string
  readonly digestSlots: readonly string[]
  readonly zone: string
}

/** The subscriptions that are neither deleted nor paused and name one of the containers, each with each container once. */
export async function findConcerned(db: Db, containers: readonly string[]): Promise<readonly Concerned[]> {
  const asked = sql<string[]>`${[...containers]}::text[]`
  const named = db
    .selectFrom('subscriptionItem')
    .select(['subscriptionId', 'container'])
    .where('container', '=', sql<string>`any(${asked})`)
    .where('leftAt', 'is', null)
    .union(
      db
        .selectFrom('subscription')
        .select(['id as subscriptionId', sql<string>`unnest(containers)`.as('container')])
        .where(sql<boolean>`containers && ${asked}`),
    )
  return db
    .selectFrom('subscription')
    .innerJoin(named.as('named'), 'named.subscriptionId', 'subscription.id')
    .select(['subscription.id as subscriptionId', 'personId', 'named.container'])
    .select(['eventKinds', 'eventTiming', 'digestSlots', 'zone'])
    .where('named.container', '=', sql<string>`any(${asked})`)
    .where(isSubscriptionLive)
    .execute()
}

/** As a condition on a row of `subscription`: it is neither deleted nor paused. */
export const isSubscriptionLive = sql<boolean>`(subscription.deleted_at is null
  and (subscription.paused_at is null or subscription.paused_until <= now()))`
