import { expect, test } from 'vitest'
import { forecastArrival, progressPercent } from './forecast.ts'

const operatedAt = new Date('2025-09-02T00:00:00Z')

test.each([
  [6186, false, 11.3],
  [600, false, 2],
  [630, false, 2.1],
  [0, false, 0],
  [500, true, 0],
  [undefined, true, 0],
])('%j km left, at the destination %j: %d days', (kmLeft, atDestination, days) => {
  const arrivesAt = new Date(operatedAt.getTime() + Math.round(days * 24 * 60) * 60_000)
  expect(forecastArrival({ kmLeft, operatedAt, atDestination })).toEqual({ days, arrivesAt })
})

test.each([undefined, -5])('%j km left give no forecast', (kmLeft) => {
  expect(forecastArrival({ kmLeft, operatedAt, atDestination: false })).toBeUndefined()
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
