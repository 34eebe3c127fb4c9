import { expect, test } from 'vitest'
import { columnIndex, columnLetters } from './column-letters.ts'

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [44, 'AS'],
  [701, 'ZZ'],
  [702, 'AAA'],
])('column %i is %s', (index, letters) => {
  expect(columnLetters(index)).toBe(letters)
  expect(columnIndex(letters.toLowerCase())).toBe(index)
})

test.each(['', 'А', '1', 'A1', 'ABCD'])('%j is no column', (letters) => {
  expect(columnIndex(letters)).toBeUndefined()
})
