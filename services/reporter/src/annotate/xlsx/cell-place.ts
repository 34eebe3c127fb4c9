import { columnIndex, columnLetters } from '@atermtrack/domain'

const reference = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i
const [upperA, upperZ, zero, nine] = [0x41, 0x5a, 0x30, 0x39]
const [mostLetters, mostDigits] = [3, 7]

export interface CellPlace {
  /** Zero-based. */
  readonly column: number
  readonly row: number
}

/** `AB12` as a place; undefined when it is none. */
export function parseReference(text: string | undefined): CellPlace | undefined {
  const [, letters, row] = reference.exec(text ?? '') ?? []
  const column = letters === undefined ? undefined : columnIndex(letters.toUpperCase())
  return column === undefined ? undefined : { column, row: Number(row) }
}

/** The same for `bytes[from, to)`: a sheet has a reference in each of its cells, nearly always in the plain form. */
export function readReference(bytes: Buffer, from: number, to: number): CellPlace | undefined {
  let [at, column, row] = [from, 0, 0]
  for (; at < to && isBetween(bytes[at], upperA, upperZ); at++) column = column * 26 + (bytes[at] ?? 0) - upperA + 1
  const digitsFrom = at
  for (; at < to && isBetween(bytes[at], zero, nine); at++) row = row * 10 + (bytes[at] ?? 0) - zero
  const [letters, digits] = [digitsFrom - from, to - digitsFrom]
  const isPlain = at === to && letters > 0 && letters <= mostLetters && digits > 0 && digits <= mostDigits
  return isPlain ? { column: column - 1, row } : parseReference(bytes.toString('latin1', from, to))
}

function isBetween(code: number | undefined, from: number, to: number): boolean {
  return code !== undefined && code >= from && code <= to
}

export interface CellRange {
  readonly from: CellPlace
  readonly to: CellPlace
}

/** `A1:K20`, or a single cell; undefined when it is neither. */
export function parseRange(text: string | undefined): CellRange | undefined {
  const [first, last = first, ...more] = text?.split(':') ?? []
  const [from, to] = [parseReference(first), parseReference(last)]
  return from && to && more.length === 0 ? { from, to } : undefined
}

export function formatReference({ column, row }: CellPlace): string {
  return `${columnLetters(column)}${row}`
}

export function formatRange({ from, to }: CellRange): string {
  return `${formatReference(from)}:${formatReference(to)}`
}

/** `$A$1:$K$20`, as names of a workbook say it. */
export function formatFixedRange({ from, to }: CellRange): string {
  return [from, to].map(({ column, row }) => `$${columnLetters(column)}$${row}`).join(':')
}

/** The range with at least the columns up to `column`. */
export function widenedTo({ from, to }: CellRange, column: number): CellRange {
  return { from, to: { ...to, column: Math.max(to.column, column) } }
}
