/** The steps of the ladder: figures of the destination station, of its road, and the pace that every train is expected to keep. */
export const forecastSteps = ['lane', 'road', 'plain'] as const
export type ForecastStep = (typeof forecastSteps)[number]

/** A step that rests on finished trips. */
export type MeasuredStep = Exclude<ForecastStep, 'plain'>

/**
 * How trips to a place take the rest of their way, from a range of remaining kilometres on. The times are what they needed from an
 * operation to the arrival beyond `kmLeft` at the plain pace, in whole minutes; they are negative on fast lanes.
 */
export interface Pace {
  readonly step: MeasuredStep
  /** The median: half of the trips needed less. */
  readonly usualMinutes: number
  /** One trip in ten needed less than `lowMinutes`, one in ten more than `highMinutes`. */
  readonly lowMinutes: number
  readonly highMinutes: number
  /** Mean distance between the forecast and the arrival in the back-test. */
  readonly errorMinutes: number
  /** Finished trips behind the figures. */
  readonly trips: number
}

/** A bucket begins at each of these numbers of remaining kilometres: finer near the destination, where a day counts for more. */
export const kmBucketStarts = [
  0, 100, 300, 600, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000, 10_000, 12_000,
] as const

/** No railway is so long; a distance above is a mistake of a report. */
export const mostKm = 20_000

/** The bucket of a distance, from 1; 0 below zero kilometres. SQL that computes the same bucket takes its limits from here. */
export function kmBucketOf(km: number): number {
  const above = kmBucketStarts.findIndex((start) => km < start)
  return above === -1 ? kmBucketStarts.length : above
}

/** The distances of a bucket, the end not included; undefined for the last bucket, which is open. */
export function kmBucketRange(bucket: number): { readonly from: number; readonly to: number | undefined } {
  return { from: kmBucketStarts[bucket - 1] ?? 0, to: kmBucketStarts[bucket] }
}
