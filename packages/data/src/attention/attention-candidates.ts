import { defaultAttentionLimits } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'
import { mayArriveWithin } from '../forecast/forecast-sql.ts'
import { endOfNorm } from '../forecast/norm-sql.ts'
import { isPaceOfPosition } from '../forecast/pace-sql.ts'
import { isDroppedFromReports, sourceStates } from '../positions/live-positions.ts'
import type { OwnContainers } from '../subscriptions/own-containers.ts'
import { isLivePositionVisible, type Scope } from '../visibility/visibility.ts'

/** A person reads no more, and the reasons are worked out row by row. */
export const mostCandidates = 5_000

const { stuckAfterHours, pickUpAfterHours } = defaultAttentionLimits
const hours = (n: number) => sql`make_interval(hours => ${sql.lit(n)})`
const isUnderway = sql`(position.arrived_at is null and position.station_id is distinct from position.destination_station_id)`
const isAbsent = sql`exists (select from source_state
  where source_state.source_id = workbook.source_id and source_state.newest > position.seen_at)`

/**
 * `attentionOf` of the domain as a condition on a row of `position` with its `workbook`, as far as columns allow: true wherever the rule
 * gives a reason, and for few other rows. A test compares the two.
 */
const mayNeedAttention: RawBuilder<boolean> = sql`(
  position.is_abandoned
  or ${isUnderway} and position.stamp - position.operated_at > ${hours(stuckAfterHours)}
  or position.arrived_at is null and position.delivery_due_at is not null
    and (${endOfNorm} < position.stamp or ${mayArriveWithin(endOfNorm, sql`'infinity'::timestamptz`)})
  or not ${isUnderway} and not position.is_unloaded and not position.is_tail
    and coalesce(position.arrived_at, position.operated_at) < position.stamp - ${hours(pickUpAfterHours)}
  or ${isAbsent})`

const columns = { container: sql<string>`position.container`, tripId: sql<number | null>`position.trip_id` }

/** The containers that a list is about: some, or all that a person sees. */
export type AttentionOf = OwnContainers

/** The containers in scope that may need attention, in one statement; at most one more than `mostCandidates`. */
export async function listCandidates(
  db: Db,
  { scope, of }: { readonly scope: Scope; readonly of: AttentionOf },
): Promise<readonly { readonly container: string; readonly tripId: number | null }[]> {
  const isAsked = of.kind === 'all' ? sql`true` : sql`position.container = any(${of.containers}::text[])`
  return selectRows(
    db,
    columns,
    (list) => sql`
      with ${sourceStates}
      select ${list} from position join workbook on workbook.id = position.workbook_id
      left join forecast_pace as pace on ${isPaceOfPosition}
      where position.is_live and ${isAsked} and ${isLivePositionVisible(scope)}
        and ${mayNeedAttention} and not ${isDroppedFromReports}
      limit ${mostCandidates + 1}`,
  )
}
