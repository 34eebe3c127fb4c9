import type { LaneMeasurement } from './measure-forecasts.ts'
import { kmBucketStarts, type Pace } from './pace.ts'

/** The pace by which a container is forecast that has so far to go to a station. */
export interface StationPace {
  readonly stationId: number
  readonly bucket: number
  readonly pace: Pace
}

/**
 * Goes down the ladder for each station and each bucket of distance: the figures of its lane, or those of its road where no trip to the
 * station has passed the bucket. Where neither was better than the plain pace, there is no row.
 */
export function pacesOfStations(
  lanes: readonly LaneMeasurement[],
  stations: readonly { readonly stationId: number; readonly road: string | undefined }[],
): readonly StationPace[] {
  const known = new Map(lanes.map((lane) => [keyOf(lane), lane]))
  return stations.flatMap(({ stationId, road }) =>
    kmBucketStarts.flatMap((_start, n) => {
      const bucket = n + 1
      const lane = known.get(keyOf({ bucket, place: { kind: 'lane', stationId } }))
      const measured =
        lane ?? (road === undefined ? undefined : known.get(keyOf({ bucket, place: { kind: 'road', road } })))
      return measured?.pace ? [{ stationId, bucket, pace: measured.pace }] : []
    }),
  )
}

function keyOf({ bucket, place }: Pick<LaneMeasurement, 'bucket' | 'place'>): string {
  return `${bucket} ${place.kind} ${place.kind === 'lane' ? place.stationId : place.road}`
}
