import { expect, test } from 'vitest'
import { rhythmOf } from './feed-rhythm.ts'

/** Times of the given hours, newest first. */
function at(...hours: readonly number[]): readonly Date[] {
  return hours.map((hour) => new Date(hour * 3_600_000))
}

test('the next report is expected after the median of the gaps', () => {
  expect(rhythmOf(at(100, 99, 93, 70, 64), new Date(102 * 3_600_000))).toEqual({
    usualMinutes: 360,
    expectedAt: new Date(106 * 3_600_000),
    lateMinutes: 0,
  })
})

test.each([
  { hour: 106, lateMinutes: 0 },
  { hour: 109, lateMinutes: 0 },
  { hour: 110, lateMinutes: 240 },
])('at hour $hour a report that was expected at 106 is late by $lateMinutes minutes', ({ hour, lateMinutes }) => {
  expect(rhythmOf(at(100, 94, 88, 82), new Date(hour * 3_600_000))?.lateMinutes).toBe(lateMinutes)
})

test('too few reports have no rhythm, and files of one message are one report', () => {
  expect(rhythmOf([], new Date())).toBeUndefined()
  expect(rhythmOf(at(100, 94, 88), new Date())).toBeUndefined()
  expect(rhythmOf(at(100, 100, 100, 100, 94, 88), new Date())).toBeUndefined()
})
