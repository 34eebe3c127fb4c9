import { forecastPace } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'

const { kmPerDay, daysOnTop, fastestKmPerDay } = forecastPace
const daySeconds = 86_400

const later = (moment: string, seconds: RawBuilder<unknown>): RawBuilder<Date> =>
  sql`${sql.ref(moment)} + make_interval(secs => (${seconds})::double precision)`

/** The time that the rest of the way takes at so many kilometres a day. */
const wayAt = (pace: number): RawBuilder<number> =>
  sql`position.km_left * ${sql.lit(daySeconds)} / ${sql.lit(pace)}::double precision`

const plain = later(
  'position.operatedAt',
  sql`${sql.lit(daySeconds / 10)} * round(position.km_left * 10 / ${sql.lit(kmPerDay)}::numeric + ${sql.lit(daysOnTop * 10)})`,
)
const measured = later('position.operatedAt', sql`${wayAt(kmPerDay)} + pace.usual_minutes * 60`)
const heldUp = later('position.stamp', wayAt(kmPerDay))
const fastest = later('position.stamp', wayAt(fastestKmPerDay))

/**
 * Whether `forecastArrival` of the domain can lie within some time for a row of `position` beside its row of `forecast_pace` as `pace`,
 * if it has one. On a measured lane that depends on whether the container stands, which the caller knows better: here it is enough that the
 * time touches what lies between the two. A test compares it with the domain.
 */
export function mayArriveWithin(from: RawBuilder<Date>, to: RawBuilder<Date>): RawBuilder<boolean> {
  return sql`case
    when not position.km_left > 0 then false
    when pace.usual_minutes is null then greatest(${plain}, ${heldUp}) between ${from} and ${to}
    else ${measured} <= ${to} and ${fastest} <= ${to} and (${measured} >= ${from} or ${heldUp} >= ${from})
  end`
}
