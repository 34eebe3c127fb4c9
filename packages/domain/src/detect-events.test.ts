import { describe, expect, test } from 'vitest'
import {
  defaultForecastMovedHours,
  detectEvents,
  type ContainerEvent,
  type EventKind,
  type TrackedPosition,
} from './detect-events.ts'
import { defaultStandingAfterMinutes, deriveStatus, operationMeanings } from './status.ts'

const settings = {
  meanings: operationMeanings,
  standingAfterMinutes: defaultStandingAfterMinutes,
  forecastMovedHours: defaultForecastMovedHours,
}
const origin = { name: 'УГЛОВАЯ', code: '982206' }
const chita = { name: 'ЧИТА I', code: '940006' }
const ulanUde = { name: 'УЛАН-УДЭ', code: '935506' }
const selyatino = { name: 'СЕЛЯТИНО', code: '181102' }
const kleshchikha = { name: 'КЛЕЩИХА', code: '850205' }
const hour = (n: number) => new Date(Date.UTC(2025, 8, 1, n))

const enRoute: TrackedPosition = {
  status: 'en_route',
  operation: 'Отправление вагона со станции (2)',
  operationStation: chita,
  originStation: origin,
  destinationStation: selyatino,
  trainNumber: '1988',
  trainIndex: '9822+988+1811 УГЛОВАЯ+СЕЛЯТИНО',
  waybill: 'ЭФ038927',
  tripStartedAt: hour(0),
  tripEndedAt: undefined,
  wagon: '58955428',
  kmLeft: undefined,
  operatedAt: hour(10),
  stampAt: hour(12),
  missingSince: undefined,
}
const at = { operatedAt: hour(20), stampAt: hour(22) }
const loaded = { status: 'at_origin', operation: 'Погрузка (20)', operationStation: origin, wagon: undefined } as const
const atDestination = { status: 'at_destination', operation: 'Прибытие (1)', operationStation: selyatino } as const
const unloaded = { status: 'unloaded', operation: 'Выгрузка (21)', operationStation: selyatino } as const
const standing = { status: 'standing', stampAt: hour(35) } as const
const abandoned = { status: 'abandoned', operation: 'Бросание поезда (92)' } as const

function detect(before: Partial<TrackedPosition>, after: Partial<TrackedPosition>): ContainerEvent[] {
  return detectEvents({ ...enRoute, ...before }, { ...enRoute, ...at, ...after }, settings)
}

test.each<[string, EventKind[], Partial<TrackedPosition>, Partial<TrackedPosition>]>([
  ['nothing new', [], {}, {}],
  ['a departure', ['departed', 'arrived_station'], loaded, {}],
  ['a departure from the origin itself', ['departed'], loaded, { operationStation: origin }],
  ['loading', [], loaded, loaded],
  ['another station', ['arrived_station'], {}, { operationStation: ulanUde }],
  ['an abandonment', ['abandoned'], {}, abandoned],
  ['a lasting abandonment', [], abandoned, abandoned],
  ['picking up', ['picked_up'], abandoned, {}],
  ['a long idle', ['idle_began'], {}, standing],
  ['a longer idle', [], standing, { ...standing, stampAt: hour(60) }],
  ['the end of an idle', ['idle_ended'], standing, { operatedAt: hour(40), stampAt: hour(41) }],
  ['a raised threshold of idle', [], standing, { operatedAt: hour(10), stampAt: hour(36) }],
  ['an abandonment after an idle', ['abandoned'], standing, { ...abandoned, stampAt: hour(41) }],
  ['another wagon', ['wagon_changed'], {}, { wagon: '96155189' }],
  ['an unknown wagon', [], {}, { wagon: undefined }],
  ['another train', ['train_changed'], {}, { trainIndex: '8503+001+1811', trainNumber: '1111' }],
  ['another number of the same train', [], {}, { trainNumber: '2988' }],
  ['another number of a train without index', ['train_changed'], { trainIndex: undefined }, { trainNumber: '2988' }],
  ['no train', [], {}, { trainIndex: undefined, trainNumber: undefined }],
  ['another destination', ['destination_changed'], {}, { destinationStation: kleshchikha }],
  ['an unknown destination', [], {}, { destinationStation: undefined }],
  ['a destination that becomes known', [], { destinationStation: undefined }, {}],
  ['an arrival', ['arrived'], {}, atDestination],
  ['an unloading', ['unloaded'], atDestination, unloaded],
  ['an unloading that shows at once', ['arrived', 'unloaded'], {}, unloaded],
  ['the issue after the unloading', [], unloaded, { ...unloaded, operation: 'Выдача' }],
  ['the hauling after the unloading', [], unloaded, { ...unloaded, operation: 'Вывоз', wagon: '96155189' }],
  ['an earlier trip', [], {}, { tripStartedAt: new Date(0), waybill: 'ЭЮ000001', wagon: '96155189' }],
])('%s: %j', (_, kinds, before, after) => {
  expect(detect(before, after).map(({ kind }) => kind)).toEqual(kinds)
})

