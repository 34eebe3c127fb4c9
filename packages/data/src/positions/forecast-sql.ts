import { forecastPace } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'

const { kmPerDay, daysOnTop } = forecastPace
const daySeconds = 86_400

/** `forecastArrival` of the domain for a row of `position`; null without a distance left. A test compares the two. */
export const forecastArrivesAt: RawBuilder<Date | null> = sql`case when position.km_left > 0 then greatest(
  position.operated_at + make_interval(secs => ${sql.lit(daySeconds / 10)}
    * round(position.km_left * 10 / ${sql.lit(kmPerDay)}::numeric + ${sql.lit(daysOnTop * 10)})::double precision),
  position.stamp + make_interval(secs => position.km_left * ${sql.lit(daySeconds)} / ${sql.lit(kmPerDay)}::double precision)
) end`
