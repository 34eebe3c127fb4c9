import type { ForecastStep } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** How forecasts compared with what came; minutes, means over the operations that tested. */
export interface ForecastQuality {
  /** Operations that tested; without any the other figures are null, or rest on the road alone. */
  readonly tests: number
  readonly errorMinutes: number | null
  /** Forecast minus arrival. */
  readonly biasMinutes: number | null
  /** 0–1, over forecasts that have a window. */
  readonly shareWithin: number | null
  /** The error that 600 km a day and one day on top would have had. */
  readonly plainErrorMinutes: number | null
}

/** The figures of one place in the newest measurement, over all distances. */
export interface LaneSummary extends ForecastQuality {
  /** Names the place in buttons. */
  readonly id: number
  /** Of the station, or of the road where `isRoad`. */
  readonly name: string
  readonly isRoad: boolean
  readonly trips: number
}

/** The figures of one range of remaining kilometres. */
export interface LaneBucket extends ForecastQuality {
  readonly bucket: number
  readonly trips: number
  readonly step: ForecastStep
}

export interface MeasuredWeek {
  readonly measuredAt: Date
  readonly errorMinutes: number | null
}

export interface NewestMeasurement {
  readonly measuredAt: Date
  readonly trips: number
}

/** Undefined before the first measurement. */
export async function findNewest(db: Db): Promise<NewestMeasurement | undefined> {
  return db
    .selectFrom('forecastMeasurement')
    .select(['measuredAt', 'trips'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

const meanOf = (column: string, rows: RawBuilder<boolean> = sql`true`): RawBuilder<number | null> => sql`
  (sum(${sql.ref(column)}::double precision * tests) filter (where tests > 0 and ${rows})
    / nullif(sum(tests) filter (where ${sql.ref(column)} is not null and ${rows}), 0))`

const isNewest = sql<boolean>`forecast_lane.measurement_id = (select max(id) from forecast_measurement)`

/** The mean error of all forecasts of the newest measurement in minutes, over the stations; undefined where nothing tested. */
export async function findError(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('forecastLane')
    .select(meanOf('errorMinutes').as('errorMinutes'))
    .where(isNewest)
    .where('destinationStationId', 'is not', null)
    .executeTakeFirst()
  return row?.errorMinutes ?? undefined
}

/** Lanes and roads of the newest measurement, those with the most trips first, roads last; and how many there are in all. */
export async function listLanes(
  db: Db,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ readonly lanes: readonly LaneSummary[]; readonly total: number }> {
  const rows = await db
    .selectFrom('forecastLane')
    .leftJoin('station', 'station.id', 'forecastLane.destinationStationId')
    .select([
      sql<number>`min(forecast_lane.id)`.as('id'),
      sql<string>`coalesce(station.name, forecast_lane.road_name, '')`.as('name'),
      sql<boolean>`forecast_lane.destination_station_id is null`.as('isRoad'),
      sql<number>`max(forecast_lane.trips)`.as('trips'),
      sql<number>`sum(forecast_lane.tests)`.as('tests'),
      meanOf('errorMinutes').as('errorMinutes'),
      meanOf('biasMinutes').as('biasMinutes'),
      meanOf('shareWithin').as('shareWithin'),
      meanOf('plainErrorMinutes').as('plainErrorMinutes'),
      sql<number>`count(*) over ()`.as('total'),
    ])
    .where(isNewest)
    .groupBy(['forecastLane.destinationStationId', 'forecastLane.roadName', 'station.name'])
    .orderBy('isRoad')
    .orderBy('trips', 'desc')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute()
  return { lanes: rows.map(({ total: _total, ...lane }) => lane), total: rows[0]?.total ?? 0 }
}

/**
 * The figures of one place by distance, and its errors in all measurements that are kept, the newest first. `id` names the place by any
 * row of any measurement. Undefined when that row is gone.
 */
export async function findLane(
  db: Db,
  id: number,
): Promise<
  | {
      readonly name: string
      readonly isRoad: boolean
      readonly buckets: readonly LaneBucket[]
      readonly weeks: readonly MeasuredWeek[]
    }
  | undefined
> {
  const place = await db
    .selectFrom('forecastLane')
    .leftJoin('station', 'station.id', 'forecastLane.destinationStationId')
    .select(['forecastLane.destinationStationId', 'forecastLane.roadName', 'station.name'])
    .where('forecastLane.id', '=', id)
    .executeTakeFirst()
  if (!place) return undefined
  const { destinationStationId, roadName } = place
  const isSamePlace = sql<boolean>`forecast_lane.destination_station_id is not distinct from ${destinationStationId}::integer
    and forecast_lane.road_name is not distinct from ${roadName}::text`
  const buckets = await db
    .selectFrom('forecastLane')
    .select(['bucket', 'trips', 'step', 'tests', 'errorMinutes', 'biasMinutes', 'shareWithin', 'plainErrorMinutes'])
    .where(isSamePlace)
    .where(isNewest)
    .orderBy('bucket')
    .execute()
  const weeks = await db
    .selectFrom('forecastLane')
    .innerJoin('forecastMeasurement', 'forecastMeasurement.id', 'forecastLane.measurementId')
    .select(['forecastMeasurement.measuredAt', meanOf('errorMinutes').as('errorMinutes')])
    .where(isSamePlace)
    .groupBy('forecastMeasurement.id')
    .orderBy('forecastMeasurement.id', 'desc')
    .execute()
  return { name: place.name ?? roadName ?? '', isRoad: destinationStationId === null, buckets, weeks }
}
