import { type FinishedTrip, mostDaysOfWay } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** How much of the past a measurement looks at. */
export interface SampleLimits {
  /** Trips that arrived within so many days before the newest arrival. */
  readonly days: number
  readonly tripsOfStation: number
  readonly trips: number
}

/** Enough for figures that hardly move any more, and little enough for any machine. */
export const sampleLimits: SampleLimits = { days: 180, tripsOfStation: 400, trips: 20_000 }

/** A trip without its operations. */
export type ArrivedTrip = Omit<FinishedTrip, 'operations'> & { readonly container: string }

/**
 * Trips that have arrived, some of each station: a sample over the whole period, always the same for the same trips. The newest arrival
 * counts as the end of the period, so that old data can be measured as well.
 */
export async function listArrivedTrips(db: Db, limits: SampleLimits = sampleLimits): Promise<readonly ArrivedTrip[]> {
  const { days, tripsOfStation, trips } = limits
  // The ids alone are put in order: very many trips arrive in half a year.
  const arrived = db
    .selectFrom('trip')
    .select('id')
    .select(sql<number>`row_number() over (partition by destination_station_id order by hashint8(id), id)`.as('place'))
    .where('arrivedAt', '>', (eb) =>
      eb
        .selectFrom('trip')
        .select(
          sql<Date>`max(arrived_at) filter (where arrived_at <= now()) - make_interval(days => ${days})`.as('since'),
        ),
    )
    .where('arrivedAt', '<=', sql<Date>`now()`)
    .whereRef('firstOperatedAt', '<', 'arrivedAt')
    .where('destinationStationId', 'is not', null)
  const sampled = db
    .selectFrom(arrived.as('arrived'))
    .select('id')
    .where('place', '<=', tripsOfStation)
    .orderBy('place')
    .orderBy('id')
    .limit(trips)
  const rows = await db
    .selectFrom(sampled.as('sampled'))
    .innerJoin('trip', 'trip.id', 'sampled.id')
    .innerJoin('station', 'station.id', 'trip.destinationStationId')
    .select(['trip.id as tripId', 'trip.container', 'station.id as stationId', 'station.roadName', 'trip.arrivedAt'])
    .orderBy('trip.id')
    .execute()
  return rows.flatMap(({ arrivedAt, roadName, ...trip }) =>
    arrivedAt === null ? [] : [{ ...trip, arrivedAt, road: roadName ?? undefined }],
  )
}

/**
 * Adds the operations of some trips before their arrival. An operation under a consignment to another station counts its kilometres
 * to that one, and is left out.
 */
export async function withOperations(db: Db, trips: readonly ArrivedTrip[]): Promise<readonly FinishedTrip[]> {
  const byId = new Map(
    trips.map((trip) => [trip.tripId, { ...trip, operations: [] as FinishedTrip['operations'][number][] }]),
  )
  const rows = await db
    .selectFrom('movement')
    .innerJoin('trip', (join) =>
      join.onRef('trip.id', '=', 'movement.tripId').onRef('trip.container', '=', 'movement.container'),
    )
    .leftJoin('consignment', 'consignment.key', 'movement.consignmentKey')
    .select(['movement.tripId', 'movement.operatedAt', 'movement.kmLeft'])
    .where(
      'movement.container',
      '=',
      sql<string>`any(${[...new Set(trips.map(({ container }) => container))]}::text[])`,
    )
    .where('trip.id', '=', sql<number>`any(${[...byId.keys()]}::bigint[])`)
    .whereRef('movement.operatedAt', '<', 'trip.arrivedAt')
    .where('movement.operatedAt', '>', sql<Date>`trip.arrived_at - make_interval(days => ${mostDaysOfWay})`)
    .where('movement.kmLeft', '>', 0)
    .where(
      sql<boolean>`coalesce(consignment.destination_station_id, trip.destination_station_id) = trip.destination_station_id`,
    )
    .orderBy('movement.container')
    .orderBy('movement.operatedAt')
    .orderBy('movement.kmLeft', 'desc')
    .execute()
  for (const { tripId, operatedAt, kmLeft } of rows) {
    if (tripId !== null && kmLeft !== null) byId.get(tripId)?.operations.push({ operatedAt, kmLeft })
  }
  return [...byId.values()]
}