describe('a new trip', () => {
  const next = { tripStartedAt: hour(19), waybill: 'ЭЮ315471', wagon: '96155189', destinationStation: kleshchikha }

  test.each<[EventKind[], Partial<TrackedPosition>]>([
    [[], loaded],
    [['departed'], {}],
    [['departed', 'abandoned'], abandoned],
  ])('begins at its origin, and shares nothing with the old one: %j', (kinds, after) => {
    expect(detect(unloaded, { ...next, ...after }).map(({ kind }) => kind)).toEqual(kinds)
  })
})

describe('a container that is missing', () => {
  const gone = { missingSince: hour(22) }

  test('is told of once, with its last station', () => {
    expect(detect({}, { ...gone, operatedAt: hour(10), stampAt: hour(12) })).toEqual([
      { kind: 'missing', at: hour(22), details: { station: chita } },
    ])
    expect(detect(gone, gone)).toEqual([])
  })

  test('returns, with what has happened since', () => {
    expect(detect(gone, atDestination)).toEqual([
      { kind: 'returned', at: hour(22), details: { station: selyatino, missingSince: hour(22) } },
      { kind: 'arrived', at: hour(20), details: { station: selyatino } },
    ])
  })

  test('returns with a late row of a finished trip', () => {
    expect(detect({ ...unloaded, ...gone }, { ...unloaded, operation: 'Завоз' }).map(({ kind }) => kind)).toEqual([
      'returned',
    ])
  })
})

describe('a forecast', () => {
  test.each<[number | undefined, number | undefined, boolean]>([
    [6000, 5750, false],
    [6000, 6120, true],
    [6000, 5400, false],
    [6000, 5200, true],
    [undefined, 5200, false],
    [6000, undefined, false],
  ])('of %s and then, twelve hours later, of %s km has moved: %s', (before, after, moved) => {
    const events = detect({ kmLeft: before }, { kmLeft: after, operatedAt: hour(22) })
    expect(events.map(({ kind }) => kind)).toEqual(moved ? ['forecast_moved'] : [])
  })

  test('says from when to when', () => {
    expect(detect({ kmLeft: 600 }, { kmLeft: 600, operatedAt: hour(23) })).toEqual([
      { kind: 'forecast_moved', at: hour(22), details: { from: hour(58), to: hour(71) } },
    ])
  })

  test('does not move any more after the arrival', () => {
    expect(detect({ ...atDestination, kmLeft: 6000 }, { ...unloaded, kmLeft: 0 }).map(({ kind }) => kind)).toEqual([
      'unloaded',
    ])
  })
})

test('each event has its moment and its details', () => {
  const changes = { wagon: '96155189', trainIndex: '8503+001', destinationStation: kleshchikha }
  expect(detect(standing, { ...changes, operationStation: ulanUde, operatedAt: hour(40), stampAt: hour(41) })).toEqual([
    { kind: 'idle_ended', at: hour(40), details: { station: chita, idleMinutes: 30 * 60 } },
    { kind: 'arrived_station', at: hour(40), details: { from: chita, to: ulanUde } },
    { kind: 'wagon_changed', at: hour(40), details: { from: '58955428', to: '96155189' } },
    { kind: 'train_changed', at: hour(40), details: { from: enRoute.trainIndex, to: '8503+001' } },
    { kind: 'destination_changed', at: hour(41), details: { from: selyatino, to: kleshchikha } },
  ])
  expect(detect({}, { ...standing, operatedAt: hour(10) })).toEqual([
    { kind: 'idle_began', at: hour(34), details: { station: chita } },
  ])
})

test('the first sight of a container is no event, nor is an older position', () => {
  expect(detectEvents(undefined, { ...enRoute, ...abandoned }, settings)).toEqual([])
  expect(detect({}, { ...abandoned, stampAt: hour(11) })).toEqual([])
  expect(detect({}, { ...abandoned, stampAt: hour(12), operatedAt: hour(9) })).toEqual([])
})

test('an abandonment that outlasts its operation ends with one event', () => {
  const rows: Partial<TrackedPosition>[] = [
    { operation: 'Бросание поезда (92)' },
    { operation: 'Исключение вагона из поезда (4)' },
    { operation: 'Прибытие вагона на станцию (1)' },
    { operation: 'Отправление вагона со станции (2)' },
  ]
  let previous = enRoute
  const kinds = rows.map((row, i) => {
    const position = { ...enRoute, ...row, operatedAt: hour(20 + i), stampAt: hour(20 + i) }
    const next = { ...position, status: deriveStatus(position, settings, previous) }
    const events = detectEvents(previous, next, settings)
    previous = next
    return events.map(({ kind }) => kind)
  })
  expect(kinds).toEqual([['abandoned'], [], [], ['picked_up']])
})
