import { forecastPace } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'

const { kmPerDay, daysOnTop, fastestKmPerDay } = forecastPace
const daySeconds = 86_400

const later = (moment: string, seconds: RawBuilder<unknown>): RawBuilder<Date> =>
  sql`${sql.ref(moment)} + make_interval(secs => (${seconds})::double precision)`

/** The time that the rest of the way takes at so many kilometres a day. */
const wayAt = (pace: number): RawBuilder<number> =>
  sql`position.km_left * ${sql.lit(daySeconds)} / ${sql.lit(pace)}::double precision`

/**
 * `forecastArrival` of the domain for a row of `position` beside its row of `forecast_pace` as `pace`, if it has one; null without a
 * distance left. A test compares the two.
 */
export function forecastArrivesAt({ isStanding }: { readonly isStanding: boolean }): RawBuilder<Date | null> {
  const plain = sql`${sql.lit(daySeconds / 10)}
    * round(position.km_left * 10 / ${sql.lit(kmPerDay)}::numeric + ${sql.lit(daysOnTop * 10)})`
  return sql`case
    when not position.km_left > 0 then null
    when pace.usual_minutes is null then greatest(
      ${later('position.operatedAt', plain)}, ${later('position.stamp', wayAt(kmPerDay))})
    else greatest(
      ${later('position.operatedAt', sql`${wayAt(kmPerDay)} + pace.usual_minutes * 60`)},
      ${later('position.stamp', wayAt(isStanding ? kmPerDay : fastestKmPerDay))})
  end`
}
