import { describe, expect, test } from 'vitest'
import type { ContainerPast, EventSettings, PastOperation, PastTrip } from './container-past.ts'
import { defaultEventSettings, eventsOf, isNews } from './events-of.ts'
import { parseFreeDays } from '../terminal/free-days.ts'

const station = (name: string, code: string) => ({ name, code })
const origin = station('УГЛОВАЯ', '982206')
const chita = station('ЧИТА I', '940006')
const omsk = station('ОМСК', '830002')
const destination = station('СЕЛЯТИНО', '181102')
const other = station('ЧЕМСКОЙ', '850000')

function at(day: number, hour = 0): Date {
  return new Date(Date.UTC(2025, 8, day, hour))
}

function operation(day: number, fields: Partial<PastOperation> = {}): PastOperation {
  return {
    operatedAt: at(day),
    stampAt: at(day, 1),
    sourceId: 1,
    operation: 'Прибытие вагона на станцию (1)',
    station: chita,
    stationId: 1,
    destination: undefined,
    wagon: undefined,
    trainNumber: '2001',
    trainIndex: undefined,
    kmLeft: undefined,
    ...fields,
  }
}

const loaded = { operation: 'Погрузка (20)', station: origin, trainNumber: undefined }
const departed = { operation: 'Отправление вагона со станции (2)', station: origin }
const abandoned = { operation: 'Бросание поезда (92)' }

interface Given {
  readonly past: ContainerPast
  readonly settings: EventSettings
}

/** Reports of the source at each stamp of the operations and at `more`; the newest of these is the present. */
function past(
  operations: readonly PastOperation[],
  {
    more = [],
    presence = [],
    ...trip
  }: { more?: readonly Date[] } & Partial<PastTrip> & Partial<Pick<ContainerPast, 'presence'>> = {},
): Given {
  const stamps = [...operations.map(({ stampAt }) => stampAt), ...more].map((stamp) => stamp.getTime())
  const sorted = [...new Set(stamps)].toSorted((a, b) => a - b)
  const newest = new Date(sorted.at(-1) ?? 0)
  const whole = { key: 'trip', origin, destination, dueAt: undefined, finishedAt: undefined, operations, ...trip }
  const present = presence.at(-1)?.isPresent === false ? operations.at(-1)!.stampAt : newest
  return {
    past: { trips: [whole], present: { sourceId: 1, stampAt: present, seenAt: present }, presence, visits: [] },
    settings: { ...defaultEventSettings, stampsOf: () => sorted },
  }
}

function kindsOf({ past, settings }: Given): readonly string[] {
  return eventsOf(past, settings)
    .events.toSorted((a, b) => a.happenedAt.getTime() - b.happenedAt.getTime() || (a.kind < b.kind ? -1 : 1))
    .map(({ kind, happenedAt }) => `${kind} ${happenedAt.getUTCDate()}.${happenedAt.getUTCHours()}`)
}

