import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSerialToDate, isoToDate } from './date-cells.ts'

test.each([
  [0, '1899-12-31T00:00:00'],
  [0.5, '1899-12-31T12:00:00'],
  [1, '1900-01-01T00:00:00'],
  [59, '1900-02-28T00:00:00'],
  [61, '1900-03-01T00:00:00'],
  [45902.33333333333, '2025-09-02T08:00:00'],
  [45902.999999, '2025-09-03T00:00:00'],
  [45902 + 1.4 / 86_400, '2025-09-02T00:00:01'],
  [2_958_465.999, '9999-12-31T23:58:34'],
])('shows serial %s as %s', (serial, wall) => {
  expect(createSerialToDate(false)(serial)).toEqual({ kind: 'date', wall })
})

test.each([-0.1, 60, 60.5, 2_958_466, 1e300, Number.NaN])('takes serial %s for no date', (serial) => {
  expect(createSerialToDate(false)(serial)).toBeUndefined()
})

test.each([
  [0, '1904-01-01T00:00:00'],
  [60, '1904-03-01T00:00:00'],
  [44440.5, '2025-09-02T12:00:00'],
])('shows serial %s of a 1904 workbook as %s', (serial, wall) => {
  expect(createSerialToDate(true)(serial)).toEqual({ kind: 'date', wall })
})

test('finds every second of every day after February 1900 again', () => {
  const toDate = createSerialToDate(false)
  const first = Date.UTC(1900, 2, 1) / 1000
  const last = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000
  fc.assert(
    fc.property(fc.integer({ min: first, max: last }), (second) => {
      const serial = second / 86_400 + 25_569
      expect(toDate(serial)?.wall).toBe(new Date(second * 1000).toISOString().slice(0, 19))
    }),
  )
})

test('forgets old dates before they fill the memory, and still answers right', () => {
  const toDate = createSerialToDate(false)
  for (let serial = 61; serial < 120_000; serial++) toDate(serial)
  expect(toDate(45902)?.wall).toBe('2025-09-02T00:00:00')
})

test.each([
  ['2025-09-02', '2025-09-02T00:00:00'],
  ['2025-09-02T08:05', '2025-09-02T08:05:00'],
  ['2025-09-02T08:05:59.6', '2025-09-02T08:06:00'],
  ['2025-09-02T08:05:00Z', '2025-09-02T08:05:00'],
  ['2025-09-02T08:05:00.000+03:00', '2025-09-02T08:05:00'],
])('reads the ISO date %s as %s', (text, wall) => {
  expect(isoToDate(text)).toEqual({ kind: 'date', wall })
})

test.each(['', '02.09.2025', '2025-02-30', '2025-13-01', '2025-09-02T24:01', '2025-09-02T08:05:75', '2025-09'])(
  'takes %j for no ISO date',
  (text) => {
    expect(isoToDate(text)).toBeUndefined()
  },
)
