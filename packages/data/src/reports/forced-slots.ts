import type { AccessPolicy } from '@atermtrack/domain'
import { sql } from 'kysely'
import { isAllowed } from '../people/access/allowed-people.ts'
import type { Db } from '../platform/client.ts'
import type { SubscriptionSettings } from '../subscriptions/subscriptions.ts'

/** A subscription whose last slot an admin wants to go out now. */
export interface ForcedSubscription extends Pick<
  SubscriptionSettings,
  'name' | 'subject' | 'slots' | 'weekdays' | 'zone'
> {
  readonly id: number
  readonly personId: number
  readonly chatId: number
  readonly ownerName: string
}

const columns = [
  'subscription.id',
  'subscription.personId',
  'person.telegramId as chatId',
  'subscription.name',
  'subject',
  'slots',
  'weekdays',
  'subscription.zone',
  'person.firstName as ownerName',
] as const

/** Active subscriptions of people who may use the bot, oldest first, and how many there are; `only` names some of them. */
export async function list(
  db: Db,
  { policy, only, after, limit }: { policy: AccessPolicy; only?: readonly number[]; after: number; limit: number },
): Promise<{ readonly total: number; readonly rows: readonly ForcedSubscription[] }> {
  const rows = await db
    .selectFrom('subscription')
    .innerJoin('person', 'person.id', 'subscription.personId')
    .select(columns)
    .select(sql<number>`count(*) over ()`.as('total'))
    .where('subscription.deletedAt', 'is', null)
    .where('subscription.pausedAt', 'is', null)
    .where('person.unreachableSince', 'is', null)
    .where(isAllowed(policy))
    .where('subscription.id', '>', after)
    .$if(only !== undefined, (query) => query.where('subscription.id', 'in', [0, ...(only ?? [])]))
    .orderBy('subscription.id')
    .limit(limit)
    .execute()
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...row }) => row) }
}
