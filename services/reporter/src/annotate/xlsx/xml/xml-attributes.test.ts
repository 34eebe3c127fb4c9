import { describe, expect, test } from 'vitest'
import { formatFixedRange, formatRange, parseRange, parseReference } from '../cell-place.ts'
import { attributeOf, countOf, withAttribute, withoutAttribute } from './xml-attributes.ts'

describe('an attribute', () => {
  test.each([
    ['<c r="A1" s="2">', 'A1'],
    ["<c r='A1' s='2'>", 'A1'],
    ['<c s="2"\n\tr = "A1"/>', 'A1'],
    ['<c x:r="B2">', undefined],
    ['<c xr="B2" s="">', undefined],
  ])('is read from %s', (tag, value) => {
    expect(attributeOf(tag, 'r')).toBe(value)
  })

  test('is set in the place of the old one, in a tag of either kind', () => {
    expect(withAttribute('<c r="A1" s="2">', 's', 7)).toBe('<c r="A1" s="7">')
    expect(withAttribute('<c r="A1" />', 's', 7)).toBe('<c r="A1" s="7"/>')
    expect(withoutAttribute('<row r="1" spans="1:4" ht="20">', 'spans')).toBe('<row r="1" ht="20">')
  })

  test('is a count only as a whole number', () => {
    expect([countOf('<c s="12">', 's'), countOf('<c s="-1">', 's'), countOf('<c>', 's')]).toEqual([
      12,
      undefined,
      undefined,
    ])
  })
})

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
  expect(parseReference(text)).toEqual(place)
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
