import { expect, test } from 'vitest'
import { columnOf } from './cell-reference.ts'

test.each([
  ['A1', 0],
  ['Z9', 25],
  ['AA10', 26],
  ['xfd1048576', 16_383],
  ['B', 1],
  ['1', -1],
  ['', -1],
  ['[1', -1],
  ['Ж1', -1],
])('finds the column of %j', (reference, column) => {
  const bytes = Buffer.from(reference)
  expect(columnOf(bytes, 0, bytes.length)).toBe(column)
})

test('takes a name without an end for a column past the last one', () => {
  expect(columnOf(Buffer.alloc(1000, 'A'), 0, 1000)).toBeGreaterThan(16_383)
})
