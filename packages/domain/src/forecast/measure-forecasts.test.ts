import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ForecastMeasurement,
  type ForecastRules,
  forecastRules,
  type LaneMeasurement,
  measureForecasts,
} from './measure-forecasts.ts'
import { kmBucketOf } from './pace.ts'
import { pacesOfStations } from './paces-of-stations.ts'
import { type FinishedTrip, type ForecastSample, samplesOf } from './samples.ts'

const dayMs = 86_400_000
const start = Date.UTC(2025, 0, 1)
const day = (count: number) => new Date(start + count * dayMs)

interface Given {
  readonly stationId?: number
  readonly road?: string | undefined
  readonly kmLeft?: number
  /** Days from the operation to the arrival. */
  readonly way?: number
  readonly arrives: number
}

let tripId = 0

function aTrip({ stationId = 1, road = 'МОСКОВСКАЯ', kmLeft = 1200, way = 5, arrives }: Given): FinishedTrip {
  tripId += 1
  const operations = [{ operatedAt: day(arrives - way), kmLeft }]
  return { tripId, stationId, road, arrivedAt: day(arrives), operations }
}

/** One trip a day; `wayOf` gives the days of its way. */
function daily(count: number, wayOf: (arrives: number) => number, given: Partial<Given> = {}): ForecastSample[] {
  return Array.from({ length: count }, (_, arrives) => aTrip({ ...given, arrives, way: wayOf(arrives) })).flatMap(
    samplesOf,
  )
}

function laneOf(samples: readonly ForecastSample[], stationId = 1): LaneMeasurement | undefined {
  return measured(samples).lanes.find(({ place }) => place.kind === 'lane' && place.stationId === stationId)
}

