import type { DetectedEvent } from '@atermtrack/domain'
import { expect, test } from 'vitest'
import { compareEvents, type StoredEvent } from './compare-events.ts'

const at = (day: number) => new Date(Date.UTC(2025, 8, day))

function derived(facts: Partial<DetectedEvent> = {}): DetectedEvent {
  return {
    kind: 'departed',
    identity: 'trip',
    happenedAt: at(2),
    knownAt: at(2),
    stationId: 7,
    trainNumber: undefined,
    trainIndex: undefined,
    tripKey: 'trip',
    details: {},
    ...facts,
  }
}

function stored(facts: Partial<StoredEvent> = {}): StoredEvent {
  return {
    id: 1,
    kind: 'departed',
    identity: 'trip',
    happenedMs: at(2).getTime(),
    stationId: 7,
    trainNumber: undefined,
    trainIndex: undefined,
    isNews: true,
    isWithdrawn: false,
    details: '{}',
    ...facts,
  }
}

const nothing = { added: [], withdrawn: [], moved: [] }

test('an event that is stored as it follows needs nothing, however its details are written', () => {
  expect(compareEvents([derived()], [stored()], at(1))).toEqual(nothing)
  const detailed = derived({ details: { from: 'a', minutes: 5 } })
  expect(compareEvents([detailed], [stored({ details: '{"minutes": 5, "from": "a"}' })], at(1))).toEqual(nothing)
})

test('what is not stored is added, and what no longer follows is withdrawn once', () => {
  const event = derived({ kind: 'arrived' })
  const row = stored()
  expect(compareEvents([event], [row], at(1))).toEqual({ ...nothing, added: [event], withdrawn: [row] })
  expect(compareEvents([event], [stored({ isWithdrawn: true })], at(1))).toEqual({ ...nothing, added: [event] })
})

test.each([
  ['another time', { happenedMs: at(3).getTime() }],
  ['another station', { stationId: undefined }],
  ['another number of the train', { trainNumber: '2051' }],
  ['another index of the train', { trainIndex: '9400+007+1811' }],
  ['another detail', { details: '{"minutes": 6}' }],
  ['a detail too few', { details: '{}' }],
  ['a detail too many', { details: '{"minutes": 5, "from": "a"}' }],
  ['a row that was withdrawn', { isWithdrawn: true }],
])('%s moves the row', (_, facts) => {
  const event = derived({ details: { minutes: 5 } })
  const row = stored({ details: '{"minutes": 5}', ...facts })
  expect(compareEvents([event], [row], at(1))).toEqual({ ...nothing, moved: [{ row, event }] })
})

test('events before the compared time are left as they are', () => {
  expect(compareEvents([derived()], [], at(3))).toEqual(nothing)
})
