import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forecastArrival } from './forecast.ts'
import type { Pace } from './pace.ts'

const day = (count: number) => new Date(Date.UTC(2025, 0, 1) + count * 86_400_000)

describe('a measured forecast', () => {
  const minutes = (count: number) => count * 1440
  const pace: Pace = {
    step: 'lane',
    usualMinutes: minutes(2),
    lowMinutes: minutes(1),
    highMinutes: minutes(4),
    errorMinutes: minutes(0.8),
    trips: 37,
  }
  const position = { kmLeft: 1200, operatedAt: day(0), stampAt: day(0.5), pace }

  test('has the window of the trips and the error of the test', () => {
    expect(forecastArrival(position)).toEqual({
      days: 4,
      arrivesAt: day(4),
      measured: { step: 'lane', from: day(3), to: day(6), errorDays: 0.8, trips: 37 },
    })
  })

  test('moves with its window while a container stands, and is never before the stamp and 600 km a day', () => {
    const forecast = forecastArrival({ ...position, stampAt: day(5), isStanding: true })
    expect(forecast).toMatchObject({ days: 7, arrivesAt: day(7), measured: { from: day(7), to: day(9) } })
  })

  test('of a fast lane is not held to 600 km a day while the container moves', () => {
    const fast = { ...pace, usualMinutes: minutes(-5), lowMinutes: minutes(-6), highMinutes: minutes(-4) }
    const far = { ...position, kmLeft: 9000, pace: fast }
    expect(forecastArrival({ ...far, isStanding: false })?.arrivesAt).toEqual(day(10))
    expect(forecastArrival({ ...far, isStanding: true })?.arrivesAt).toEqual(day(15.5))
  })

  test('keeps its moment within its window, whatever the figures', () => {
    const some = fc.integer({ min: -20_000, max: 60_000 })
    fc.assert(
      fc.property(
        fc.tuple(some, some, some),
        fc.integer({ min: 1, max: 12_000 }),
        fc.nat(400),
        fc.boolean(),
        (figures, kmLeft, age, isStanding) => {
          const [lowMinutes = 0, usualMinutes = 0, highMinutes = 0] = figures.toSorted((a, b) => a - b)
          const forecast = forecastArrival({
            ...position,
            kmLeft,
            stampAt: day(age / 24),
            isStanding,
            pace: { ...pace, lowMinutes, usualMinutes, highMinutes },
          })
          const { from, to } = forecast!.measured!
          expect(from <= forecast!.arrivesAt && forecast!.arrivesAt <= to).toBe(true)
        },
      ),
      { seed: 3 },
    )
  })
})
