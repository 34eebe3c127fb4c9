import { rosterTripDays, type TripOfRoster } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { PositionView } from '../positions/positions.ts'

/** The trip of a position, as far as it decides which lists of trains belong to it. */
export function tripOfPosition(
  position: Pick<PositionView, 'tripStartedAt' | 'waybill' | 'operatedAt' | 'arrivedAt' | 'tripEndedAt'>,
): TripOfRoster {
  return {
    startedAt: position.tripStartedAt ?? undefined,
    waybill: position.waybill ?? undefined,
    operatedAt: position.operatedAt,
    arrivedAt: position.arrivedAt ?? undefined,
    endedAt: position.tripEndedAt ?? undefined,
  }
}

const { startsAfter, startsBefore, longestTrip } = rosterTripDays
const days = (count: number) => sql`make_interval(days => ${sql.lit(count)})`

/** True where `tripToRoster` of the domain says `later`, for a `position`, a `line` and its `list` as below; null without a position. */
export const isAfterTripOfRoster: RawBuilder<boolean | null> = sql`((line.waybill = position.waybill) is not true
  and coalesce(position.trip_started_at > list.sent_at + ${days(startsAfter)},
    position.operated_at > list.sent_at + ${days(longestTrip)}))`

/**
 * True where `tripToRoster` of the domain says `same`, for a row of `position`, a `line` of a list and its `list`. A test compares
 * the two.
 */
export const isOnTripOfRoster: RawBuilder<boolean> = sql`case
  when line.waybill = position.waybill then true
  when ${isAfterTripOfRoster} then false
  when position.arrived_at < list.sent_at or position.trip_ended_at < list.sent_at then false
  else coalesce(position.trip_started_at, position.operated_at) >= list.sent_at - ${days(startsBefore)}
end`