describe('what a container goes through', () => {
  const cases: readonly (readonly [name: string, given: Given, expected: readonly string[]])[] = [
    ['nothing before it moves', past([operation(1, loaded)]), []],
    ['a departure that is named', past([operation(1, loaded), operation(2, departed)]), ['departed 2.0']],
    [
      'a departure that the next station shows',
      past([operation(1, loaded), operation(2)]),
      ['arrived_at_station 2.0', 'departed 2.0'],
    ],
    [
      'a station on the way, once for all operations there',
      past([operation(1, departed), operation(2), operation(3), operation(4, { station: omsk })]),
      ['departed 1.0', 'arrived_at_station 2.0', 'arrived_at_station 4.0'],
    ],
    [
      'an abandoned train, through other operations at its station, until it is picked up',
      past([operation(1, departed), operation(2, abandoned), operation(3), operation(4, { station: omsk })]),
      ['departed 1.0', 'abandoned 2.0', 'arrived_at_station 2.0', 'arrived_at_station 4.0', 'picked_up 4.0'],
    ],
    [
      'another wagon and another train, but not another number of the same train',
      past([
        operation(1, { ...departed, wagon: '52275476', trainIndex: '9822+123+1811' }),
        operation(2, { station: chita, wagon: '50447762', trainIndex: '9822+123+1811', trainNumber: '2002' }),
        operation(3, { station: chita, wagon: '50447762', trainIndex: '9400+007+1811', trainNumber: '2002' }),
      ]),
      ['departed 1.0', 'arrived_at_station 2.0', 'wagon_changed 2.0', 'train_changed 3.0'],
    ],
    [
      'another destination with an operation',
      past([operation(1, { ...departed, destination: other }), operation(2, { destination })]),
      ['departed 1.0', 'arrived_at_station 2.0', 'destination_changed 2.0'],
    ],
    [
      'another destination without an operation',
      past([operation(1, { ...departed, destination: other })], { more: [at(2)] }),
      ['departed 1.0', 'destination_changed 1.0'],
    ],
    [
      'the arrival and the unloading, and nothing of the tails behind them',
      past([
        operation(1, departed),
        operation(5, { station: destination }),
        operation(6, { station: destination, operation: 'Выгрузка из вагона (21)' }),
        operation(7, { station: omsk, operation: 'Завоз контейнера (73)' }),
      ]),
      ['departed 1.0', 'long_idle_began 4.0', 'arrived 5.0', 'long_idle_ended 5.0', 'unloaded 6.0'],
    ],
    [
      'a long idle time that the newest report shows',
      past([operation(1, departed)], { more: [at(4, 1)] }),
      ['departed 1.0', 'long_idle_began 4.0'],
    ],
    ['no idle time of 72 hours sharp', past([operation(1, departed)], { more: [at(4)] }), ['departed 1.0']],
    [
      'no idle time of an abandoned train',
      past([operation(1, departed), operation(2, abandoned)], { more: [at(9)] }),
      ['departed 1.0', 'abandoned 2.0', 'arrived_at_station 2.0'],
    ],
    [
      'a forecast that moves while the container stands, once for this operation',
      past([operation(1, { ...departed, kmLeft: 600 })], { more: [at(2, 13), at(3, 0), at(3, 13)] }),
      ['departed 1.0', 'forecast_moved 2.13'],
    ],
    [
      'a forecast that comes nearer with an operation',
      past([operation(1, { ...departed, kmLeft: 3_000 }), operation(2, { kmLeft: 1_200 })]),
      ['departed 1.0', 'arrived_at_station 2.0', 'forecast_moved 2.1'],
    ],
    [
      'a norm at risk, then missed, each once',
      past([operation(1, { ...departed, kmLeft: 600 })], { more: [at(3, 1), at(3, 13), at(4)], dueAt: at(2, 12) }),
      ['departed 1.0', 'forecast_moved 3.1', 'norm_at_risk 3.1', 'norm_missed 3.12'],
    ],
    [
      'a norm that the arrival shows to be missed',
      past([operation(1, departed), operation(3, { station: destination })], { dueAt: at(1) }),
      ['departed 1.0', 'norm_missed 2.0', 'arrived 3.0'],
    ],
    [
      'no missed norm of a container that had arrived before the report that was late',
      past([operation(1, departed), operation(2, { station: destination, stampAt: at(4) })], {
        dueAt: at(2),
        more: [at(3, 5)],
      }),
      ['departed 1.0', 'arrived 2.0'],
    ],
    [
      'a container that is missing and returns',
      past([operation(1, departed), operation(3, { station: omsk })], {
        more: [at(2)],
        presence: [
          { sourceId: 1, stampAt: at(2), isPresent: false },
          { sourceId: 1, stampAt: at(3, 1), isPresent: true },
        ],
      }),
      ['departed 1.0', 'missing 2.0', 'arrived_at_station 3.0', 'returned 3.1'],
    ],
    [
      'a container that was missing on a trip that has ended since',
      past([operation(1, departed), operation(3, { station: omsk })], {
        more: [at(2)],
        presence: [
          { sourceId: 1, stampAt: at(2), isPresent: false },
          { sourceId: 1, stampAt: at(3, 1), isPresent: true },
          { sourceId: 1, stampAt: at(5), isPresent: false },
        ],
        finishedAt: at(4),
      }),
      ['departed 1.0', 'missing 2.0', 'arrived_at_station 3.0', 'returned 3.1'],
    ],
    [
      'a container that is missing still',
      past([operation(1, departed)], { more: [at(2)], presence: [{ sourceId: 1, stampAt: at(2), isPresent: false }] }),
      ['departed 1.0', 'missing 2.0'],
    ],
    [
      'nothing of one that left its reports after the unloading',
      past([operation(1, { station: destination, operation: 'Выгрузка из вагона (21)' })], {
        more: [at(2)],
        presence: [{ sourceId: 1, stampAt: at(2), isPresent: false }],
      }),
      ['arrived 1.0', 'unloaded 1.0'],
    ],
  ]
  test.each(cases)('%s', (_, given, expected) => {
    expect(kindsOf(given)).toEqual(expected)
  })
})

