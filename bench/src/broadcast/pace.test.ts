import { expect, test } from 'vitest'
import { mostWithinOneSecond, perSecond } from './pace.ts'

const every40 = Array.from({ length: 100 }, (_, n) => n * 40)

test('counts the most within any second, not within seconds of the clock', () => {
  expect(mostWithinOneSecond(every40)).toBe(25)
  expect(mostWithinOneSecond([0, 900, 950, 1_000, 1_899])).toBe(4)
  expect(mostWithinOneSecond([])).toBe(0)
})

test('the pace is that from the first to the last', () => {
  expect(perSecond(every40)).toBe(25)
  expect(perSecond([5])).toBe(0)
})
