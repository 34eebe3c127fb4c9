import type { ErrorCell } from '@atermtrack/domain'

const CODES: ReadonlyMap<number, string> = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
])
const UNKNOWN = '#UNKNOWN!'

/** The error value that binary workbooks write as a number. */
export function errorOfNumber(value: number): ErrorCell {
  return { kind: 'error', code: CODES.get(value) ?? UNKNOWN }
}
