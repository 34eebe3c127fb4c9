import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isNewerPosition, type PositionOrder } from './position.ts'

const few = fc.integer({ min: 0, max: 2 })
const position: fc.Arbitrary<PositionOrder> = fc.record({
  stampAt: few.map((n) => new Date(n)),
  operatedAt: few.map((n) => new Date(n)),
  rowNumber: few,
  contentHash: fc.constantFrom('a', 'b'),
})
const base = { stampAt: new Date(5), operatedAt: new Date(5), rowNumber: 5, contentHash: 'b' }

test.each<[string, Partial<PositionOrder>]>([
  ['a later stamp beats a later operation', { stampAt: new Date(6), operatedAt: new Date(1) }],
  ['a later operation beats a later row', { operatedAt: new Date(6), rowNumber: 1 }],
  ['a later row beats the hash', { rowNumber: 6, contentHash: 'a' }],
  ['the hash decides at last', { contentHash: 'c' }],
])('%s', (_, changes) => {
  expect(isNewerPosition({ ...base, ...changes }, base)).toBe(true)
  expect(isNewerPosition(base, { ...base, ...changes })).toBe(false)
})

test('of two different positions exactly one is the newer, and none is newer than itself', () => {
  fc.assert(
    fc.property(position, position, (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b)
      expect(Number(isNewerPosition(a, b)) + Number(isNewerPosition(b, a))).toBe(same ? 0 : 1)
    }),
  )
})

test('the newest is the same in whatever order the positions arrive', () => {
  const newest = (positions: readonly PositionOrder[]) => positions.reduce((a, b) => (isNewerPosition(b, a) ? b : a))
  const shuffled = fc
    .array(position, { minLength: 1, maxLength: 8 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
  fc.assert(
    fc.property(shuffled, ([all, other]) => {
      expect(newest(other)).toEqual(newest(all))
    }),
  )
})
