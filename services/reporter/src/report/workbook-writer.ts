import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Cell } from '@atermtrack/domain'
import { type ColumnKind, formats, sheetNames, toCell } from '@atermtrack/workbook-writer'
import excel from 'exceljs'

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
