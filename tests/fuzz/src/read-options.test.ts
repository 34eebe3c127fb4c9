import { expect, test } from 'vitest'
import { readOptions } from './read-options.ts'

const now = new Date('2025-09-18T00:00:00Z')

test('runs for two minutes with a seed of the clock unless told otherwise', () => {
  expect(readOptions([], now)).toEqual({ seconds: 120, seed: 1_758_153_600 })
  expect(readOptions(['--seconds', '5', '--seed=42'], now)).toEqual({ seconds: 5, seed: 42 })
})

test.each([
  [['--seed', 'x'], '--seed is to be a whole number'],
  [['--seconds', '1.5'], '--seconds is to be a whole number'],
  [['--fast'], "Unknown option '--fast'"],
  [['more'], "Unexpected argument 'more'"],
])('refuses %j', (args, message) => {
  expect(() => readOptions(args, now)).toThrow(message)
})
