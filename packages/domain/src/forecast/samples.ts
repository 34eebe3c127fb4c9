import { forecastPace } from './forecast.ts'
import { kmBucketOf, mostKm } from './pace.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

/** A container that needs longer for the rest of its way was forgotten somewhere, or its trip is two trips: no figure rests on it. */
export const mostDaysOfWay = 60

/** The distance left may rise by a detour. More than this is another way, or a mistake. */
const mostRiseKm = 300

/** A trip that has arrived at its destination station. */
export interface FinishedTrip {
  readonly tripId: number
  readonly stationId: number
  /** The road of the station; undefined where no report names it. */
  readonly road: string | undefined
  readonly arrivedAt: Date
  /** In the order of their times. */
  readonly operations: readonly { readonly operatedAt: Date; readonly kmLeft: number }[]
}

/** The rest of the way after one operation of a finished trip. */
export interface ForecastSample {
  readonly tripId: number
  readonly stationId: number
  readonly road: string | undefined
  readonly bucket: number
  readonly kmLeft: number
  readonly operatedAt: Date
  readonly arrivedAt: Date
  /** The time to the arrival beyond `kmLeft` at the plain pace, in whole minutes. */
  readonly extraMinutes: number
}

/**
 * The first and the last operation of a trip in each bucket of distance: a container that is reported a hundred times at one station
 * counts no more than another. Distances and times that cannot be are left out, and whatever came before a jump back.
 */
export function samplesOf(trip: FinishedTrip): readonly ForecastSample[] {
  const { tripId, stationId, road, arrivedAt } = trip
  const first = new Map<number, ForecastSample>()
  const last = new Map<number, ForecastSample>()
  let before: number | undefined
  for (const { operatedAt, kmLeft } of trip.operations) {
    const way = arrivedAt.getTime() - operatedAt.getTime()
    if (!Number.isInteger(kmLeft) || kmLeft <= 0 || kmLeft > mostKm || !(way > 0)) continue
    if (before !== undefined && kmLeft > before + mostRiseKm) {
      first.clear()
      last.clear()
    }
    before = kmLeft
    if (way > mostDaysOfWay * dayMs) continue
    const bucket = kmBucketOf(kmLeft)
    const plain = (kmLeft * dayMs) / forecastPace.kmPerDay
    const extraMinutes = Math.round((way - plain) / minuteMs)
    const sample = { tripId, stationId, road, bucket, kmLeft, operatedAt, arrivedAt, extraMinutes }
    if (!first.has(bucket)) first.set(bucket, sample)
    last.set(bucket, sample)
  }
  return [...new Set([...first.values(), ...last.values()])]
}
