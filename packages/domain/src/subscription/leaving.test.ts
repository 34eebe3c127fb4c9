import { expect, test } from 'vitest'
import { changeOfList, type ListedContainer } from './leaving.ts'

const now = new Date('2026-11-22T06:00:00Z')
const over = { id: 7, endedAt: new Date('2026-11-18T06:00:00Z') }
const listed: ListedContainer = { trip: over, hasLeft: false, leftTripId: undefined, leavesAfterDays: 3 }

test.for<[string, Partial<ListedContainer>, 'leaves' | 'comes_back' | undefined]>([
  ['four days after the end of its trip', {}, 'leaves'],
  ['three days after it', { trip: { id: 7, endedAt: new Date('2026-11-19T06:00:00Z') } }, undefined],
  ['on its way', { trip: { id: 7, endedAt: undefined } }, undefined],
  ['without a trip', { trip: undefined }, undefined],
  ['of a list that keeps its containers', { leavesAfterDays: null }, undefined],
  ['that was put back after this trip', { leftTripId: 7 }, undefined],
  ['that was put back after the trip before', { leftTripId: 6 }, 'leaves'],
  ['that has left with this trip', { hasLeft: true, leftTripId: 7 }, undefined],
  ['that begins another trip', { hasLeft: true, leftTripId: 6, trip: { id: 7, endedAt: undefined } }, 'comes_back'],
  ['whose next trip was seen only at its end', { hasLeft: true, leftTripId: 6 }, undefined],
])('a container %s', ([, fields, expected]) => {
  expect(changeOfList({ ...listed, ...fields }, now)).toBe(expected)
})
