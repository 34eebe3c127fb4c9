import { describe, expect, test } from 'vitest'
import { kmBucketOf, kmBucketRange, kmBucketStarts } from './pace.ts'
import { samplesOf } from './samples.ts'

const dayMs = 86_400_000
const start = Date.UTC(2025, 0, 1)
const day = (count: number) => new Date(start + count * dayMs)

describe('a sample', () => {
  const trip = (operations: readonly (readonly [number, number])[]) => ({
    tripId: 1,
    stationId: 1,
    road: undefined,
    arrivedAt: day(100),
    operations: operations.map(([at, kmLeft]) => ({ operatedAt: day(at), kmLeft })),
  })
  const places = (operations: readonly (readonly [number, number])[]) =>
    samplesOf(trip(operations)).map(({ kmLeft, operatedAt }) => [(operatedAt.getTime() - start) / dayMs, kmLeft])

  test('is the first and the last operation in a bucket, however many there are', () => {
    expect(
      places([
        [90, 1400],
        [91, 1400],
        [92, 1100],
        [95, 900],
        [99, 40],
      ]),
    ).toEqual([
      [90, 1400],
      [95, 900],
      [99, 40],
      [92, 1100],
    ])
  })

  test.each([
    ['nothing left', [[99, 0]]],
    ['less than nothing', [[99, -40]]],
    ['more than any railway', [[99, 2_000_000_000]]],
    ['no number', [[99, Number.NaN]]],
    ['an operation after the arrival', [[101, 500]]],
    ['a trip of years', [[-900, 500]]],
  ] as const)('is not made of %s', (_what, operations) => {
    expect(places(operations)).toEqual([])
  })

  test('is not made of what came before a jump back: another destination, or a mistake', () => {
    expect(
      places([
        [80, 4000],
        [82, 3500],
        [90, 9000],
        [99, 8000],
      ]),
    ).toEqual([
      [90, 9000],
      [99, 8000],
    ])
    expect(
      places([
        [80, 5],
        [90, 9000],
      ]),
    ).toEqual([[90, 9000]])
    // A detour is no jump.
    expect(
      places([
        [80, 4000],
        [82, 4200],
      ]),
    ).toEqual([
      [80, 4000],
      [82, 4200],
    ])
  })
})

test.each([
  [0, 1],
  [99, 1],
  [100, 2],
  [9_230, 15],
  [1_000_000, kmBucketStarts.length],
])('%d km are in bucket %d', (km, bucket) => {
  expect(kmBucketOf(km)).toBe(bucket)
  const { from, to = Infinity } = kmBucketRange(bucket)
  expect(from <= km && km < to).toBe(true)
})

test('less than nothing is in no bucket', () => {
  expect(kmBucketOf(-1)).toBe(0)
})
