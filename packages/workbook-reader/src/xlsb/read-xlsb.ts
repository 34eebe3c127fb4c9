import type { Cell, DateCell } from '@atermtrack/domain'
import { readWideText, requireBytes, scanBinaryRecords } from './binary-records.ts'
import { createSerialToDate } from '../cells/date-cells.ts'
import { errorOfNumber } from '../cells/error-cells.ts'
import type { ReadingLimits } from '../reading-limits.ts'
import { beginRow, createSheetRows, endRow, putCell, type SheetRows } from '../sheets/sheet-rows.ts'
import { readSheets } from '../sheets/read-sheets.ts'
import { toStorableText } from '../storable-text.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import type { RowVisitor, WorkbookVisitor } from '../sheets/workbook-visitor.ts'
import { readXlsbDateStyles, readXlsbPackage, readXlsbStrings, type XlsbPackage } from './xlsb-package.ts'
import { openZipDirectory, type ZipDirectory } from '../zip/zip-directory.ts'

interface CellContext {
  readonly sharedStrings: readonly string[]
  readonly dateStyles: readonly boolean[]
  readonly toDate: (serial: number) => DateCell | undefined
}

/** Reads the value of a cell record whose head ends at `at`. */
type ValueReader = (context: CellContext, style: number, bytes: Buffer, at: number, to: number) => Cell

const ROW = 0x00
const SHEET_DATA_END = 0x92
/** Records whose head names the column; a formula stands behind its result. */
const PLACED_CELLS: ReadonlyMap<number, ValueReader> = new Map([
  [0x02, readRk],
  [0x03, readError],
  [0x04, readBoolean],
  [0x05, readReal],
  [0x06, readText],
  [0x07, readShared],
  [0x08, readText],
  [0x09, readReal],
  [0x0a, readBoolean],
  [0x0b, readError],
  [0x3e, readRichText],
])
/** Records of the column next to the one before. */
const NEXT_CELLS: ReadonlyMap<number, ValueReader> = new Map([
  [0x0c, () => undefined],
  [0x0d, readRk],
  [0x0e, readError],
  [0x0f, readBoolean],
  [0x10, readReal],
  [0x11, readText],
  [0x12, readShared],
])
const BLANK = 0x01
const COLUMN_BYTES = 4
const STYLE_BYTES = 4
const STYLE_MASK = 0xff_ff_ff

/** Reads a binary workbook of Excel 2007 and later. Throws `UnreadableWorkbook`. */
export async function readXlsb(file: Buffer, visitor: WorkbookVisitor, limits: ReadingLimits): Promise<void> {
  const parts = await openZipDirectory(file, limits)
  const book = await readXlsbPackage(parts, limits)
  await readSheets(book.sheets, visitor, {
    readContext: async () => readContext(parts, book, limits),
    scan: async (path, visitRow, context) => scanSheet(parts.read(path), visitRow, context, limits),
  })
}

async function readContext(parts: ZipDirectory, book: XlsbPackage, limits: ReadingLimits): Promise<CellContext> {
  const { sharedStringsPath, stylesPath, is1904 } = book
  return {
    sharedStrings: sharedStringsPath ? await readXlsbStrings(parts.read(sharedStringsPath), limits) : [],
    dateStyles: stylesPath ? await readXlsbDateStyles(parts.read(stylesPath)) : [],
    toDate: createSerialToDate(is1904),
  }
}

async function scanSheet(
  chunks: AsyncIterable<Buffer>,
  visitRow: RowVisitor,
  context: CellContext,
  limits: ReadingLimits,
): Promise<void> {
  const rows = createSheetRows(visitRow, limits)
  let column = -1
  let isEnded = false
  await scanBinaryRecords(chunks, (type, bytes, from, to) => {
    if (type === ROW) {
      startRow(rows, bytes, from, to)
      column = -1
    } else if (type === SHEET_DATA_END) isEnded = true
    else column = acceptCell(rows, context, column, type, bytes, from, to)
    return isEnded || rows.isDone ? 'stop' : undefined
  })
  if (!isEnded && !rows.isDone) throw new UnreadableWorkbook('truncated', 'binary sheet')
  endRow(rows)
}

function startRow(rows: SheetRows, bytes: Buffer, from: number, to: number): void {
  endRow(rows)
  requireBytes(from + 4, to)
  if (!rows.isDone) beginRow(rows, bytes.readUInt32LE(from) + 1)
}

/** Returns the column of the cell, or the one before if the record is no cell. */
function acceptCell(
  rows: SheetRows,
  context: CellContext,
  before: number,
  type: number,
  bytes: Buffer,
  from: number,
  to: number,
): number {
  const isPlaced = type === BLANK || PLACED_CELLS.has(type)
  const read = PLACED_CELLS.get(type) ?? NEXT_CELLS.get(type)
  if (!isPlaced && !read) return before
  const styleAt = isPlaced ? from + COLUMN_BYTES : from
  requireBytes(styleAt + STYLE_BYTES, to)
  const column = isPlaced ? bytes.readUInt32LE(from) : before + 1
  const style = bytes.readUInt32LE(styleAt) & STYLE_MASK
  if (read) putCell(rows, column, read(context, style, bytes, styleAt + STYLE_BYTES, to))
  return column
}

/** Thirty bits of a whole number or the upper ones of a double, in hundredths or not. */
function readRk(context: CellContext, style: number, bytes: Buffer, at: number, to: number): Cell {
  requireBytes(at + 4, to)
  const bits = bytes.readInt32LE(at)
  const isHundredths = (bits & 1) === 1
  const value = (bits & 2) === 2 ? bits >> 2 : upperDouble(bits & ~3)
  return toNumberOrDate(context, style, isHundredths ? value / 100 : value)
}

function upperDouble(bits: number): number {
  const bytes = Buffer.alloc(8)
  bytes.writeInt32LE(bits, 4)
  return bytes.readDoubleLE(0)
}

function readReal(context: CellContext, style: number, bytes: Buffer, at: number, to: number): Cell {
  requireBytes(at + 8, to)
  return toNumberOrDate(context, style, bytes.readDoubleLE(at))
}

function toNumberOrDate({ dateStyles, toDate }: CellContext, style: number, value: number): Cell {
  if (!Number.isFinite(value)) return undefined
  const plain = value === 0 ? 0 : value
  return dateStyles[style] === true ? (toDate(plain) ?? plain) : plain
}

function readError(_context: CellContext, _style: number, bytes: Buffer, at: number, to: number): Cell {
  requireBytes(at + 1, to)
  return errorOfNumber(bytes.readUInt8(at))
}

function readBoolean(_context: CellContext, _style: number, bytes: Buffer, at: number, to: number): Cell {
  requireBytes(at + 1, to)
  return bytes[at] !== 0
}

function readText(_context: CellContext, _style: number, bytes: Buffer, at: number, to: number): Cell {
  return toStorableText(readWideText(bytes, at, to)) || undefined
}

function readRichText(context: CellContext, style: number, bytes: Buffer, at: number, to: number): Cell {
  return readText(context, style, bytes, at + 1, to)
}

function readShared({ sharedStrings }: CellContext, _style: number, bytes: Buffer, at: number, to: number): Cell {
  requireBytes(at + 4, to)
  const shared = sharedStrings[bytes.readUInt32LE(at)]
  if (shared === undefined) throw new UnreadableWorkbook('damaged', 'a cell points to no shared string')
  return shared || undefined
}
