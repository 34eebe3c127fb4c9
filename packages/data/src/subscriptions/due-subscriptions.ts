import { type Access, accessOf, type AccessPolicy, type SubscriptionSubject } from '@atermtrack/domain'
import { sql } from 'kysely'
import { factColumns, isCompanyRemoved } from '../people/access/allowed-people.ts'
import { receivesMail } from '../people/email-addresses.ts'
import type { Db } from '../platform/client.ts'

export interface DueSubscription {
  readonly id: number
  readonly personId: number
  /** The person's own chat. */
  readonly chatId: number
  readonly name: string
  readonly subject: SubscriptionSubject
  /** Local times `HH:MM` in `zone`. */
  readonly slots: readonly string[]
  /** ISO days, Monday is 1. */
  readonly weekdays: readonly number[]
  readonly zone: string
  readonly nextDueAt: Date
  /** The clock of the database at the start of the transaction: what is due is decided by one clock for all processes. */
  readonly now: Date
  /** The rights of the person at this moment. */
  readonly access: Access
  /** False when Telegram no longer delivers to the person. */
  readonly isReachable: boolean
  /** True when a proved address accepts mail. */
  readonly hasEmail: boolean
}

/**
 * Locks up to `limit` subscriptions whose moment has come, longest due first, passing over those that another process holds.
 * Call it in the transaction that records their slots and moves them on. One that is paused until a date is not due before, see
 * `nextDueAt`; one that is paused without an end is passed over.
 */
export async function claim(db: Db, limit: number, policy: AccessPolicy): Promise<readonly DueSubscription[]> {
  const rows = await db
    .selectFrom('subscription')
    .innerJoin('person', 'person.id', 'subscription.personId')
    .select(factColumns)
    .select([
      'subscription.id',
      'subscription.personId',
      'person.telegramId as chatId',
      'subscription.name',
      'subscription.subject',
      'subscription.slots',
      'subscription.weekdays',
      'subscription.zone',
      'subscription.nextDueAt',
      sql<Date>`now()`.as('now'),
    ])
    .select((eb) => [
      isCompanyRemoved('person').as('isCompanyRemoved'),
      eb('person.unreachableSince', 'is', null).$castTo<boolean>().as('isReachable'),
      eb
        .exists(
          eb
            .selectFrom('emailAddress')
            .select('emailAddress.id')
            .whereRef('emailAddress.personId', '=', 'person.id')
            .where(receivesMail),
        )
        .$castTo<boolean>()
        .as('hasEmail'),
    ])
    .where('subscription.deletedAt', 'is', null)
    .where('subscription.nextDueAt', '<=', sql<Date>`now()`)
    .where((eb) => eb.or([eb('subscription.pausedAt', 'is', null), eb('subscription.pausedUntil', 'is not', null)]))
    .orderBy('subscription.nextDueAt')
    .limit(limit)
    .forUpdate('subscription')
    .skipLocked()
    .execute()
  return rows.map((row) => ({ ...row, access: accessOf(row, policy) }))
}

/** Moves subscriptions on to their next planned moments; a pause that is over ends. */
export async function advance(
  db: Db,
  moves: readonly { readonly id: number; readonly nextDueAt: Date }[],
): Promise<void> {
  if (moves.length === 0) return
  const ids = moves.map(({ id }) => id)
  const moments = moves.map(({ nextDueAt }) => nextDueAt.toISOString())
  await sql`
    update subscription set next_due_at = move.next_due_at,
      paused_at = case when paused_until > now() then paused_at end,
      paused_until = case when paused_until > now() then paused_until end
    from unnest(${ids}::bigint[], ${moments}::timestamptz[]) as move (id, next_due_at)
    where subscription.id = move.id
  `.execute(db)
}
