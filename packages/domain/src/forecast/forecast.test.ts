import { describe, expect, test } from 'vitest'
import { arrivalOf, forecastArrival, forecastIn, progressPercent } from './forecast.ts'
import type { Status } from '../trip/status.ts'

const operatedAt = new Date('2025-09-02T00:00:00Z')
const hours = (count: number) => new Date(operatedAt.getTime() + count * 3_600_000)

describe('a forecast', () => {
  test.each([
    [6186, 0, 11.3],
    [600, 5, 2],
    [630, 5, 2.1],
    [1, 0, 1],
    [1, 23, 1],
  ])('of %d km left, %d hours after the operation: %d days from it', (kmLeft, age, days) => {
    const arrivesAt = hours(days * 24)
    expect(forecastArrival({ kmLeft, operatedAt, stampAt: hours(age) })).toEqual({ days, arrivesAt })
  })

  test('is never earlier than the way takes from the stamp on', () => {
    // It has stood for 3 days and 17 hours; two days of 600 km are still before it.
    const stampAt = hours(89)
    expect(forecastArrival({ kmLeft: 1200, operatedAt, stampAt })).toEqual({ days: 5.7, arrivesAt: hours(89 + 48) })
  })

  test('does not jump when a container that has stood for days leaves', () => {
    const stampAt = hours(89)
    const standing = forecastArrival({ kmLeft: 1200, operatedAt, stampAt })
    const departed = forecastArrival({ kmLeft: 1200, operatedAt: stampAt, stampAt })
    const differenceMs = (departed?.arrivesAt.getTime() ?? 0) - (standing?.arrivesAt.getTime() ?? 0)
    expect(differenceMs).toBe(86_400_000)
  })

  test('grows later with every report in which a container still stands', () => {
    const arrivals = [30, 54, 78].map((age) => forecastArrival({ kmLeft: 600, operatedAt, stampAt: hours(age) }))
    expect(arrivals.map((forecast) => forecast?.arrivesAt)).toEqual([54, 78, 102].map(hours))
  })

  test.each([undefined, -5, 0])('is not made of %j km left', (kmLeft) => {
    expect(forecastArrival({ kmLeft, operatedAt, stampAt: operatedAt })).toBeUndefined()
  })
})

describe('the arrival', () => {
  const position = { kmLeft: 600, operatedAt, stampAt: hours(5), arrivedAt: undefined }

  test.each<[Status, string]>([
    ['en_route', 'expected'],
    ['standing', 'expected'],
    ['at_origin', 'expected'],
    ['abandoned', 'not_before'],
    ['at_destination', 'arrived'],
    ['unloaded', 'arrived'],
  ])('of a container that is %s is %s', (status, kind) => {
    expect(arrivalOf({ ...position, status })).toMatchObject({ kind })
  })

  test('is a fact at the destination, whatever distance the report still gives', () => {
    const arrivedAt = hours(-40)
    const arrival = arrivalOf({ ...position, status: 'unloaded', arrivedAt })
    expect(arrival).toEqual({ kind: 'arrived', at: arrivedAt })
    expect(forecastIn(arrival)).toBeUndefined()
  })

  test('is unknown without a distance, and needs none where nothing is left of the way', () => {
    expect(arrivalOf({ ...position, status: 'en_route', kmLeft: undefined })).toEqual({ kind: 'unknown' })
    expect(arrivalOf({ ...position, status: 'en_route', kmLeft: 0 })).toEqual({ kind: 'at_place' })
  })

  test('of an abandoned train has the earliest moment as its forecast', () => {
    const arrival = arrivalOf({ ...position, status: 'abandoned', stampAt: hours(100) })
    expect(forecastIn(arrival)).toMatchObject({ kind: 'not_before', arrivesAt: hours(124) })
  })
})

test.each([
  [9230, 6186, 33],
  [9230, 0, 100],
  [9230, 9500, 0],
  [9230, -5, 100],
  [undefined, 10, undefined],
  [9230, undefined, undefined],
  [0, 0, undefined],
])('of %j km %j are left: %j %', (kmTotal, kmLeft, percent) => {
  expect(progressPercent({ kmTotal, kmLeft })).toBe(percent)
})
