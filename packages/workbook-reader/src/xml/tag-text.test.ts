import { describe, expect, test } from 'vitest'
import { withAttribute, withoutAttribute, writtenAttribute, writtenCount } from './tag-text.ts'

describe('an attribute', () => {
  test.each([
    ['<c r="A1" s="2">', 'A1'],
    ["<c r='A1' s='2'>", 'A1'],
    ['<c s="2"\n\tr = "A1"/>', 'A1'],
    ['<c x:r="B2">', undefined],
    ['<c xr="B2" s="">', undefined],
  ])('is read from %s', (tag, value) => {
    expect(writtenAttribute(tag, 'r')).toBe(value)
  })

  test('is set in the place of the old one, in a tag of either kind', () => {
    expect(withAttribute('<c r="A1" s="2">', 's', 7)).toBe('<c r="A1" s="7">')
    expect(withAttribute('<c r="A1" />', 's', 7)).toBe('<c r="A1" s="7"/>')
    expect(withoutAttribute('<row r="1" spans="1:4" ht="20">', 'spans')).toBe('<row r="1" ht="20">')
  })

  test('is a count only as a whole number', () => {
    expect([writtenCount('<c s="12">', 's'), writtenCount('<c s="-1">', 's'), writtenCount('<c>', 's')]).toEqual([
      12,
      undefined,
      undefined,
    ])
  })
})
