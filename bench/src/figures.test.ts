import { expect, test } from 'vitest'
import { listBroken } from './figures.ts'

test('finds the figures that are not what they must be', () => {
  const lost = { name: 'answered', value: 2_999, unit: 'questions', expected: 3_000 }
  const figures = [
    lost,
    { name: 'unanswered', value: 0, unit: 'questions', expected: 0 },
    { name: 'p50', value: 9, unit: 'ms', floor: 1 },
  ]
  expect(listBroken(figures)).toEqual([lost])
})
