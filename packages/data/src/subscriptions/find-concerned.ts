import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** A subscription that a container belongs to, with what it wants to know of events. */
export interface Concerned {
  readonly subscriptionId: number
  readonly personId: number
  readonly container: string
  readonly name: string
  readonly isWatchList: boolean
  /** Null for the usual kinds. */
  readonly eventKinds: readonly string[] | null
  readonly eventTiming: 'at_once' | 'digest' | 'never'
  /** Local times `HH:MM` of the digest. */
  readonly digestSlots: readonly string[]
  readonly zone: string
}

/**
 * The subscriptions that the containers belong to, one row for each pair: those that are neither deleted nor paused. Rights are
 * those of the reader at the moment of sending: the caller checks them.
 */
export async function findConcerned(db: Db, containers: readonly string[]): Promise<readonly Concerned[]> {
  if (containers.length === 0) return []
  return db
    .selectFrom('subscriptionItem as item')
    .innerJoin('subscription', 'subscription.id', 'item.subscriptionId')
    .select(['subscription.id as subscriptionId', 'subscription.personId', 'item.container', 'subscription.name'])
    .select(['isWatchList', 'eventKinds', 'digestSlots', 'zone'])
    .select(sql<Concerned['eventTiming']>`subscription.event_timing`.as('eventTiming'))
    .where(sql<boolean>`item.container = any(${containers}::text[])`)
    .where('item.leftAt', 'is', null)
    .where(isActive)
    .execute()
}

/** A row of `subscription` that is neither deleted nor paused now. */
export const isActive = sql<boolean>`(subscription.deleted_at is null
  and (subscription.paused_at is null or subscription.paused_until <= now()))`
