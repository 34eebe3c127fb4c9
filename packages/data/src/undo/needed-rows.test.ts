import { containerNumber } from '@atermtrack/testkit'
import { expect, test } from 'vitest'
import { day, linesOf, type Step } from '../dislocation-reports.test-helper.ts'
import { createNeededRows } from './needed-rows.ts'

const box = containerNumber(1)
const both = [{ container: box, needsPosition: true, needsMovements: false }]
const lines = (...steps: readonly Step[]) => linesOf(steps).toString().trimEnd().split('\n')
const detailed = { consignee: 'Клиент' }
const silent = { mayTellMovements: false }

/** How many rows of each report are kept; reports stand from the newest to the oldest. */
function kept(reports: readonly (readonly [stamp: Date, steps: readonly Step[]])[], undone = both, told = silent) {
  const needed = createNeededRows(undone)
  return reports.map(([stamp, steps]) =>
    needed.choose(lines(...steps), { stamp, ...told }).reduce((sum, { lines: { length } }) => sum + length, 0),
  )
}

test('of two hundred reports that tell one trip only the newest matters', () => {
  const reports = Array.from({ length: 200 }, (_, n) => [day(1, 300 - n), [{ day: 1, ...detailed }]] as const)
  expect(kept(reports).reduce((sum, n) => sum + n)).toBe(1)
})

test.each<readonly [string, Step, Step]>([
  ['a later trip', { day: 3, ...detailed }, { day: 2, ...detailed, tripStartedAt: day(2) }],
  ['an end whose late tail is the newest', { day: 3, ...detailed, operation: 'Вывоз (49)' }, { day: 2, ...detailed }],
  ['what holds for the trip', { day: 3 }, { day: 2, ...detailed }],
  ['a trip of unknown start', { day: 3, ...detailed }, { day: 2, ...detailed, tripStartedAt: undefined }],
])('an older report that tells %s is kept', (_what, newer, older) => {
  expect(
    kept([
      [day(4), [newer]],
      [day(3), [older]],
    ]),
  ).toEqual([1, 1])
})

test('an older report of an earlier trip is left out', () => {
  const earlier = { day: 1, ...detailed, tripStartedAt: day(1) }
  expect(
    kept([
      [day(4), [{ day: 3, ...detailed, tripStartedAt: day(2) }]],
      [day(3), [earlier]],
    ]),
  ).toEqual([1, 0])
})

test('reports of one stamp are kept both, since what they say decides', () => {
  const row = { day: 3, ...detailed }
  expect(
    kept([
      [day(4), [row]],
      [day(4), [row]],
      [day(3), [row]],
    ]),
  ).toEqual([1, 1, 0])
})

test('of an operation that the undone report told first every later report is asked', () => {
  const undone = [{ container: box, needsPosition: false, needsMovements: true }]
  const report = [day(4), [{ day: 3, ...detailed }]] as const
  expect(kept([report, [day(3), report[1]]], undone, { mayTellMovements: true })).toEqual([1, 1])
  expect(kept([report], undone)).toEqual([0])
})

test('rows of containers that lost nothing are left out', () => {
  expect(kept([[day(4), [{ day: 3, container: containerNumber(2) as never }]]])).toEqual([0])
})
