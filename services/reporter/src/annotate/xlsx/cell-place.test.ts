import { expect, test } from 'vitest'
import { formatFixedRange, formatRange, parseRange, parseReference, readReference } from './cell-place.ts'

test.each([
  ['A1', { column: 0, row: 1 }],
  ['XFD1048576', { column: 16_383, row: 1_048_576 }],
  ['$b$12', { column: 1, row: 12 }],
  ['ABCD1', undefined],
  ['A', undefined],
  ['12', undefined],
  ['A1B', undefined],
  ['', undefined],
  [undefined, undefined],
])('the reference %s is a place', (text, place) => {
  const bytes = Buffer.from(`"${text ?? ''}"`)
  expect([parseReference(text), readReference(bytes, 1, bytes.length - 1)]).toEqual([place, place])
})

test.each([
  ['A1:K20', 'A1:K20', '$A$1:$K$20'],
  ['$C$3', 'C3:C3', '$C$3:$C$3'],
  ['A1:B2:C3', undefined, undefined],
  ['A:K', undefined, undefined],
  [undefined, undefined, undefined],
])('the range %s is one', (text, plain, fixed) => {
  const range = parseRange(text)
  expect(range && formatRange(range)).toBe(plain)
  expect(range && formatFixedRange(range)).toBe(fixed)
})
