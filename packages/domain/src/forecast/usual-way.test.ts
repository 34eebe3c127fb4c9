import { describe, expect, test } from 'vitest'
import type { Pace } from './pace.ts'
import { momentAt, usualWay } from './usual-way.ts'

const at = new Date('2026-11-01T00:00:00Z')
const days = (count: number) => new Date(at.getTime() + count * 86_400_000)
const pace = (usualMinutes: number): Pace => ({
  step: 'lane',
  usualMinutes,
  lowMinutes: 0,
  highMinutes: 9_999,
  errorMinutes: 60,
  trips: 37,
})

describe('the usual way', () => {
  test('goes by the medians of finished trips, and never back in time', () => {
    // From 1,200 km on it takes two days and one on top; from 600 km, by a mistake of the figures, longer than that.
    const paces = new Map([
      [5, pace(1_440)],
      [4, pace(4_000)],
      [2, pace(0)],
    ])
    const way = usualWay({ at, kmLeft: 1_200 }, (bucket) => paces.get(bucket))
    expect(way.map(({ kmLeft }) => kmLeft)).toEqual([1_200, 1_000, 600, 100, 0])
    expect(way.at(-1)).toEqual({ at: days(3), kmLeft: 0 })
    const times = way.map((point) => point.at.getTime())
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(momentAt(way, 100)).toEqual(new Date(days(3).getTime() - 4 * 3_600_000))
  })

  test('is the plain pace in a straight line where nothing is measured', () => {
    const way = usualWay({ at, kmLeft: 1_200 }, () => undefined)
    expect(way).toEqual([
      { at, kmLeft: 1_200 },
      { at: days(3), kmLeft: 0 },
    ])
    expect(momentAt(way, 600)).toEqual(days(1.5))
    expect(momentAt(way, 1_300)).toBeUndefined()
  })

  test.each([0, -5])('of %d km is none', (kmLeft) => {
    expect(usualWay({ at, kmLeft }, () => undefined)).toEqual([])
  })
})
