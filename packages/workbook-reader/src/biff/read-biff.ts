import { read, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx'
import type { Cell, DateCell } from '@atermtrack/domain'
import { keepBiffCells, pieceOfStream } from './biff-records.ts'
import { createSerialToDate } from '../cells/date-cells.ts'
import { errorOfNumber } from '../cells/error-cells.ts'
import { isDateFormat } from '../cells/number-format.ts'
import { readOleStream } from './ole-stream.ts'
import type { ReadingLimits } from '../reading-limits.ts'
import { beginRow, createSheetRows, endRow, putCell, type SheetRows } from '../sheets/sheet-rows.ts'
import { toStorableText } from '../storable-text.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import type { SheetInfo, WorkbookVisitor } from '../sheets/workbook-visitor.ts'

interface BiffContext {
  readonly toDate: (serial: number) => DateCell | undefined
  readonly toText: (text: string) => string
  /** By format code, as there are few. */
  readonly dateFormats: Map<string, boolean>
}

const STREAM_NAMES = ['Workbook', 'Book']
const OTHER_SHEETS: ReadonlySet<string | undefined> = new Set(['chart', 'macro'])

/**
 * Reads an `.xls` workbook of Excel 5 to 2003 inside an OLE file, a large one piece by piece: the library creates all cells of
 * its input before the first can be read. Throws `UnreadableWorkbook`.
 */
export function readBiff(file: Buffer, visitor: WorkbookVisitor, limits: ReadingLimits): void {
  const { stream, codepage, pieces } = keepBiffCells(readOleStream(file, STREAM_NAMES), limits)
  if (pieces.length === 0) throw new UnreadableWorkbook('damaged', 'no sheet begins where the workbook says')
  const toText = createRecoder(codepage)
  const dateFormats = new Map<string, boolean>()
  const opened = new Map<number, SheetRows | undefined>()
  for (const piece of pieces) {
    if (piece.sheet !== undefined && isThrough(opened, piece.sheet)) continue
    const book = parse(pieces.length > 1 ? pieceOfStream(stream, piece) : stream)
    const is1904 = book.Workbook?.WBProps?.date1904 === true
    const context = { toDate: createSerialToDate(is1904), toText, dateFormats }
    for (const { info, sheet } of listSheets(book, toText)) {
      if (piece.sheet !== undefined && piece.sheet !== info.index) continue
      const rows = opened.has(info.index) ? opened.get(info.index) : open(visitor, info, limits)
      opened.set(info.index, rows)
      if (rows) visitSheet(rows, sheet, context)
    }
  }
}

/** Whether the visitor needs no more rows of a sheet, or never did. */
function isThrough(opened: ReadonlyMap<number, SheetRows | undefined>, sheet: number): boolean {
  return opened.has(sheet) && opened.get(sheet)?.isDone !== false
}

function open(visitor: WorkbookVisitor, info: SheetInfo, limits: ReadingLimits): SheetRows | undefined {
  const visitRow = visitor.sheet(info)
  return visitRow && createSheetRows(visitRow, limits)
}

/** The reduced stream holds values only, so nothing is computed or fetched. */
function parse(stream: Buffer): WorkBook {
  try {
    return read(stream, {
      type: 'buffer',
      dense: true,
      cellNF: true,
      cellDates: false,
      cellText: false,
      cellHTML: false,
      cellFormula: false,
    })
  } catch (error) {
    throw new UnreadableWorkbook('damaged', 'BIFF records', { cause: error })
  }
}

/** The library reads the one-byte texts of Excel 5 and 95 as Latin-1. */
function createRecoder(codepage: number | undefined): (text: string) => string {
  if (codepage === undefined) return toStorableText
  const decoder = new TextDecoder(charsetOf(codepage))
  return (text) => toStorableText(decoder.decode(Buffer.from(text, 'latin1')))
}

function charsetOf(codepage: number): string {
  if (codepage === 866) return 'ibm866'
  if (codepage === 10_007) return 'x-mac-cyrillic'
  return codepage >= 1250 && codepage <= 1258 ? `windows-${codepage}` : 'windows-1252'
}

function listSheets(book: WorkBook, toText: (text: string) => string) {
  const found: { readonly info: SheetInfo; readonly sheet: WorkSheet }[] = []
  for (const [index, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name]
    if (!sheet || OTHER_SHEETS.has(sheet['!type'])) continue
    const hidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0
    found.push({ info: { name: toText(name), index, hidden }, sheet })
  }
  if (found.length === 0) throw new UnreadableWorkbook('damaged', 'no sheets')
  return found
}

/** The rows lie in an array with holes as long as the highest row number, so it is walked by its keys. */
function visitSheet(rows: SheetRows, sheet: WorkSheet, context: BiffContext): void {
  const data = sheet['!data'] ?? []
  for (const key of Object.keys(data)) {
    const row = Number(key)
    beginRow(rows, row + 1)
    if (rows.isDone) return
    const cells: readonly (CellObject | undefined)[] = data[row] ?? []
    for (const column of Object.keys(cells)) putCell(rows, Number(column), toCell(cells[Number(column)], context))
    endRow(rows)
  }
}

function toCell(cell: CellObject | undefined, context: BiffContext): Cell {
  const value = cell?.v
  if (typeof value === 'string') return context.toText(value) || undefined
  if (typeof value === 'boolean') return value
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  if (cell?.t === 'e') return errorOfNumber(value)
  const plain = value === 0 ? 0 : value
  return isDate(context, String(cell?.z ?? '')) ? (context.toDate(plain) ?? plain) : plain
}

function isDate({ dateFormats }: BiffContext, format: string): boolean {
  const known = dateFormats.get(format)
  if (known !== undefined) return known
  const answer = isDateFormat(format)
  dateFormats.set(format, answer)
  return answer
}
