import type { GatheredText } from '../xml/gathered-text.ts'

const ZERO = 0x30
const MINUS = 0x2d
const POINT = 0x2e
const EXACT_DIGITS = 15
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power)
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u
const WHOLE = /^[+-]?\d+$/u

/**
 * The number a text of up to 15 digits stands for, NaN for any other text. Digits and power of ten are both exact
 * doubles, so their quotient is the nearest one, the same that `Number` gives.
 */
export function parseShortDecimal({ bytes, from, to }: GatheredText): number {
  const start = bytes[from] === MINUS ? from + 1 : from
  if (to - start > EXACT_DIGITS + 1) return Number.NaN
  let digits = 0
  let point = -1
  for (let at = start; at < to; at++) {
    const digit = (bytes[at] as number) - ZERO
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit
    else if (bytes[at] === POINT && point === -1) point = at
    else return Number.NaN
  }
  const count = to - start - (point === -1 ? 0 : 1)
  if (count === 0 || count > EXACT_DIGITS) return Number.NaN
  const value = point === -1 ? digits : digits / (POWERS_OF_TEN[to - 1 - point] as number)
  // Not `-value`: a negative zero is useless.
  return start === from ? value : 0 - value
}

/**
 * The value of a numeric cell's text. A whole number beyond 2^53 stays text, digit for digit, so that an identifier
 * is not corrupted; any other text stays text too.
 */
export function parseNumber(text: string): number | string | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (!NUMBER.test(trimmed)) return text
  const value = Number(trimmed)
  if (!Number.isFinite(value)) return text
  return Number.isInteger(value) && !Number.isSafeInteger(value) && WHOLE.test(trimmed) ? trimmed : value
}
