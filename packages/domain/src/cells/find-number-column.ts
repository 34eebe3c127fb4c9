import { cellText } from './cell-values.ts'
import type { Cell } from './cell.ts'
import { parseContainerNumber, type ContainerNumber } from '../values/container-number.ts'
import { headerSearchRows } from './header.ts'
import { normaliseLabel } from './header.ts'
import { latinCapitals } from '../values/look-alikes.ts'
import { readNumbers } from '../question/read-numbers.ts'

/** A row as it stands in a sheet; numbers are 1-based and grow, blank rows may be left out. */
export interface NumberedRow {
  readonly rowNumber: number
  readonly cells: readonly Cell[]
}

/** The place of the container numbers in a sheet of any layout. */
export interface NumberColumn {
  /** Zero-based. */
  readonly column: number
  /** The header row; undefined when the numbers begin in the first row. */
  readonly headerRow: number | undefined
  /** The column of the four letters, where those stand apart from the digits of `column`. */
  readonly prefixColumn?: number
}

/** The result of reading a cell that should hold a container number. */
export type NumberCell =
  | { readonly kind: 'number'; readonly container: ContainerNumber }
  /** It resembles a number but is not one. */
  | { readonly kind: 'mistyped'; readonly text: string }

interface Candidate extends NumberColumn {
  readonly hasLabel: boolean
  readonly hits: number
}

/** A column with what each of its cells was read as. */
interface ReadColumn {
  readonly column: number
  readonly read: readonly (NumberCell | undefined)[]
}

const threeDigits = /\d\D*\d\D*\d/
const anyLetter = /\p{L}/u
const otherThanDigits = /[^\d\s]/

/** Beside a container only a text that begins like one is a mistyped number: seals and orders have letters and digits too. */
const ownerCode = /^[A-Z]{3}[UJZ]/

const containerLabel = /контейнер|container|cntr|(?<!\p{L})ктк(?!\p{L})/u

const numberWord = /номер|№|number|(?<!\p{L})no(?!\p{L})/u
/** Headings of what belongs to a container. */
const otherThanNumber = /тип|вид|размер|вес|масс|дата|врем|кол|статус|type|size|weight|date|time|quantity|count|status/u

/**
 * Finds the column of container numbers in the first rows of a sheet: the one whose heading within 15 rows speaks of
 * containers, else the one where most cells are numbers. A heading alone does not do: some number must stand below it.
 */
export function findNumberColumn(rows: readonly NumberedRow[]): NumberColumn | undefined {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length))
  const columns = Array.from({ length: width }, (_, column) => ({ column, read: readColumn(rows, column) }))
  const candidates = columns.flatMap((read) => labelledCandidate(rows, read) ?? plainCandidate(rows, read) ?? [])
  const best = candidates.toSorted((a, b) => Number(b.hasLabel) - Number(a.hasLabel) || b.hits - a.hits).at(0)
  return best ? { column: best.column, headerRow: best.headerRow } : findSplitColumn(rows, width)
}

/** The cell of a row with its container number, put together where letters and digits stand in two columns. */
export function numberCellOf(cells: readonly Cell[], { column, prefixColumn }: NumberColumn): Cell {
  return prefixColumn === undefined ? cells[column] : joined(cells, prefixColumn)
}

/** Numbers whose letters stand in one column and whose digits stand in the next: in most rows that have letters. */
function findSplitColumn(rows: readonly NumberedRow[], width: number): NumberColumn | undefined {
  const pairs = Array.from({ length: Math.max(0, width - 1) }, (_, prefixColumn) => {
    const whole = rows.filter(({ cells }) => joined(cells, prefixColumn) !== undefined)
    return { prefixColumn, whole, filled: rows.filter(({ cells }) => cellText(cells[prefixColumn]) !== undefined) }
  })
  const best = pairs
    .filter(({ whole, filled }) => whole.length > 0 && whole.length * 2 >= filled.length)
    .toSorted((a, b) => b.whole.length - a.whole.length)
    .at(0)
  if (!best) return undefined
  const first = best.whole[0]?.rowNumber ?? 1
  return {
    column: best.prefixColumn + 1,
    headerRow: first > 1 ? first - 1 : undefined,
    prefixColumn: best.prefixColumn,
  }
}

