import type { AlertEvent } from '@atermtrack/domain'
import { sql } from 'kysely'
import { alertEventColumns, toAlertEvent } from '../alerts/event-routing.ts'
import type { Db } from '../platform/client.ts'
import { isVisible, type Scope } from '../visibility/visibility.ts'
import { isOfPresentTrip } from './changes.ts'

/** A part of the time: from `from` on, and before `before`; without a bound it is open. */
interface EventSpan {
  readonly from: Date | undefined
  readonly before: Date | undefined
}

const always = sql<boolean>`true`

/**
 * The newest `limit` events of a container within a time, and how many there are; those that were withdrawn are left out. People of a
 * company see those of the present trip alone.
 */
export async function listOfContainer(
  db: Db,
  { container, scope }: { readonly container: string; readonly scope: Scope },
  { from, before, limit }: EventSpan & { readonly limit: number },
): Promise<{ readonly total: number; readonly events: readonly AlertEvent[] }> {
  const rows = await db
    .selectFrom('event')
    .select(alertEventColumns)
    .select(sql<number>`count(*) over ()`.as('total'))
    .where('event.container', '=', container)
    .where('withdrawnAt', 'is', null)
    .where(isVisible(scope, sql.ref('event.container')))
    .where(scope.kind === 'all' ? always : isOfPresentTrip)
    .where(from ? sql<boolean>`event.happened_at >= ${from}::timestamptz` : always)
    .where(before ? sql<boolean>`event.happened_at < ${before}::timestamptz` : always)
    .orderBy('happenedAt', 'desc')
    .orderBy('event.id', 'desc')
    .limit(limit)
    .execute()
  return { total: rows[0]?.total ?? 0, events: rows.flatMap((row) => toAlertEvent(row) ?? []) }
}
