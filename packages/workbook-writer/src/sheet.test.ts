import { expect, test } from 'vitest'
import { joinRows, lazyRows } from './sheet.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
const valuesOf = (rows: Iterable<{ readonly cells: readonly unknown[] }>) => [...rows].map(({ cells }) => cells[0])

test('rows of a long list are made one by one, as often as they are walked', () => {
  let made = 0
  const { rows, rowCount } = lazyRows(numbers(2_001), (item) => {
    made += 1
    return { cells: [item] }
  })
  expect([made, rowCount]).toEqual([0, 2_001])
  expect(valuesOf(rows)).toEqual(numbers(2_001))
  expect(valuesOf(rows).length).toBe(2_001)
  expect(made).toBe(4_002)
})

test('rows of a short list are made once, to be measured and written', () => {
  let made = 0
  const { rows, measured } = lazyRows(numbers(3), (item) => {
    made += 1
    return { cells: [item] }
  })
  expect([valuesOf(measured), valuesOf(rows)]).toEqual([numbers(3), numbers(3)])
  expect(made).toBe(3)
})

test.each([3, 2_001])('each of %i rows is made with the one before it', (count) => {
  const { rows } = lazyRows(numbers(count), (item, former) => ({ cells: [item], beginsGroup: former === 1 }))
  const begun = [...rows].filter(({ beginsGroup }) => beginsGroup)
  expect(begun).toEqual([{ cells: [2], beginsGroup: true }])
})

test('of a long list some rows from all over it are measured, of a short one all', () => {
  const row = (item: number) => ({ cells: [item] })
  const measured = valuesOf(lazyRows(numbers(50_000), row).measured)
  expect(measured.length).toBe(2_000)
  expect(measured.slice(0, 2)).toEqual([0, 25])
  expect(measured.at(-1)).toBe(49_975)
  expect(valuesOf(lazyRows(numbers(2_000), row).measured)).toEqual(numbers(2_000))
  expect(valuesOf(lazyRows([], row).measured)).toEqual([])
})

test('two lists follow each other', () => {
  const row = (item: number) => ({ cells: [item] })
  const both = joinRows(lazyRows(numbers(2), row), lazyRows([7], row))
  expect([valuesOf(both.rows), valuesOf(both.measured), both.rowCount]).toEqual([[0, 1, 7], [0, 1, 7], 3])
})
