import { type LaneMeasurement, samplesOf } from '@atermtrack/domain'
import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { listArrivedTrips, sampleLimits, withOperations } from './finished-trips.ts'
import * as forecasts from './forecasts.ts'
import { aDestination, arriveDaily, measureAtOnce } from './trips.test-helper.ts'

const all = { ...sampleLimits, trips: 1_000 }

test('finished trips come with the operations of their way, and with those of no other', async ({ db }) => {
  const [station, other] = [await aDestination(db, 'СЕЛЯТИНО'), await aDestination(db, 'ЧЕМСКОЙ')]
  await arriveDaily(db, { station, days: 3, way: 5 })
  await sql`insert into consignment (key, destination_station_id) values (1, ${station}), (2, ${other})`.execute(db)
  await sql`update movement set consignment_key = 1`.execute(db)
  // On the way to another station, without a distance, after the arrival, years ago.
  await sql`insert into movement select (movement).* from (
    select jsonb_populate_record(movement, change) as movement from movement
    join trip on trip.id = trip_id and movement.operated_at < trip.arrived_at, lateral (values
      (jsonb_build_object('operated_at', operated_at + interval '1 hour', 'consignment_key', 2)),
      (jsonb_build_object('operated_at', operated_at + interval '2 hours', 'km_left', null)),
      (jsonb_build_object('operated_at', arrived_at + interval '3 hours')),
      (jsonb_build_object('operated_at', arrived_at - interval '3 years'))) as changes (change)) as changed`.execute(db)
  const trips = await withOperations(db, await listArrivedTrips(db, all))
  expect(trips.map(({ operations }) => operations.map(({ kmLeft }) => kmLeft))).toEqual([[1200], [1200], [1200]])
  expect(trips.map(({ stationId, road }) => `${stationId} ${road}`)).toEqual(trips.map(() => `${station} МОСКОВСКАЯ`))
})

test('of many trips some of each station are sampled, over the whole period', async ({ db }) => {
  const [large, small] = [await aDestination(db, 'СЕЛЯТИНО'), await aDestination(db, 'ЧЕМСКОЙ')]
  await arriveDaily(db, { station: large, days: 100, way: 5 })
  await arriveDaily(db, { station: small, days: 4, way: 5 })
  const sampled = await listArrivedTrips(db, { ...all, days: 90, tripsOfStation: 30 })
  const ofLarge = sampled.filter(({ stationId }) => stationId === large).map(({ arrivedAt }) => arrivedAt.getTime())
  expect([ofLarge.length, sampled.length]).toEqual([30, 34])
  expect((Math.max(...ofLarge) - Math.min(...ofLarge)) / 86_400_000).toBeGreaterThan(45)
  expect((await listArrivedTrips(db, { ...all, trips: 7 })).length).toBe(7)
})

test('a measurement gives each destination its paces, the next one replaces them', async ({ db }) => {
  const [station, sister] = [await aDestination(db, 'СЕЛЯТИНО'), await aDestination(db, 'ЭЛЕКТРОУГЛИ')]
  await arriveDaily(db, { station, days: 60, way: 5 })
  await sql`insert into consignment (key, destination_station_id) values (1, ${station}), (2, ${sister})`.execute(db)
  expect(await forecasts.isDue(db)).toBe(true)
  await measure(db)
  expect(await forecasts.isDue(db)).toBe(false)
  expect(await pacesOf(db)).toEqual([
    { destinationStationId: station, bucket: 5, step: 'lane', usualMinutes: 4320, trips: 60 },
    { destinationStationId: sister, bucket: 5, step: 'road', usualMinutes: 4320, trips: 60 },
  ])
  await sql`delete from trip`.execute(db)
  await measure(db)
  expect(await pacesOf(db)).toEqual([])
})

test('a station that becomes a destination gets the paces of its road before the next measurement', async ({ db }) => {
  const [station, sister] = [await aDestination(db, 'СЕЛЯТИНО'), await aDestination(db, 'ЭЛЕКТРОУГЛИ')]
  await arriveDaily(db, { station, days: 60, way: 5 })
  await sql`insert into consignment (key, destination_station_id) values (1, ${station})`.execute(db)
  await measure(db)
  const before = await pacesOf(db)
  await sql`insert into consignment (key, destination_station_id) values (2, ${sister})`.execute(db)
  await db.transaction().execute(async (tx) => forecasts.renewPaces(tx))
  expect(await pacesOf(db)).toEqual([
    ...before,
    { destinationStationId: sister, bucket: 5, step: 'road', usualMinutes: 4320, trips: 60 },
  ])
})

test('forecasts are measured each week, and each day as long as there are no trips', async ({ db }) => {
  await measure(db)
  await sql`update forecast_measurement set measured_at = now() - interval '1 day'`.execute(db)
  expect(await forecasts.isDue(db)).toBe(true)
  await sql`update forecast_measurement set trips = 1`.execute(db)
  expect(await forecasts.isDue(db)).toBe(false)
  await sql`update forecast_measurement set measured_at = now() - interval '7 days'`.execute(db)
  expect(await forecasts.isDue(db)).toBe(true)
})

test('half a year of measurements is kept', async ({ db }) => {
  const lanes: readonly LaneMeasurement[] = [
    {
      place: { kind: 'lane', stationId: 1 },
      bucket: 1,
      trips: 1,
      step: 'plain',
      pace: undefined,
      result: undefined,
      plain: undefined,
    },
  ]
  for (let week = 0; week < forecasts.keptMeasurements + 3; week += 1) {
    await db
      .transaction()
      .execute(async (tx) => forecasts.insert(tx, { splitAt: undefined, trips: 1, samples: 1, lanes }))
  }
  const { rows } = await sql`select measurement_id from forecast_lane`.execute(db)
  expect(rows.length).toBe(forecasts.keptMeasurements)
})

async function measure(db: Db): Promise<void> {
  const trips = await withOperations(db, await listArrivedTrips(db))
  const measurement = measureAtOnce(trips.flatMap(samplesOf))
  await db.transaction().execute(async (tx) => forecasts.insert(tx, measurement))
}

async function pacesOf(db: Db) {
  return db
    .selectFrom('forecastPace')
    .select(['destinationStationId', 'bucket', 'step', 'usualMinutes', 'trips'])
    .orderBy('destinationStationId')
    .orderBy('bucket')
    .execute()
}
