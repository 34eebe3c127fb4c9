import type { DayRange, StockMove } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'

/** When a visit began, and when it ended. */
export type VisitMoment = 'arrived_at' | 'dispatched_at'

/** The moment of a visit that a question about arrivals or departures is about. */
export const momentOf = {
  arrived: 'arrived_at',
  dispatched: 'dispatched_at',
} as const satisfies Record<StockMove['side'], VisitMoment>
const wallOf = { arrived: 'arrived_wall', dispatched: 'dispatched_wall' } as const satisfies Record<
  StockMove['side'],
  string
>

/**
 * The end of the last 24 hours that the reports of a terminal cover, the newest of which has a `stamp`: that can be the mere date of a report
 * which goes on until the morning. `isThere` says of a row of `terminal_visit` that it is at the terminal.
 */
export function endOfData(stamp: string, isThere: RawBuilder<boolean>): RawBuilder<Date> {
  const newest = (moment: VisitMoment) => sql`(select max(${sql.ref(moment)}) from terminal_visit
    where ${isThere} and ${sql.ref(moment)} <= ${sql.ref(stamp)} + interval '24 hours')`
  return sql`greatest(${sql.ref(stamp)}, ${newest('arrived_at')}, ${newest('dispatched_at')})`
}

/** Whether a moment lies in the 24 hours before that end. */
export function isInLastDay(moment: string, until: string): RawBuilder<boolean> {
  const [at, end] = [sql.ref(moment), sql.ref(until)]
  return sql`${at} > ${end} - interval '24 hours' and ${at} <= ${end}`
}

/** Whether a visit began or ended on the days asked for, by the terminal's own clock; without days, in the last 24 hours before `until`. */
export function hasMoved(visit: string, { side, days }: StockMove, until: string): RawBuilder<boolean> {
  const moment = `${visit}.${momentOf[side]}`
  if (!days) return isInLastDay(moment, until)
  const wall = sql.ref(`${visit}.${wallOf[side]}`)
  return sql`${isNear(moment, days)} and ${wall}::date between ${days.from}::date and ${days.to}::date`
}

/** Whether a moment can lie on the days in any zone: unlike the time of the wall, it has an index. */
function isNear(moment: string, { from, to }: DayRange): RawBuilder<boolean> {
  return sql`${sql.ref(moment)} between ${from}::timestamptz - interval '1 day' and ${to}::timestamptz + interval '2 days'`
}
