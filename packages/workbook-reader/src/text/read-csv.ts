import { detectCsvLayout } from './csv-delimiter.ts'
import { scanCsvRecords } from './csv-records.ts'
import type { ReadingLimits } from '../reading-limits.ts'
import { beginRow, createSheetRows, endRow, putCell } from '../sheets/sheet-rows.ts'
import { toStorableText } from '../storable-text.ts'
import { decodeText } from './text-charset.ts'
import type { WorkbookVisitor } from '../sheets/workbook-visitor.ts'

/** Reads delimited text as one sheet without a name; every value stays text. Throws `UnreadableWorkbook`. */
export function readCsv(file: Buffer, visitor: WorkbookVisitor, limits: ReadingLimits): void {
  const visitRow = visitor.sheet({ name: '', index: 0, hidden: false })
  if (!visitRow) return
  const rows = createSheetRows(visitRow, limits)
  const text = toStorableText(decodeText(file))
  const { delimiter, start } = detectCsvLayout(text)
  scanCsvRecords(text.slice(start), delimiter, (fields) => {
    beginRow(rows, rows.rowNumber + 1)
    if (rows.isDone) return 'stop'
    for (const [column, field] of fields.entries()) putCell(rows, column, field || undefined)
    endRow(rows)
    return rows.isDone ? 'stop' : undefined
  })
}
