import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDropped, isFutureStamp, isShrunk } from './source-guard.ts'

const day = (n: number, hour = 0) => new Date(Date.UTC(2025, 8, n, hour))

describe('isShrunk', () => {
  test.each<[number, number[], boolean]>([
    [5, [3000, 2900, 3100], true],
    [2100, [3000], false],
    [2099, [3000], true],
    [70, [90, 110], false],
    [69, [110, 90], true],
    [700, [5, 1000, 1000], false],
    [0, [], false],
    [0, [0, 0], false],
  ])('%i rows after %j: %s', (rows, previousRowCounts, shrunk) => {
    expect(isShrunk({ rows, previousRowCounts })).toBe(shrunk)
  })

  test('the share is a setting', () => {
    expect(isShrunk({ rows: 60, previousRowCounts: [100], leastShare: 0.5 })).toBe(false)
  })

  test('does not depend on the order of the past, and never stops a report of the largest size', () => {
    const counts = fc.array(fc.nat(50_000), { minLength: 1, maxLength: 10 })
    const withShuffled = counts.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.nat(50_000)),
    )
    fc.assert(
      fc.property(withShuffled, ([all, shuffled, rows]) => {
        expect(isShrunk({ rows, previousRowCounts: shuffled })).toBe(isShrunk({ rows, previousRowCounts: all }))
        expect(isShrunk({ rows: Math.max(...all), previousRowCounts: all })).toBe(false)
      }),
    )
  })
})

test.each([
  [day(2, 9), undefined, false],
  [day(2, 10), undefined, true],
  [day(2, 10), 120, false],
  [day(1), undefined, false],
])('a stamp of %s, received at 08:30, lies in the future with a tolerance of %s min: %s', (stampAt, minutes, is) => {
  const receivedAt = new Date(day(2, 8).getTime() + 30 * 60_000)
  const tolerance = minutes === undefined ? {} : { toleranceMinutes: minutes }
  expect(isFutureStamp({ stampAt, receivedAt, ...tolerance })).toBe(is)
})

test.each([
  [day(8), true],
  [day(7, 23), false],
])('a container missing since the first is given up at %s: %s', (stampAt, is) => {
  expect(isDropped({ missingSince: day(1), stampAt })).toBe(is)
})
