import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseNumber, parseShortDecimal } from './number-cell.ts'

const gathered = (text: string) => {
  const bytes = Buffer.from(`9${text}9`)
  return { bytes, from: 1, to: bytes.length - 1, own: bytes }
}

test('reads a short decimal as Number does', () => {
  const decimals = fc.tuple(fc.boolean(), fc.stringMatching(/^\d{1,8}(\.\d{0,7})?$/u))
  fc.assert(
    fc.property(decimals, ([isNegative, digits]) => {
      const text = `${isNegative ? '-' : ''}${digits}`
      expect(parseShortDecimal(gathered(text))).toBe(Number(text) + 0)
    }),
  )
})

test('reads any double as it was written', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = String(value)
      const short = parseShortDecimal(gathered(text))
      const read = Number.isNaN(short) ? parseNumber(text) : short
      expect(Number(read)).toBe(value + 0)
    }),
  )
})

test.each(['', '-', '.', '1.2.3', '1e5', ' 1', '+1', '1234567890123456', 'abc', '--1'])(
  'leaves %j to the slow way',
  (text) => {
    expect(parseShortDecimal(gathered(text))).toBeNaN()
  },
)

test.each(['abc', 'Infinity', '1e999', '0x1F', '1_000', '1,5', '12 345'])('keeps %s as text', (text) => {
  expect(parseNumber(text)).toBe(text)
})
