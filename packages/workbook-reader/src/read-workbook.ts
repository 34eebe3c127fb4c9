import { readBiff } from './biff/read-biff.ts'
import { readCsv } from './text/read-csv.ts'
import { readHtml } from './text/read-html.ts'
import { readOds } from './ods/read-ods.ts'
import { readSpreadsheetMl } from './spreadsheetml/read-spreadsheetml.ts'
import { readXlsb } from './xlsb/read-xlsb.ts'
import { readXlsx } from './xlsx/read-xlsx.ts'
import { defaultReadingLimits, type ReadingLimits } from './reading-limits.ts'
import { sniffFormat, type WorkbookFormat } from './sniff-format.ts'
import { UnreadableWorkbook, type UnreadableReason } from './unreadable-workbook.ts'
import type { WorkbookVisitor } from './sheets/workbook-visitor.ts'

type WorkbookReader = (bytes: Buffer, visitor: WorkbookVisitor, limits: ReadingLimits) => Promise<void> | void

const readers: Readonly<Record<WorkbookFormat, WorkbookReader>> = {
  xlsx: readXlsx,
  xlsb: readXlsb,
  ods: readOds,
  biff: readBiff,
  html: readHtml,
  spreadsheetml: readSpreadsheetMl,
  csv: readCsv,
  zip: refuse('not_a_workbook', 'a zip archive'),
  package: refuse('not_a_workbook', 'another kind of document'),
  archive: refuse('archive_unsupported', 'rar, 7z or the like'),
  encrypted: refuse('encrypted', 'password-protected workbook'),
  ole: refuse('not_a_workbook', 'an OLE file without a workbook'),
  unknown: refuse('not_a_workbook', 'no known signature'),
}

/**
 * Reads a workbook of whatever format its bytes are, row by row, sheet by sheet.
 * Throws `UnreadableWorkbook` when the file is at fault; rows visited before that must be thrown away.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  visitor: WorkbookVisitor,
  limits: ReadingLimits = defaultReadingLimits,
): Promise<void> {
  if (bytes.length === 0) throw new UnreadableWorkbook('empty', 'the file has no bytes')
  if (bytes.length > limits.maxBytes) throw new UnreadableWorkbook('too_big', `${bytes.length} bytes`)
  const read = readers[sniffFormat(bytes)]
  await read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), visitor, limits)
}

function refuse(reason: UnreadableReason, detail: string): WorkbookReader {
  return () => {
    throw new UnreadableWorkbook(reason, detail)
  }
}
