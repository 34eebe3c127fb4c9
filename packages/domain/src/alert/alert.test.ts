import { describe, expect, test } from 'vitest'
import type { EventKind } from '../event/event.ts'
import { type AlertEvent, topicOf } from './alert-event.ts'
import { chooseWay, type EventWish } from './choose-way.ts'
import { findNeedless } from './find-needless.ts'
import { summariseEvents, type DescribedEvent } from './summarise-events.ts'
import { tellOrHold } from './tell-or-hold.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 5, 12, hour))
let nextId = 0

function anEvent(kind: EventKind, fields: Partial<AlertEvent> = {}): AlertEvent {
  nextId += 1
  return {
    id: nextId,
    kind,
    container: 'MSKU6011672',
    tripId: 1,
    happenedAt: at(nextId % 24),
    stationId: 7,
    trainNumber: '1234',
    trainIndex: '9822+123+1811',
    details: {},
    ...fields,
  }
}

const moved = (from: number, to: number, fields: Partial<AlertEvent> = {}) =>
  anEvent('forecast_moved', { details: { from: at(from).toISOString(), to: at(to).toISOString() }, ...fields })

describe('the topic of an event', () => {
  test('is that of all containers of the train at the station', () => {
    expect(topicOf(anEvent('abandoned'))).toBe(topicOf(anEvent('abandoned', { container: 'CSQU3054383', tripId: 2 })))
  })

  test.for<[string, AlertEvent]>([
    ['another train', anEvent('abandoned', { trainIndex: '9822+124+1811' })],
    ['another station', anEvent('abandoned', { stationId: 8 })],
    ['another kind', anEvent('picked_up')],
  ])('is another one for %s', ([, event]) => {
    expect(topicOf(event)).not.toBe(topicOf(anEvent('abandoned')))
  })

  test('is another one for another terminal', () => {
    const at = (terminal: string) => topicOf(anEvent('free_days_end', { stationId: null, details: { terminal } }))
    expect(at('ВСК')).toBe(at('ВСК'))
    expect(at('ВСК')).not.toBe(at('A-Terminal'))
  })

  test('tells forecasts that became later from those that became earlier', () => {
    expect(topicOf(moved(1, 20))).not.toBe(topicOf(moved(20, 1)))
  })
})

describe('the way of an event', () => {
  const wish = (fields: Partial<EventWish> = {}): EventWish => ({
    subscriptionId: 1,
    eventKinds: null,
    eventTiming: 'at_once',
    digestSlots: [],
    zone: 'UTC',
    ...fields,
  })
  const how = (kind: EventKind, ...wishes: readonly EventWish[]) => {
    const way = chooseWay(kind, wishes)
    return way && `${way.how} ${way.wish.subscriptionId}`
  }

  test.for<[string, string | undefined, EventKind, readonly EventWish[]]>([
    ['usual kinds at once', 'at_once 1', 'arrived', [wish()]],
    ['nothing of the other kinds', undefined, 'departed', [wish()]],
    ['chosen kinds alone', undefined, 'arrived', [wish({ eventKinds: ['departed'] })]],
    ['nothing of an empty choice', undefined, 'arrived', [wish({ eventKinds: [] })]],
    ['nothing who wants none', undefined, 'abandoned', [wish({ eventTiming: 'never' })]],
    ['a digest', 'digest 1', 'arrived', [wish({ eventTiming: 'digest' })]],
    ['the urgent at once, whatever the digest', 'at_once 1', 'abandoned', [wish({ eventTiming: 'digest' })]],
    [
      'at once by any subscription that says so',
      'at_once 5',
      'arrived',
      [wish({ eventTiming: 'digest' }), wish({ subscriptionId: 5 })],
    ],
    ['once by the oldest of two', 'at_once 2', 'arrived', [wish({ subscriptionId: 5 }), wish({ subscriptionId: 2 })]],
  ])('is %s', ([, expected, kind, wishes]) => {
    expect(how(kind, ...wishes)).toBe(expected)
  })
})