/** A spreadsheet drops the leading zeros of digits that stand alone. */
function joined(cells: readonly Cell[], prefixColumn: number): string | undefined {
  const letters = latinCapitals(cellText(cells[prefixColumn]) ?? '')
  const digits = cellText(cells[prefixColumn + 1]) ?? ''
  return /^[A-Z]{3}[UJZ]$/.test(letters) && /^\d{4,7}$/.test(digits) ? letters + digits.padStart(7, '0') : undefined
}

/**
 * Finds the column of container numbers in a table that is still empty: the one whose heading within 15 rows speaks of their numbers, else
 * of containers. Of several rows the one with the most headings counts: a title may speak of containers too.
 */
export function findNumberHeading(rows: readonly NumberedRow[]): NumberColumn | undefined {
  const headings = rows.slice(0, headerSearchRows).flatMap(({ rowNumber, cells }) => {
    const labels = cells.flatMap((cell, column) =>
      isNumberLabel(cell) ? [{ column, label: normaliseLabel(cell) }] : [],
    )
    const best = labels.find(({ label }) => numberWord.test(label)) ?? labels[0]
    const width = cells.filter((cell) => cellText(cell) !== undefined).length
    return best ? [{ column: best.column, headerRow: rowNumber, width }] : []
  })
  const widest = headings.toSorted((one, other) => other.width - one.width).at(0)
  return widest && { column: widest.column, headerRow: widest.headerRow }
}

function isNumberLabel(cell: Cell): cell is string {
  return isContainerLabel(cell) && !otherThanNumber.test(normaliseLabel(cell))
}

/** All numbers of a cell, with words around them or none: the readable ones in their order, then the mistyped ones. */
export function readNumberCells(cell: Cell): readonly NumberCell[] {
  const text = cellText(cell)
  if (text === undefined || !mayHoldNumbers(text)) return []
  const whole = parseContainerNumber(text)
  if (whole !== undefined) return [{ kind: 'number', container: whole }]
  const { containers, mistyped } = readNumbers(text)
  const slips = containers.length === 0 ? mistyped : mistyped.filter((piece) => ownerCode.test(latinCapitals(piece)))
  return [
    ...containers.map((container) => ({ kind: 'number', container }) as const),
    ...slips.map((piece) => ({ kind: 'mistyped', text: piece }) as const),
  ]
}

/** Most cells of a sheet hold none, and that is seen at once. */
function mayHoldNumbers(text: string): boolean {
  return threeDigits.test(text) && (anyLetter.test(text) || !otherThanDigits.test(text))
}

function readNumberCell(cell: Cell): NumberCell | undefined {
  return readNumberCells(cell)[0]
}

function labelledCandidate(rows: readonly NumberedRow[], { column, read }: ReadColumn): Candidate | undefined {
  const labels = rows.slice(0, headerSearchRows).map(({ cells }) => isContainerLabel(cells[column]))
  const firstNumber = read.findIndex((cell) => cell?.kind === 'number')
  // A title above the headings may speak of containers too.
  const nearest = firstNumber === -1 ? -1 : labels.lastIndexOf(true, firstNumber)
  const index = nearest === -1 ? labels.indexOf(true) : nearest
  if (index === -1) return undefined
  const hits = read.slice(index + 1).filter((cell) => cell !== undefined).length
  return hits === 0 ? undefined : { column, headerRow: rows[index]?.rowNumber, hasLabel: true, hits }
}

function isContainerLabel(cell: Cell): cell is string {
  if (typeof cell !== 'string') return false
  return containerLabel.test(normaliseLabel(cell)) && readNumberCell(cell) === undefined
}

/** Codes of other things look like mistyped numbers: without a heading most must be numbers indeed. */
function plainCandidate(rows: readonly NumberedRow[], { column, read }: ReadColumn): Candidate | undefined {
  const first = read.findIndex((cell) => cell !== undefined)
  const firstRow = rows[first]
  if (!firstRow) return undefined
  const filled = rows.slice(first).filter(({ cells }) => cellText(cells[column]) !== undefined).length
  const found = read.filter((cell) => cell !== undefined)
  const numbers = found.filter(({ kind }) => kind === 'number').length
  if (found.length * 2 < filled || numbers * 2 < found.length) return undefined
  const headerRow = firstRow.rowNumber > 1 ? firstRow.rowNumber - 1 : undefined
  return { column, headerRow, hasLabel: false, hits: found.length }
}

function readColumn(rows: readonly NumberedRow[], column: number): (NumberCell | undefined)[] {
  return rows.map(({ cells }) => readNumberCell(cells[column]))
}
