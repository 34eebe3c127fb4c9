import { expect, test } from 'vitest'
import { median, percentile } from './statistics.ts'

const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index)

test.each([
  { share: 0, expected: 1 },
  { share: 0.5, expected: 50 },
  { share: 0.95, expected: 95 },
  { share: 0.99, expected: 99 },
  { share: 1, expected: 100 },
])('finds the value at $share of a hundred', ({ share, expected }) => {
  expect(percentile(oneToHundred, share)).toBe(expected)
})

test('takes a value that was measured, not one between two', () => {
  expect(percentile([10, 20], 0.95)).toBe(20)
  expect(median([10, 20])).toBe(10)
  expect(median([30, 10, 20])).toBe(20)
})

test('sorts by size and leaves the measured order alone', () => {
  const values = [9, 100, 10]
  expect(median(values)).toBe(10)
  expect(values).toEqual([9, 100, 10])
})

test('refuses an empty list', () => {
  expect(() => percentile([], 0.5)).toThrow('nothing was measured')
})