describe('of what waits, nobody is reported', () => {
  test('what began and ended meanwhile', () => {
    const [began, ended] = [anEvent('abandoned', { happenedAt: at(1) }), anEvent('picked_up', { happenedAt: at(2) })]
    expect(findNeedless([ended, began], { forecastMovedHours: 12 })).toEqual(new Set([began.id, ended.id]))
  })

  test('but of what ended for another container, on another trip, or earlier', () => {
    const began = anEvent('abandoned', { happenedAt: at(5) })
    const others = [
      anEvent('picked_up', { happenedAt: at(6), container: 'CSQU3054383' }),
      anEvent('picked_up', { happenedAt: at(6), tripId: 2 }),
      anEvent('picked_up', { happenedAt: at(4) }),
    ]
    expect(findNeedless([began, ...others], { forecastMovedHours: 12 })).toEqual(new Set())
  })

  test('an end that takes back one beginning leaves the next one', () => {
    const [first, end, second] = [
      anEvent('missing', { happenedAt: at(1) }),
      anEvent('returned', { happenedAt: at(2) }),
      anEvent('missing', { happenedAt: at(3) }),
    ]
    expect(findNeedless([first, end, second], { forecastMovedHours: 12 })).toEqual(new Set([first.id, end.id]))
  })

  test('a forecast that a newer one replaces', () => {
    const [first, last] = [moved(0, 13, { happenedAt: at(1) }), moved(13, 23, { happenedAt: at(2) })]
    expect(findNeedless([first, last], { forecastMovedHours: 12 })).toEqual(new Set([first.id]))
  })

  test('forecasts that came back', () => {
    const [first, last] = [moved(0, 20, { happenedAt: at(1) }), moved(20, 5, { happenedAt: at(2) })]
    expect(findNeedless([first, last], { forecastMovedHours: 12 })).toEqual(new Set([first.id, last.id]))
  })
})

describe('an alert that is due', () => {
  const reader = {
    quietHours: { from: '22:00', until: '08:00' },
    zone: 'Asia/Vladivostok',
    holds: true,
    messagesThisHour: 0,
  }
  const night = { now: new Date('2026-06-12T16:00:00Z'), mostPerHour: 12 }
  const like = { form: 'like', isReported: false } as const

  test('waits for the end of the quiet hours of who wants that', () => {
    expect(tellOrHold(like, reader, night)).toMatchObject({
      kind: 'hold',
      until: { plannedAt: new Date('2026-06-12T22:00:00Z'), localDate: '2026-06-13', slot: '08:00' },
    })
  })

  test.for<[string, Parameters<typeof tellOrHold>[0], Partial<typeof reader>, string]>([
    ['comes silently to who does not', like, { holds: false }, 'tell'],
    ['is edited at any hour', { ...like, isReported: true }, {}, 'tell'],
    ['comes at the time of a digest that its reader has set', { ...like, form: 'digest' }, {}, 'tell'],
    ['is gathered beyond the limit', like, { holds: false, messagesThisHour: 12 }, 'gather'],
    ['is edited beyond the limit', { ...like, isReported: true }, { messagesThisHour: 99 }, 'tell'],
    ['is not gathered twice', { ...like, form: 'more' }, { holds: false, messagesThisHour: 99 }, 'tell'],
  ])('%s', ([, alert, fields, expected]) => {
    expect(tellOrHold(alert, { ...reader, ...fields }, night).kind).toBe(expected)
  })
})

describe('the summary of like events', () => {
  const described = (container: string, fields: Partial<DescribedEvent> = {}): DescribedEvent => ({
    ...anEvent('abandoned', { container }),
    destination: 'СЕЛЯТИНО',
    expected: undefined,
    ...fields,
  })

  test('names the destination of most, and those that go elsewhere', () => {
    const events = [
      described('B'),
      described('A'),
      described('C', { destination: 'ЧЕМСКОЙ' }),
      described('D', { destination: undefined }),
    ]
    expect(summariseEvents(events)).toMatchObject({
      containers: ['A', 'B', 'C', 'D'],
      destination: 'СЕЛЯТИНО',
      elsewhere: [{ container: 'C', destination: 'ЧЕМСКОЙ' }],
    })
  })

  test('gives the arrival of those that go where most go', () => {
    const expected = (hour: number, isEarliest = false) => ({ expected: { at: at(hour), isEarliest } })
    const events = [
      described('A', expected(3)),
      described('B', expected(9, true)),
      described('C', { ...expected(23), destination: 'ЧЕМСКОЙ' }),
    ]
    expect(summariseEvents(events).expected).toEqual({ from: at(3), to: at(9), isEarliest: true })
  })

  test('says from when a terminal charges, and how much where all pay the same', () => {
    const ends = (hour: number, dayRate?: number) => ({ details: { endsAt: at(hour).toISOString(), dayRate } })
    const charged = (...events: readonly DescribedEvent[]) => summariseEvents(events).charged
    expect(charged(described('A', ends(9, 1500)), described('B', ends(3, 1500)))).toEqual({
      from: at(3),
      to: at(9),
      dayRate: 1500,
    })
    expect(charged(described('A', ends(9, 1500)), described('B', ends(9)))).toMatchObject({ dayRate: undefined })
    expect(charged(described('A'))).toBeUndefined()
  })

  test('counts a container once, by its last event', () => {
    const events = [
      described('A', { happenedAt: at(5) }),
      described('A', { happenedAt: at(2), destination: 'ЧЕМСКОЙ' }),
    ]
    expect(summariseEvents(events)).toMatchObject({
      containers: ['A'],
      destination: 'СЕЛЯТИНО',
      firstAt: at(5),
      lastAt: at(5),
    })
  })
})
