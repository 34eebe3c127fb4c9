import { kmBucketStarts, type Pace } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'

/** `kmBucketOf` of the domain for the kilometres left of a row of `position`; null where they are unknown. A test compares the two. */
export const kmBucketOfPosition: RawBuilder<number | null> = sql`
  width_bucket(position.km_left, ${sql.lit(`{${kmBucketStarts.join()}}`)}::integer[])`

/** The row of `forecast_pace` by which a row of `position` is forecast. */
export const isPaceOfPosition: RawBuilder<boolean> = sql`
  pace.destination_station_id = position.destination_station_id and pace.bucket = ${kmBucketOfPosition}`

/** The figures of a pace as a row carries them: usual, low, high and error in minutes, trips, and whether they are those of its lane. */
export type PaceFigures = readonly [
  usualMinutes: number,
  lowMinutes: number,
  highMinutes: number,
  errorMinutes: number,
  trips: number,
  isLane: number,
]

/** The pace of a row of `position`, for a select: found by its key beside the row, so that no view needs another join. */
export const paceOfPosition: RawBuilder<PaceFigures | null> = sql`(
  select array[pace.usual_minutes, pace.low_minutes, pace.high_minutes, pace.error_minutes, pace.trips, (pace.step = 'lane')::integer]
  from forecast_pace as pace where ${isPaceOfPosition})`

/** The figures of a row for the rule of the domain. */
export function toPace(figures: PaceFigures | null | undefined): Pace | undefined {
  if (!figures) return undefined
  const [usualMinutes, lowMinutes, highMinutes, errorMinutes, trips, isLane] = figures
  return { step: isLane === 1 ? 'lane' : 'road', usualMinutes, lowMinutes, highMinutes, errorMinutes, trips }
}
