import { expect, test } from 'vitest'
import { parseWorkHours } from './work-hours.ts'

test.each([
  ['08:00-20:00', { from: 480, until: 1_200 }],
  ['9:30 – 24:00', { from: 570, until: 1_440 }],
  ['20:00-08:00', undefined],
  ['08:00-08:00', undefined],
  ['00:00-24:30', undefined],
  ['8-20', undefined],
])('%j are work hours: %j', (text, hours) => {
  expect(parseWorkHours(text)).toEqual(hours)
})