function measured(samples: readonly ForecastSample[], rules?: ForecastRules): ForecastMeasurement {
  const steps = measureForecasts(samples, rules)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

const days = (minutes: number | undefined) => (minutes ?? Number.NaN) / 1440

const elsewhere = { stationId: 2, road: 'ЗАБАЙКАЛЬСКАЯ' }

describe('the figures of a lane', () => {
  test('are used where they were better than 600 km a day', () => {
    // The plain pace says 3 days for 1,200 km.
    const lane = laneOf(daily(60, (n) => 5 + (n % 3) / 2))
    expect(lane).toMatchObject({ step: 'lane', trips: 60, pace: { step: 'lane', trips: 60 } })
    expect(days(lane?.pace?.usualMinutes)).toBe(3.5)
    expect(days(lane?.result?.errorMinutes)).toBeCloseTo(1 / 3, 1)
    expect(days(lane?.plain?.errorMinutes)).toBeCloseTo(2.5, 1)
    expect(lane?.result?.shareWithin).toBe(1)
  })

  test('are not used where 600 km a day was as good', () => {
    expect(laneOf(daily(60, () => 3))).toMatchObject({ step: 'plain', pace: undefined })
  })

  test.each([7, 8])('need eight trips before the test: %d', (count) => {
    const others = daily(100, () => 3, elsewhere)
    const tests = Array.from({ length: 20 }, (_, n) => aTrip({ arrives: 80 + n / 4, way: 5 })).flatMap(samplesOf)
    expect(laneOf([...daily(count, () => 5), ...others, ...tests])?.step).toBe(count < 8 ? 'plain' : 'lane')
  })

  test('need more than one train, however many containers it brings', () => {
    const train = (arrives: number) => Array.from({ length: 50 }, () => aTrip({ arrives, way: 9 })).flatMap(samplesOf)
    const others = daily(90, () => 3, elsewhere)
    expect(laneOf([...train(5), ...train(6), ...others, ...train(60)])).toMatchObject({ step: 'plain' })
    expect(laneOf([...train(5), ...train(6), ...train(7), ...others, ...train(60)])).toMatchObject({ step: 'lane' })
  })

  test('are tested as they were before the tests came: what comes later widens no window', () => {
    const lane = laneOf(daily(100, (n) => (n < 60 ? 4 : 8)))
    expect(lane).toMatchObject({
      step: 'lane',
      result: { errorMinutes: 4 * 1440, biasMinutes: -4 * 1440, shareWithin: 0 },
    })
    // The figures that are used from now on know the late ones too.
    expect(days(lane?.pace?.highMinutes)).toBe(6)
  })

  test('are not tested by young operations, of which only the fast ones have arrived', () => {
    const ways = [2, 2.4, 2.8, 3.2, 3.6, 4, 4.4, 4.8, 5.2, 5.6]
    const samples = ways.flatMap((way) => daily(100, () => way))
    const known = samples.filter(({ arrivedAt }) => arrivedAt <= day(30))
    const biasOf = (rules: Partial<ForecastRules>) =>
      measured(known, { ...forecastRules, ...rules }).lanes.map(({ result }) => days(result?.biasMinutes))[0]
    expect(biasOf({})).toBeCloseTo(0, 1)
    expect(biasOf({ slowTimes: 0, slowDays: 0 })).toBeGreaterThan(0.1)
  })
})

describe('the ladder', () => {
  const road = 'ЗАПАДНО-СИБИРСКАЯ'
  const known = daily(80, () => 6, { stationId: 1, road })

  test('goes to the road for a station with few trips', () => {
    const few = [10, 20, 66, 67, 68, 69].flatMap((arrives) =>
      samplesOf(aTrip({ stationId: 2, road, way: 6.1, arrives })),
    )
    const lane = laneOf([...known, ...few], 2)
    expect(lane).toMatchObject({ step: 'road', trips: 6, pace: { step: 'road' } })
    expect(days(lane?.pace?.usualMinutes)).toBe(4)
  })

  test('prefers the plain pace to a road that was worse for the station', () => {
    const few = [10, 20, 66, 67, 68, 69].flatMap((arrives) => samplesOf(aTrip({ stationId: 2, road, way: 3, arrives })))
    expect(laneOf([...known, ...few], 2)).toMatchObject({ step: 'plain', pace: undefined })
  })

  test('prefers a road to a lane that was worse in the test', () => {
    // The station was slow once, and has been like the others since.
    const once = Array.from({ length: 10 }, (_, n) => aTrip({ stationId: 2, road, way: 12, arrives: 12 + n })).flatMap(
      samplesOf,
    )
    const since = [66, 67, 68, 69].flatMap((arrives) => samplesOf(aTrip({ stationId: 2, road, way: 6, arrives })))
    expect(laneOf([...known, ...once, ...since], 2)?.step).toBe('road')
  })

  test('gives a station without trips the figures of its road, and none where no road is known', () => {
    const { lanes } = measured(known)
    const paces = pacesOfStations(lanes, [
      { stationId: 1, road },
      { stationId: 7, road },
      { stationId: 8, road: undefined },
      { stationId: 9, road: 'СВЕРДЛОВСКАЯ' },
    ])
    expect(paces.map(({ stationId, bucket, pace }) => [stationId, bucket, pace.step])).toEqual([
      [1, kmBucketOf(1200), 'lane'],
      [7, kmBucketOf(1200), 'road'],
    ])
  })
})

test('a few wild trips change nothing that people notice', () => {
  const sound = daily(100, (n) => 5 + (n % 5) / 4)
  const wild = [1, 2, 59, 0.01, 40].map((way, n) => aTrip({ way, arrives: 20 + n })).flatMap(samplesOf)
  const [without, withThem] = [laneOf(sound), laneOf([...sound, ...wild])]
  expect(withThem?.step).toBe('lane')
  expect(Math.abs(days(withThem?.pace?.usualMinutes) - days(without?.pace?.usualMinutes))).toBeLessThanOrEqual(0.25)
})

test('nothing is measured of nothing', () => {
  expect(measured([])).toEqual({ splitAt: undefined, trips: 0, samples: 0, lanes: [] })
})

test('a chosen step was never worse than the plain pace, whatever the trips are', () => {
  const trip = fc.record({
    stationId: fc.constantFrom(1, 2, 3),
    road: fc.constantFrom('А', 'Б', undefined),
    kmLeft: fc.integer({ min: -10, max: 13_000 }),
    way: fc.double({ min: -1, max: 70, noNaN: true }),
    arrives: fc.integer({ min: 0, max: 100 }),
  })
  fc.assert(
    fc.property(fc.array(trip, { maxLength: 120 }), (trips) => {
      const { lanes } = measured(trips.flatMap((one) => samplesOf(aTrip(one))))
      const isWrong = ({ pace, result, plain }: LaneMeasurement) =>
        pace !== undefined &&
        ((result && plain && result.errorMinutes >= plain.errorMinutes) ||
          pace.lowMinutes > pace.usualMinutes ||
          pace.usualMinutes > pace.highMinutes)
      expect(lanes.filter(isWrong)).toEqual([])
    }),
    { numRuns: 60, seed: 5 },
  )
})
