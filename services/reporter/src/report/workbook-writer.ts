import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Cell } from '@atermtrack/domain'
import excel from 'exceljs'
import { sheetNames } from './sheet-names.ts'
import { type ColumnKind, type TableValue, toCell } from './to-cell.ts'

export interface Column {
  readonly header: string
  readonly kind: ColumnKind
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** Values in the order of the columns. */
  readonly rows: readonly (readonly TableValue[])[]
}

const formats: Readonly<Record<ColumnKind, string>> = {
  text: '@',
  integer: '0',
  decimal: '0.0',
  date: 'dd.mm.yyyy',
  dateTime: 'dd.mm.yyyy hh:mm',
}
const narrowest = 6
const widest = 45
/** The button of the filter covers the end of a header. */
const filterButton = 3
const rowsPerTurn = 100

/** Writes an .xlsx workbook, a sheet per table: a frozen bold header with filters, typed cells, landscape print. */
export async function writeWorkbook(tables: readonly Table[]): Promise<Buffer> {
  const stream = new PassThrough()
  const bytes = buffer(stream)
  const workbook = new excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: true })
  const names = sheetNames(tables.map(({ name }) => name))
  for (const [index, table] of tables.entries()) await writeSheet(workbook, names[index] ?? '', table)
  await workbook.commit()
  return bytes
}

async function writeSheet(workbook: excel.stream.xlsx.WorkbookWriter, name: string, table: Table): Promise<void> {
  const { columns, rows } = table
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddFooter: '&L&A&R&P / &N' },
  })
  sheet.columns = columns.map(({ header, kind }, index) => ({
    header,
    width: widthOf(table, index),
    style: { numFmt: formats[kind], alignment: { vertical: 'top' } },
  }))
  const header = sheet.getRow(1)
  header.font = { bold: true }
  header.alignment = { vertical: 'middle', wrapText: true }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: columns.length } }
  for (const [index, row] of rows.entries()) {
    sheet.addRow(columns.map(({ kind }, place) => toCell(row[place], kind))).commit()
    if (index % rowsPerTurn === rowsPerTurn - 1) await nextTurn()
  }
  sheet.commit()
}

function widthOf({ columns, rows }: Table, index: number): number {
  const column = columns[index]
  if (!column) return narrowest
  const content = rows.reduce((most, row) => Math.max(most, shownLength(row[index], column.kind)), 0)
  // A long header wraps at its blanks instead of widening the column.
  const longestWord = Math.max(...column.header.split(' ').map((word) => word.length))
  return Math.min(widest, Math.max(narrowest, content + 2, longestWord + filterButton))
}

function shownLength(value: TableValue, kind: ColumnKind): number {
  if (value === undefined) return 0
  return kind === 'text' || kind === 'integer' ? String(value).length : formats[kind].length
}

/** A cell of a sheet without typed columns; one with a kind is written like that of a table. */
export interface PlainCell {
  readonly value: Cell
  readonly kind?: ColumnKind
  /** Of the background, as ARGB. */
  readonly colour?: string
  readonly isBold?: boolean
  /** Shows the lines of a text below each other. */
  readonly isWrapped?: boolean
}

export interface PlainSheet {
  /** Rows come in the order of their 1-based numbers. */
  readonly row: (rowNumber: number, cells: readonly PlainCell[]) => void
  readonly end: () => void
}

export interface PlainWorkbook {
  /** Begins the next sheet; `widths` in characters. */
  readonly sheet: (widths: readonly number[], options: { readonly hidden: boolean }) => PlainSheet
  readonly end: () => Promise<Buffer>
}

/** Writes values as they come, sheet after sheet, the sheets named like `names`. */
export function openWorkbookWriter(names: readonly string[]): PlainWorkbook {
  const stream = new PassThrough()
  const bytes = buffer(stream)
  const workbook = new excel.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: true })
  const free = sheetNames(names).values()
  return {
    sheet(widths, { hidden }) {
      const sheet = workbook.addWorksheet(free.next().value ?? '', { state: hidden ? 'hidden' : 'visible' })
      sheet.columns = widths.map((width) => ({ width }))
      return { row: (rowNumber, cells) => writePlainRow(sheet.getRow(rowNumber), cells), end: () => sheet.commit() }
    },
    async end() {
      await workbook.commit()
      return bytes
    },
  }
}

function writePlainRow(row: excel.Row, cells: readonly PlainCell[]): void {
  for (const [index, { value, kind, colour, isBold, isWrapped }] of cells.entries()) {
    if (value === undefined && colour === undefined) continue
    const cell = row.getCell(index + 1)
    const shown = toPlain(value, kind)
    cell.value = shown.value
    if (shown.format !== undefined) cell.numFmt = shown.format
    if (isWrapped) cell.alignment = { wrapText: true }
    if (isBold) cell.font = { bold: true }
    if (colour !== undefined) cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: colour } }
  }
  row.commit()
}

function toPlain(value: Cell, kind: ColumnKind | undefined): { value: excel.CellValue; format?: string } {
  if (kind !== undefined && typeof value !== 'boolean' && typeof value !== 'object') {
    return { value: toCell(value, kind), format: formats[kind] }
  }
  if (typeof value === 'string') return { value: toCell(value, 'text'), format: formats.text }
  if (typeof value !== 'object') return { value: value ?? null }
  if (value.kind === 'error') return { value: { error: value.code } as excel.CellErrorValue }
  const wallKind = value.wall.endsWith('T00:00:00') ? 'date' : 'dateTime'
  return { value: toCell(value.wall, wallKind), format: formats[wallKind] }
}
