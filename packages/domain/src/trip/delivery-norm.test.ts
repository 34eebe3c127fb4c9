import { expect, test } from 'vitest'
import { normStateOf } from './delivery-norm.ts'

const dueAt = new Date('2026-06-10T00:00:00Z')
const before = new Date('2026-06-09T12:00:00Z')
const after = new Date('2026-06-12T06:00:00Z')
const trip = { dueAt, arrivedAt: undefined, hasArrived: false, expectedAt: undefined, stampAt: before }

test('without a norm nothing is stated', () => {
  expect(normStateOf({ ...trip, dueAt: undefined })).toEqual({ kind: 'unknown' })
})

test('on its way and expected before the norm it is in time', () => {
  expect(normStateOf({ ...trip, expectedAt: before })).toEqual({ kind: 'in_time', dueAt })
})

test('what cannot be foreseen is not called in time, but a risk or a lateness that is plain already is said', () => {
  const unforeseeable = { ...trip, isForeseeable: false }
  expect(normStateOf(unforeseeable)).toEqual({ kind: 'open', dueAt })
  expect(normStateOf({ ...unforeseeable, expectedAt: before })).toEqual({ kind: 'open', dueAt })
  expect(normStateOf({ ...unforeseeable, expectedAt: after })).toMatchObject({ kind: 'at_risk' })
  expect(normStateOf({ ...unforeseeable, stampAt: after })).toMatchObject({ kind: 'late' })
})

test('a forecast after the norm is a risk, with begun days', () => {
  expect(normStateOf({ ...trip, expectedAt: after })).toEqual({ kind: 'at_risk', dueAt, days: 2 })
})

test('a stamp after the norm without an arrival is late, and not final', () => {
  expect(normStateOf({ ...trip, stampAt: after })).toEqual({ kind: 'late', dueAt, days: 2, isFinal: false })
})

test('after the arrival lateness is a fact that later stamps do not change', () => {
  expect(normStateOf({ ...trip, hasArrived: true, arrivedAt: after, stampAt: after })).toMatchObject({
    kind: 'late',
    days: 2,
    isFinal: true,
  })
  expect(normStateOf({ ...trip, hasArrived: true, arrivedAt: before, stampAt: after })).toEqual({
    kind: 'in_time',
    dueAt,
  })
})

test('a delivery on the day of the norm keeps it, and a minute later does not', () => {
  const lastMinute = new Date('2026-06-10T23:59:00Z')
  const nextDay = new Date('2026-06-11T00:01:00Z')
  expect(normStateOf({ ...trip, hasArrived: true, arrivedAt: lastMinute })).toEqual({ kind: 'in_time', dueAt })
  expect(normStateOf({ ...trip, hasArrived: true, arrivedAt: nextDay })).toMatchObject({ kind: 'late', days: 1 })
  expect(normStateOf({ ...trip, stampAt: lastMinute })).toEqual({ kind: 'in_time', dueAt })
})

test('an arrival at an unknown time gives no statement', () => {
  expect(normStateOf({ ...trip, hasArrived: true, stampAt: after })).toEqual({ kind: 'unknown' })
})
