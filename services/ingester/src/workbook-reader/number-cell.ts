import type { Cell } from '@atermtrack/domain'
import type { TextBuffer } from './text-buffer.ts'

const ZERO = 0x30
const MINUS = 0x2d
const POINT = 0x2e
const EXACT_DIGITS = 15
const POWERS_OF_TEN = Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power)
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u
const WHOLE = /^[+-]?\d+$/u

/**
 * Reads the raw text of a numeric cell. A whole number beyond 2^53 stays text, digit for digit, so that an
 * identifier is not corrupted; what is no number at all stays text too.
 */
export function readNumber(source: TextBuffer): Cell {
  return readShortDecimal(source) ?? readAnyNumber(source.bytes.toString('utf8', 0, source.length).trim())
}

/** Up to 15 digits over a power of ten: both are exact doubles, so the quotient is the nearest one, as in `Number`. */
function readShortDecimal({ bytes, length }: TextBuffer): number | undefined {
  const start = bytes[0] === MINUS ? 1 : 0
  if (length === start || length - start > EXACT_DIGITS + 1) return undefined
  let digits = 0
  let point = -1
  for (let at = start; at < length; at++) {
    const digit = (bytes[at] as number) - ZERO
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit
    else if (bytes[at] === POINT && point === -1) point = at
    else return undefined
  }
  if (point === -1) return length - start > EXACT_DIGITS ? undefined : sign(digits, start)
  return length === start + 1 ? undefined : sign(digits / (POWERS_OF_TEN[length - 1 - point] ?? 1), start)
}

function sign(value: number, minusLength: number): number {
  // Not `-value`: a negative zero is of no use to anybody.
  return minusLength === 0 ? value : 0 - value
}

function readAnyNumber(text: string): Cell {
  if (text === '') return undefined
  if (!NUMBER.test(text)) return text
  const value = Number(text)
  if (WHOLE.test(text) && !Number.isSafeInteger(value)) return text
  return Number.isFinite(value) ? value : text
}
