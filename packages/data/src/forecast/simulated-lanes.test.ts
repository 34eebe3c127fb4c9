import { backTest, type FinishedTrip, pacesOfStations, samplesOf } from '@atermtrack/domain'
import { createWorld, type SimulatedTrip } from '@atermtrack/testkit'
import { expect, test } from 'vitest'
import { measureAtOnce } from './trips.test-helper.ts'

const dayMs = 86_400_000
const from = new Date('2025-01-01T00:00:00Z')
const day = (count: number) => new Date(from.getTime() + count * dayMs)

/** The trips of trains that leave on some days, as they end; stations are numbered by the place of their name. */
function runTrains({ seed, first, until }: { readonly seed: number; readonly first: number; readonly until: number }) {
  const trains = createWorld({ seed, scale: 1 }).trainsBetween(day(first), day(until))
  return trains.flatMap(({ trips }) => trips).flatMap(toFinished)
}

const stations: string[] = []

function toFinished(trip: SimulatedTrip): readonly FinishedTrip[] {
  const { stop } = trip.operations.at(-1)!
  const arrival = trip.operations.find((operation) => operation.stop.station === stop.station)
  if (!arrival) return []
  if (!stations.includes(stop.station)) stations.push(stop.station)
  const operations = trip.operations
    .filter(({ at }) => at < arrival.at)
    .map(({ at, stop: { km } }) => ({ operatedAt: at, kmLeft: stop.km - km }))
  const stationId = stations.indexOf(stop.station)
  return [{ tripId: trip.serial, stationId, road: stop.road, arrivedAt: arrival.at, operations }]
}

test('forecasts from the trips of half a year beat 600 km a day on the trains that follow', () => {
  const seed = 7
  const measurement = measureAtOnce(runTrains({ seed, first: 0, until: 180 }).flatMap(samplesOf))
  const places = stations.map((_name, stationId) => ({ stationId, road: undefined }))
  const paces = pacesOfStations(measurement.lanes, places)
  const later = runTrains({ seed, first: 200, until: 280 }).flatMap(samplesOf)
  let [tests, measured, plain, within, tested] = [0, 0, 0, 0, 0]
  for (const sample of later) {
    const pace = paces.find(({ stationId, bucket }) => stationId === sample.stationId && bucket === sample.bucket)?.pace
    const outcome = backTest([sample], pace)
    tests += 1
    measured += outcome?.errorMinutes ?? 0
    plain += backTest([sample], undefined)?.errorMinutes ?? 0
    if (!pace) continue
    tested += 1
    within += outcome?.shareWithin ?? 0
  }
  expect(tested / tests).toBeGreaterThan(0.8)
  expect(measured).toBeLessThan(plain * 0.8)
  expect(within / tested).toBeGreaterThan(0.7)
})