test('the moment at which a report of the same operation tells something new is that of the first event', () => {
  const standing = past([operation(1, { ...departed, kmLeft: 600 })])
  const { wakesAt } = eventsOf(standing.past, standing.settings)
  // Usual forecast: 2 days after the operation; a day of way is left at any stamp.
  const moves = at(2, 12)
  expect(Math.abs(wakesAt!.getTime() - moves.getTime())).toBeLessThan(2 * 60_000)
  const early = past([operation(1, { ...departed, kmLeft: 600 })], { more: [at(2, 11)] })
  const late = past([operation(1, { ...departed, kmLeft: 600 })], { more: [at(2, 13)] })
  expect(kindsOf(early)).not.toContain('forecast_moved 2.11')
  expect(kindsOf(late)).toContain('forecast_moved 2.13')
})

test('stays at a terminal, and the end of the days without a charge', () => {
  const freeDays = parseFreeDays('ВСК;40;Селятино=3:1500, *;*;*=10')
  const settings = { ...defaultEventSettings, freeDays: freeDays!, stampsOf: () => [] }
  const visit = {
    key: 'v',
    terminal: 'ВСК',
    direction: 'СЕЛЯТИНО',
    size: '40HC',
    arrivedAt: at(1),
    dispatchedAt: undefined,
  }
  const eventsAt = (stampAt: Date, more = {}) =>
    eventsOf(
      { trips: [], present: undefined, presence: [], visits: [{ ...visit, onSite: true, stampAt, ...more }] },
      settings,
    ).events.map(({ kind, details }) => [kind, details])
  const place = { terminal: 'ВСК' }
  expect(eventsAt(at(2))).toEqual([['came_to_terminal', place]])
  expect(eventsAt(at(3))).toEqual([
    ['came_to_terminal', place],
    ['free_days_end', { ...place, endsAt: at(4).toISOString(), days: 3, dayRate: 1_500 }],
  ])
  expect(eventsAt(at(3), { onSite: false, dispatchedAt: at(2) })).toEqual([
    ['came_to_terminal', place],
    ['left_terminal', place],
  ])
  expect(parseFreeDays('ВСК=3')).toBeUndefined()
})

test('what is past when it becomes known is no news', () => {
  const known = { firstSeenAt: at(1), newestAt: at(10) }
  expect(isNews({ happenedAt: at(9), knownAt: at(9) }, { ...known, firstSeenAt: at(9) })).toBe(true)
  expect(isNews({ happenedAt: at(5), knownAt: at(10) }, { ...known, firstSeenAt: at(10) })).toBe(false)
  expect(isNews({ happenedAt: at(5), knownAt: at(10) }, known)).toBe(true)
  expect(isNews({ happenedAt: at(5), knownAt: at(6) }, known)).toBe(false)
})
