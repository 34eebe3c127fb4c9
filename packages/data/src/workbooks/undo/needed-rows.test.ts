import { containerNumber } from '@atermtrack/testkit'
import { expect, test } from 'vitest'
import { day, linesOf, type Step } from '../../positions/import/dislocation-reports.test-helper.ts'
import { createNeededRows } from './needed-rows.ts'

const box = containerNumber(1)
const both = [{ container: box, needsPosition: true, operatedAt: [] }]
const detailed = { consignee: 'Клиент' }

/** How many rows of each report are kept; reports stand from the newest to the oldest. */
function kept(reports: readonly (readonly [stamp: Date, steps: readonly Step[]])[], undone = both) {
  const needed = createNeededRows(undone)
  const chosen = reports.map(
    ([stamp, steps]) => needed.choose(linesOf(steps), { stamp, mayHaveMovements: false }).length,
  )
  expect(needed.listHeld()).toEqual([])
  return chosen
}

test('only the newest of two hundred reports of one trip matters', () => {
  const reports = Array.from({ length: 200 }, (_, n) => [day(1, 300 - n), [{ day: 1, ...detailed }]] as const)
  expect(kept(reports).reduce((sum, n) => sum + n)).toBe(1)
})

test.each<readonly [string, Step, Step]>([
  ['a later trip', { day: 3, ...detailed }, { day: 2, ...detailed, tripStartedAt: day(2) }],
  ['an end whose late tail is the newest', { day: 3, ...detailed, operation: 'Вывоз (49)' }, { day: 2, ...detailed }],
  ['what holds for the trip', { day: 3 }, { day: 2, ...detailed }],
  ['a trip of unknown start', { day: 3, ...detailed }, { day: 2, ...detailed, tripStartedAt: undefined }],
])('an older report with %s is kept', (_what, newer, older) => {
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

const later = { stamp: day(4), mayHaveMovements: true }

function listFirstReports(reports: readonly (readonly [stamp: Date, steps: readonly Step[]])[]) {
  const needed = createNeededRows([{ container: box, needsPosition: false, operatedAt: [day(3)] }])
  for (const [stamp, steps] of reports) needed.choose(linesOf(steps), { ...later, stamp })
  return needed.listFirstReports().map(({ report }) => report.stamp)
}

test('the oldest later report of an operation counts when the undone report was the first', () => {
  const steps = [{ day: 3 }]
  expect(
    listFirstReports([
      [day(6), steps],
      [day(5), steps],
      [day(4), [{ day: 3, operation: 'Погрузка (20)' }, { day: 2 }]],
    ]),
  ).toEqual([day(5), day(4)])
})

test('all reports of one stamp with such an operation count', () => {
  const steps = [{ day: 3 }]
  expect(
    listFirstReports([
      [day(6), steps],
      [day(5), steps],
      [day(5), steps],
    ]),
  ).toEqual([day(5), day(5)])
})

test('a report that is older than the undone one gives no operation', () => {
  const needed = createNeededRows([{ container: box, needsPosition: false, operatedAt: [day(3)] }])
  expect(needed.choose(linesOf([{ day: 3 }]), { ...later, mayHaveMovements: false })).toEqual([])
  expect(needed.listFirstReports()).toEqual([])
})

const tail = { day: 3, ...detailed, operation: 'Вывоз (49)' }
const end = { day: 3, ...detailed, operation: 'Выгрузка (21)' }

test('other tails behind a late tail are left out until something else of its trip is found', () => {
  const reports = [tail, tail, end, tail, end].map((step, n) => [day(20 - n), [step]] as const)
  expect(kept(reports)).toEqual([1, 0, 1, 0, 0])
})

test('the newest and the oldest of reports with equal rows count', () => {
  const needed = createNeededRows(both)
  const reports = [5, 4, 3, 2].map((on) => ({ stamp: day(on), mayHaveMovements: false }))
  const chosen = reports.flatMap((report) => needed.choose(linesOf([{ day: 1 }]), report))
  const stamps = [...chosen, ...needed.listHeld()].map(({ report }) => report.stamp)
  expect(stamps).toEqual([day(5), day(2)])
})

test('nothing matters behind a row without a start of its trip', () => {
  const unknown = { day: 3, ...detailed, tripStartedAt: undefined }
  const reports = [unknown, { day: 3, ...detailed }, unknown].map((step, n) => [day(20 - n), [step]] as const)
  expect(kept(reports)).toEqual([1, 0, 0])
})

test('rows of containers that lost nothing are left out', () => {
  expect(kept([[day(4), [{ day: 3, container: containerNumber(2) as never }]]])).toEqual([0])
})
