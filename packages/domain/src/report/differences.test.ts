import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differencesOf, hasChanged } from './differences.ts'
import { packState, readState, type ReportState } from './report-state.ts'

const settings = { forecastMovedHours: 12 }

const started = new Date('2026-11-18T00:00:00Z')
const day = (date: number, hour = 0) => new Date(Date.UTC(2026, 10, date, hour))

function aState(fields: Partial<ReportState> = {}): ReportState {
  return {
    container: 'CSQU3054383',
    status: 'en_route',
    station: 'ЗАБАЙКАЛЬСК',
    destination: 'СЕЛЯТИНО',
    kmLeft: 6_000,
    wagon: '52275476',
    trainNumber: '2731',
    trainIndex: '9822+123+1811',
    arrivesAt: day(30),
    tripStartedAt: started,
    waybill: 'ЭФ038927',
    ...fields,
  }
}

const kinds = (before: Partial<ReportState>, after: Partial<ReportState>) =>
  differencesOf([aState(before)], [aState(after)], settings).map(({ kind }) => kind)

describe('what differs between two reports', () => {
  test.each<[string, Partial<ReportState>, Partial<ReportState>, readonly string[]]>([
    ['nothing', {}, {}, []],
    ['a move', {}, { station: 'ЧИТА', kmLeft: 5_600 }, ['moved']],
    ['a move without a distance', { kmLeft: undefined }, { kmLeft: undefined, station: 'ЧИТА' }, ['moved']],
    ['a distance that is known of late', { kmLeft: undefined }, {}, []],
    [
      'an arrival, and not the way to it',
      {},
      { status: 'at_destination', station: 'СЕЛЯТИНО', kmLeft: 0 },
      ['arrived'],
    ],
    ['an unloading', { status: 'at_destination' }, { status: 'unloaded' }, ['unloaded']],
    ['an abandoned train', {}, { status: 'abandoned' }, ['abandoned']],
    ['a train that was picked up and stands', { status: 'abandoned' }, { status: 'standing' }, ['picked_up']],
    ['a container that stood still', {}, { status: 'standing' }, ['stood']],
    ['a departure', { status: 'at_origin' }, { status: 'en_route' }, ['left']],
    ['a loss', {}, { status: 'missing' }, ['missing']],
    ['a loss that is old', { status: 'missing' }, { status: 'dropped' }, []],
    ['a return', { status: 'missing' }, {}, ['returned']],
    ['another wagon', {}, { wagon: '50447762' }, ['wagon_changed']],
    ['a wagon that is known of late', { wagon: undefined }, {}, []],
    ['another number of the same train', {}, { trainNumber: '9001' }, []],
    ['another train', {}, { trainIndex: '8600+001+1811' }, ['train_changed']],
    [
      'another train without an index',
      { trainIndex: undefined },
      { trainIndex: undefined, trainNumber: '1' },
      ['train_changed'],
    ],
    ['another destination', {}, { destination: 'ЧЕМСКОЙ' }, ['destination_changed']],
    ['a forecast 11 hours later', {}, { arrivesAt: day(30, 11) }, []],
    ['a forecast 12 hours later', {}, { arrivesAt: day(30, 12) }, ['forecast_moved']],
    ['a forecast 12 hours earlier', {}, { arrivesAt: day(29, 12) }, ['forecast_moved']],
    [
      'another trip, and nothing of the former one',
      {},
      { tripStartedAt: day(29), kmLeft: 9_000, wagon: '1' },
      ['new_trip'],
    ],
    ['another waybill of the same trip', {}, { waybill: 'ЭФ000001' }, []],
    [
      'another waybill without a start',
      { tripStartedAt: null },
      { tripStartedAt: null, waybill: 'ЭФ000001' },
      ['new_trip'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(kinds(before, after)).toEqual(expected)
  })

  test('numbers come and go', () => {
    const [kept, gone, added] = ['A', 'B', 'C'].map((container) => aState({ container }))
    expect(differencesOf([kept!, gone!], [kept!, added!], settings)).toMatchObject([
      { kind: 'new', container: 'C', before: undefined, after: { text: 'ЗАБАЙКАЛЬСК' } },
      { kind: 'gone', container: 'B', before: { text: 'ЗАБАЙКАЛЬСК' }, after: undefined },
    ])
  })

  test('the most important comes first, of equals the biggest', () => {
    const before = ['A', 'B', 'C', 'D'].map((container) => aState({ container }))
    const after = [
      aState({ container: 'A', kmLeft: 5_900 }),
      aState({ container: 'B', kmLeft: 5_000 }),
      aState({ container: 'C', arrivesAt: day(20) }),
      aState({ container: 'D', status: 'abandoned', arrivesAt: day(31) }),
    ]
    expect(differencesOf(before, after, settings).map(({ kind, container, size }) => [kind, container, size])).toEqual([
      ['abandoned', 'D', undefined],
      ['forecast_moved', 'C', -240],
      ['forecast_moved', 'D', 24],
      ['moved', 'B', 1_000],
      ['moved', 'A', 100],
    ])
  })
})

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })
const moment = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1_000))
const anyState: fc.Arbitrary<ReportState> = fc.record({
  container: fc.string({ minLength: 1 }),
  status: fc.constantFrom('en_route', 'standing', 'abandoned', 'missing', 'unloaded', 'at_destination', 'dropped'),
  station: fc.string(),
  destination: maybe(fc.string()),
  kmLeft: maybe(fc.integer()),
  wagon: maybe(fc.string()),
  trainNumber: maybe(fc.string()),
  trainIndex: maybe(fc.string()),
  arrivesAt: maybe(moment),
  tripStartedAt: fc.option(moment, { nil: null }),
  waybill: fc.option(fc.string(), { nil: null }),
})

test('a state is read as it was packed, through JSON, and then nothing has changed', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      const stored = JSON.parse(JSON.stringify(packState(state))) as ReturnType<typeof packState>
      expect(readState(stored)).toEqual(state)
      expect(hasChanged([state], [readState(stored)!], settings)).toBe(false)
    }),
  )
})

test('something else is no state', () => {
  expect(readState([])).toBeUndefined()
  expect(readState([1, 'en_route', 'ЧИТА'])).toBeUndefined()
})
