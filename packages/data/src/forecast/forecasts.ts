import {
  type BackTest,
  type ForecastMeasurement,
  type ForecastStep,
  type LaneMeasurement,
  type Pace,
  pacesOfStations,
} from '@atermtrack/domain'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { ForecastLane } from '../schema.generated.ts'

/** Measurements that are kept: half a year of weeks. */
export const keptMeasurements = 26

const rowsAtOnce = 1_000

/** When forecasts are measured again: a week after the last time, or a day after a time that found no trips. */
export async function isDue(db: Db): Promise<boolean> {
  const newest = await db
    .selectFrom('forecastMeasurement')
    .select(
      sql<boolean>`measured_at < now() - case when trips = 0 then interval '20 hours' else interval '6 days 20 hours' end`.as(
        'isOld',
      ),
    )
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.isOld ?? true
}

/** Stores a measurement, puts its paces in place of the former ones, and forgets the oldest measurements. Runs in a transaction. */
export async function insert(tx: Db, { lanes, splitAt, trips, samples }: ForecastMeasurement): Promise<void> {
  const { id } = await tx
    .insertInto('forecastMeasurement')
    .values({ splitAt: splitAt ?? null, trips, samples })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (let at = 0; at < lanes.length; at += rowsAtOnce) {
    const rows = lanes.slice(at, at + rowsAtOnce).map((lane) => ({ measurementId: id, ...toRow(lane) }))
    await tx.insertInto('forecastLane').values(rows).execute()
  }
  await replacePaces(tx, lanes)
  await tx
    .deleteFrom('forecastMeasurement')
    .where('id', '<=', (eb) =>
      eb.selectFrom('forecastMeasurement').select('id').orderBy('id', 'desc').offset(keptMeasurements).limit(1),
    )
    .execute()
}

/** Gives the stations that have become destinations since the newest measurement their paces. Runs in a transaction. */
export async function renewPaces(tx: Db): Promise<void> {
  const rows = await tx
    .selectFrom('forecastLane')
    .selectAll()
    .where('measurementId', '=', (eb) => eb.selectFrom('forecastMeasurement').select(sql<number>`max(id)`.as('id')))
    .execute()
  if (rows.length > 0) await replacePaces(tx, rows.map(toLane))
}

async function replacePaces(tx: Db, lanes: readonly LaneMeasurement[]): Promise<void> {
  // Two that replace at once would each insert every row.
  await sql`select pg_advisory_xact_lock(hashtextextended('forecast-pace', 0))`.execute(tx)
  const rows = pacesOfStations(lanes, await listDestinations(tx)).map(({ stationId, bucket, pace }) => ({
    destinationStationId: stationId,
    bucket,
    ...pace,
  }))
  await tx.deleteFrom('forecastPace').execute()
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    await tx
      .insertInto('forecastPace')
      .values(rows.slice(at, at + rowsAtOnce))
      .execute()
  }
}

/** Stations that reports have named as a destination. */
async function listDestinations(db: Db) {
  const rows = await db
    .selectFrom('station')
    .select(['id', 'roadName'])
    .where('id', 'in', (eb) =>
      eb.selectFrom('consignment').select('destinationStationId').where('destinationStationId', 'is not', null),
    )
    .execute()
  return rows.map(({ id, roadName }) => ({ stationId: id, road: roadName ?? undefined }))
}

function toRow({ place, bucket, trips, step, pace, result, plain }: LaneMeasurement) {
  return {
    destinationStationId: place.kind === 'lane' ? place.stationId : null,
    roadName: place.kind === 'road' ? place.road : null,
    bucket,
    trips,
    step,
    ...figuresOf(pace),
    ...(pace && !result ? { ...untested, errorMinutes: pace.errorMinutes } : testOf(result)),
    plainErrorMinutes: plain?.errorMinutes ?? null,
  }
}

function figuresOf(pace: Pace | undefined) {
  if (!pace) return { usualMinutes: null, lowMinutes: null, highMinutes: null }
  const { usualMinutes, lowMinutes, highMinutes } = pace
  return { usualMinutes, lowMinutes, highMinutes }
}

const untested = { tests: 0, biasMinutes: null, shareWithin: null }

function testOf(result: BackTest | undefined) {
  if (!result) return { ...untested, errorMinutes: null }
  const { tests, errorMinutes, biasMinutes, shareWithin = null } = result
  return { tests, errorMinutes, biasMinutes, shareWithin }
}

function toLane(row: Selectable<ForecastLane>): LaneMeasurement {
  const { destinationStationId, roadName, bucket, trips, step, tests } = row
  const result = { tests, errorMinutes: row.errorMinutes ?? 0, biasMinutes: row.biasMinutes ?? 0 }
  return {
    place:
      destinationStationId === null
        ? { kind: 'road', road: roadName ?? '' }
        : { kind: 'lane', stationId: destinationStationId },
    bucket,
    trips,
    step,
    pace: paceOfRow(step, row),
    result: tests > 0 ? { ...result, shareWithin: row.shareWithin ?? undefined } : undefined,
    plain: undefined,
  }
}

function paceOfRow(step: ForecastStep, row: Selectable<ForecastLane>): Pace | undefined {
  const { usualMinutes, lowMinutes, highMinutes, errorMinutes, trips } = row
  if (step === 'plain' || usualMinutes === null || lowMinutes === null || highMinutes === null) return undefined
  return { step, usualMinutes, lowMinutes, highMinutes, errorMinutes: errorMinutes ?? 0, trips }
}
