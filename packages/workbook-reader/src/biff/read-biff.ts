import { createSerialToDate } from '../cells/date-cells.ts'
import type { ReadingLimits } from '../reading-limits.ts'
import { createSheetRows } from '../sheets/sheet-rows.ts'
import type { WorkbookVisitor } from '../sheets/workbook-visitor.ts'
import { readBiffSheet } from './biff-sheet.ts'
import { readBiffWorkbook } from './biff-workbook.ts'
import { readOleStream } from './ole-stream.ts'

const STREAM_NAMES = ['Workbook', 'Book']

/**
 * Reads an `.xls` workbook of Excel 5 to 2003 inside an OLE file, row by row: beside the file only its shared strings are held.
 * Throws `UnreadableWorkbook`.
 */
export function readBiff(file: Buffer, visitor: WorkbookVisitor, limits: ReadingLimits): void {
  const stream = readOleStream(file, STREAM_NAMES)
  const book = readBiffWorkbook(stream, limits)
  const context = { ...book, stream, toDate: createSerialToDate(book.is1904) }
  for (const { info, at } of book.sheets) {
    const visitRow = visitor.sheet(info)
    if (visitRow) readBiffSheet(context, at, createSheetRows(visitRow, limits))
  }
}
