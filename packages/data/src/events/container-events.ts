import type { AlertEvent } from '@atermtrack/domain'
import { sql } from 'kysely'
import { toAlertEvent } from '../alerts/event-routing.ts'
import type { Db } from '../platform/client.ts'
import { joinedColumns, joinedRows, listOf, selectRows } from '../platform/statements/typed-rows.ts'
import { type MomentJson, selectMoments, type TerminalMoment, toMoments } from '../terminals/terminal-moments.ts'
import { isVisible, type Scope } from '../visibility/visibility.ts'
import { isOfPresentTrip } from './changes.ts'

/** A part of the time: from `from` on, and before `before`; without a bound it is open. */
interface EventSpan {
  readonly from: Date | undefined
  readonly before: Date | undefined
}

/** The entries of a container's history beside its operations. */
export interface BesideOperations {
  /** How many events there are in all. */
  readonly total: number
  readonly events: readonly AlertEvent[]
  /** Of its terminals and lists of trains, the newest first. */
  readonly moments: readonly TerminalMoment[]
}

const eventColumns = {
  id: sql<number>`event.id`,
  kind: sql<string>`event.kind`,
  container: sql<string>`event.container`,
  tripId: sql<number | null>`event.trip_id`,
  happenedAt: sql<Date>`event.happened_at`,
  stationId: sql<number | null>`event.station_id`,
  trainNumber: sql<string | null>`event.train_number`,
  trainIndex: sql<string | null>`event.train_index`,
  details: sql<AlertEvent['details']>`event.details`,
  total: sql<number>`count(*) over ()`,
}

/**
 * The newest `limit` events of a container within a time, without those that were withdrawn, and what terminals and lists of trains say of
 * it in that time, in one statement. People of a company see those of the present trip alone.
 */
export async function listOfContainer(
  db: Db,
  { container, scope }: { readonly container: string; readonly scope: Scope },
  { from, before, limit }: EventSpan & { readonly limit: number },
): Promise<BesideOperations> {
  const isSeen = isVisible(scope, sql`${container}::text`)
  const rows = await selectRows(
    db,
    { moments: sql<readonly MomentJson[] | null>`beside.moments`, ...joinedColumns('found', eventColumns) },
    (list) => sql`
    select ${list} from (
      select case when ${isSeen} then ${selectMoments(container, scope)} end as moments
    ) as beside left join (
      select ${listOf(eventColumns)} from event
      where event.container = ${container} and event.withdrawn_at is null and ${isSeen}
        and ${scope.kind === 'all' ? sql`true` : isOfPresentTrip}
        and ${from ? sql`event.happened_at >= ${from}::timestamptz` : sql`true`}
        and ${before ? sql`event.happened_at < ${before}::timestamptz` : sql`true`}
      order by event.happened_at desc, event.id desc
      limit ${limit}
    ) as found on true
    order by found.happened_at desc, found.id desc`,
  )
  const found = joinedRows(rows, eventColumns, 'id')
  const isWithin = ({ at }: TerminalMoment) => (!from || at >= from) && (!before || at < before)
  return {
    total: found[0]?.total ?? 0,
    events: found.flatMap((row) => toAlertEvent(row) ?? []),
    moments: toMoments(rows[0]?.moments ?? null).filter(isWithin),
  }
}
