import { expect, test } from 'vitest'
import { joinRows, lazyRows } from './sheet.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
const valuesOf = (rows: Iterable<{ readonly cells: readonly unknown[] }>) => [...rows].map(({ cells }) => cells[0])

test('rows are made one by one, as often as they are walked, each with the one before it', () => {
  let made = 0
  const { rows, rowCount } = lazyRows(numbers(3), (item, former) => {
    made += 1
    return { cells: [item], beginsGroup: former === 1 }
  })
  expect([made, rowCount]).toEqual([0, 3])
  expect([...rows]).toEqual([
    { cells: [0], beginsGroup: false },
    { cells: [1], beginsGroup: false },
    { cells: [2], beginsGroup: true },
  ])
  expect([...rows].length).toBe(3)
  expect(made).toBe(6)
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
