import { expect, test } from 'vitest'
import { isWorkingTime, workingMinutes } from './working-time.ts'

const day = { from: 480, until: 1_200, zone: 'Europe/Moscow' }
const at = (wall: string) => new Date(`${wall}:00+03:00`)

test.each([
  ['within a day', '2025-09-19T10:00', '2025-09-19T11:30', 90],
  ['over a night', '2025-09-18T19:00', '2025-09-19T09:00', 120],
  ['within a night', '2025-09-18T21:00', '2025-09-19T07:00', 0],
  ['over two nights', '2025-09-17T19:59', '2025-09-19T08:01', 722],
  ['backwards', '2025-09-19T11:00', '2025-09-19T10:00', 0],
])('working time is counted %s', (_, since, until, minutes) => {
  expect(workingMinutes(at(since), at(until), day)).toBe(minutes)
})

test('a very long time is not walked through day by day', () => {
  expect(workingMinutes(new Date(0), at('2025-09-19T08:00'), day)).toBe(60 * 720)
})

test('daylight saving moves the hours along', () => {
  const hours = { ...day, zone: 'Europe/Berlin' }
  expect(isWorkingTime(new Date('2025-03-29T07:30:00Z'), hours)).toBe(true)
  expect(isWorkingTime(new Date('2025-03-29T06:30:00Z'), hours)).toBe(false)
  expect(isWorkingTime(new Date('2025-03-30T06:30:00Z'), hours)).toBe(true)
})
