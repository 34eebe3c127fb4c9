import { columnIndex, columnLetters } from '@atermtrack/domain'

const reference = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i
const [upperA, upperZ, zero, nine] = [0x41, 0x5a, 0x30, 0x39]

export interface CellPlace {
  /** Zero-based. */
  readonly column: number
  readonly row: number
}

/** `AB12` as a place; undefined when it is none. */
export function parseReference(text: string | undefined): CellPlace | undefined {
  return text === undefined ? undefined : (plainReference(text) ?? anyReference(text))
}

/** A sheet has one in each of its cells, nearly always in this form. */
function plainReference(text: string): CellPlace | undefined {
  let [at, column, row] = [0, 0, 0]
  for (; at < text.length && isBetween(text.charCodeAt(at), upperA, upperZ); at++) {
    column = column * 26 + text.charCodeAt(at) - upperA + 1
  }
  if (at === 0 || at > 3 || at === text.length || text.length - at > 7) return undefined
  for (; at < text.length; at++) {
    if (!isBetween(text.charCodeAt(at), zero, nine)) return undefined
    row = row * 10 + text.charCodeAt(at) - zero
  }
  return { column: column - 1, row }
}

function isBetween(code: number, from: number, to: number): boolean {
  return code >= from && code <= to
}

function anyReference(text: string): CellPlace | undefined {
  const [, letters, row] = reference.exec(text) ?? []
  const column = letters === undefined ? undefined : columnIndex(letters.toUpperCase())
  return column === undefined ? undefined : { column, row: Number(row) }
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
