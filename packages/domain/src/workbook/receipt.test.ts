import { expect, test } from 'vitest'
import { claimedTime, receiptTime } from './receipt.ts'

const now = new Date('2026-11-29T12:00:00Z')

test.each([
  ['2026-11-29T11:59:59Z', '2026-11-29T11:59:59Z'],
  ['1990-01-01T00:00:00Z', '1990-01-01T00:00:00Z'],
  ['1989-12-31T23:59:59Z', now],
  ['1970-01-01T00:00:00Z', now],
  ['2026-11-29T12:00:01Z', now],
  ['9999-12-31T00:00:00Z', now],
  ['-271821-04-20T00:00:00.000Z', now],
  ['no date', now],
])('a receipt at %s counts as a receipt at %s', (reported, expected) => {
  expect(receiptTime(new Date(reported), now)).toEqual(new Date(expected))
})

test('a receipt without a time is now', () => {
  expect(receiptTime(undefined, now)).toBe(now)
})

test.each([
  ['2026-11-28T00:00:00Z', '2026-11-28T00:00:00Z'],
  ['2099-01-01T00:00:00Z', now],
  ['1970-01-01T00:00:00Z', '1990-01-01T00:00:00Z'],
  ['-271821-04-20T00:00:00.000Z', '1990-01-01T00:00:00Z'],
  ['+275760-09-13T00:00:00.000Z', now],
])('a sender who claims %s is understood as %s', (claimed, expected) => {
  expect(claimedTime(new Date(claimed), now)).toEqual(new Date(expected))
})

test.each([undefined, null, new Date('no date')])('a sender who claims %s claims nothing', (claimed) => {
  expect(claimedTime(claimed, now)).toBeUndefined()
})
