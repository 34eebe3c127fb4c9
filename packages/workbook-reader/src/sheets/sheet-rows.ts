import type { Cell } from '@atermtrack/domain'
import type { ReadingLimits } from '../reading-limits.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import type { RowVisitor } from './workbook-visitor.ts'

/** The rows of one sheet on their way to the visitor. `isDone`: no later row is read. */
export interface SheetRows {
  readonly visitRow: RowVisitor
  readonly limits: ReadingLimits
  readonly cells: Cell[]
  rowNumber: number
  lastFullRow: number
  fullRows: number
  hasValue: boolean
  isDone: boolean
}

export function createSheetRows(visitRow: RowVisitor, limits: ReadingLimits): SheetRows {
  return { visitRow, limits, cells: [], rowNumber: 0, lastFullRow: 0, fullRows: 0, hasValue: false, isDone: false }
}

/**
 * Begins the row of the 1-based number. Numbers that
 * repeat or go back are the file's fault and mean the next row: a number is the name of one row from here on.
 */
export function beginRow(rows: SheetRows, rowNumber: number): void {
  rows.rowNumber = Math.max(rowNumber, rows.lastFullRow + 1)
}

/** Puts a value into a 0-based column. Blank cells may lie anywhere: people style whole rows to the last column. */
export function putCell(rows: SheetRows, column: number, cell: Cell): void {
  if (cell === undefined) return
  const { cells, limits } = rows
  if (column >= limits.maxColumns) {
    throw new UnreadableWorkbook('too_many_columns', `more than ${limits.maxColumns} columns`)
  }
  if (typeof cell === 'string' && cell.length > limits.maxCellCharacters) {
    throw new UnreadableWorkbook(
      'cell_too_long',
      `more than ${limits.maxCellCharacters} characters in row ${rows.rowNumber}`,
    )
  }
  while (cells.length <= column) cells.push(undefined)
  cells[column] = cell
  rows.hasValue = true
}

/** Passes the row to the visitor if it holds a value. A run of blank rows before it, beyond the limit, ends the sheet instead. */
export function endRow(rows: SheetRows): void {
  if (!rows.hasValue || rows.isDone) return
  if (rows.rowNumber - rows.lastFullRow > rows.limits.maxBlankRows) {
    rows.isDone = true
    rows.visitRow.leftOut?.(rows.rowNumber)
    return
  }
  rows.fullRows++
  if (rows.fullRows > rows.limits.maxRows) {
    throw new UnreadableWorkbook('too_many_rows', `more than ${rows.limits.maxRows} rows`)
  }
  rows.lastFullRow = rows.rowNumber
  if (rows.visitRow(rows.rowNumber, rows.cells) === 'stop') rows.isDone = true
  rows.cells.fill(undefined)
  rows.hasValue = false
}
