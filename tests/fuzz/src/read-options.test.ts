import { expect, test } from 'vitest'
import { readOptions } from './read-options.ts'

const now = new Date('2025-09-18T00:00:00Z')

test('runs for two minutes with a seed from the clock by default', () => {
  expect(readOptions([], now)).toEqual({ seconds: 120, seed: 1_758_153_600, healthLimitMs: 1_000 })
  const args = ['--seconds', '5', '--seed=42', '--healthz-ms', '3000']
  expect(readOptions(args, now)).toEqual({ seconds: 5, seed: 42, healthLimitMs: 3_000 })
})

test.each([
  [['--seed', 'x'], '--seed is to be a whole number'],
  [['--seconds', '1.5'], '--seconds is to be a whole number'],
  [['--healthz-ms', '-1'], 'argument is ambiguous'],
  [['--fast'], "Unknown option '--fast'"],
  [['more'], "Unexpected argument 'more'"],
])('refuses %j', (args, message) => {
  expect(() => readOptions(args, now)).toThrow(message)
})
