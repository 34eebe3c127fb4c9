import { expect, test } from 'vitest'
import { isSameTrip, isTripOver } from './trip.ts'

const start = new Date('2025-08-28T00:00:00Z')
const later = new Date('2025-09-28T00:00:00Z')

test.each([
  ['the same start, whatever the waybill', [start, 'ЭФ000001'], [start, 'ЭФ000002'], true],
  ['another start under the same waybill', [start, 'ЭФ000001'], [later, 'ЭФ000001'], false],
  ['one unknown start and the same waybill', [null, 'ЭФ000001'], [start, 'ЭФ000001'], true],
  ['one unknown start and another waybill', [null, 'ЭФ000001'], [start, 'ЭФ000002'], false],
  ['nothing known at all', [null, null], [null, null], false],
  ['a start alone and a waybill alone', [start, null], [null, 'ЭФ000001'], false],
] as const)('with %s', (_, [startA, waybillA], [startB, waybillB], expected) => {
  const a = { tripStartedAt: startA, waybill: waybillA }
  const b = { tripStartedAt: startB, waybill: waybillB }
  expect(isSameTrip(a, b)).toBe(expected)
  expect(isSameTrip(b, a)).toBe(expected)
})

test.each([
  ['unloaded', null, true],
  ['en_route', later, true],
  ['at_destination', null, false],
] as const)('a trip that is %s with the end %s: over is %s', (status, endedAt, expected) => {
  expect(isTripOver({ status, endedAt })).toBe(expected)
})
