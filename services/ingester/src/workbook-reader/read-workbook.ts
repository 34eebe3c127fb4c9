import { readXlsx } from './read-xlsx.ts'
import { defaultReadingLimits, type ReadingLimits } from './reading-limits.ts'
import { sniffFormat, type WorkbookFormat } from './sniff-format.ts'
import { UnreadableWorkbook } from './unreadable-workbook.ts'
import type { WorkbookVisitor } from './workbook-visitor.ts'

type WorkbookReader = (bytes: Buffer, visitor: WorkbookVisitor, limits: ReadingLimits) => Promise<void>

// A zip without the marks of a workbook still goes to the xlsx reader: it tells a cut-off file from a foreign one.
const readers: Partial<Record<WorkbookFormat, WorkbookReader>> = { xlsx: readXlsx, zip: readXlsx }

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
  const format = sniffFormat(bytes)
  if (format === 'encrypted') throw new UnreadableWorkbook('encrypted', 'password-protected workbook')
  if (format === 'unknown') throw new UnreadableWorkbook('not_a_workbook', 'no known signature')
  const read = readers[format]
  if (!read) throw new UnreadableWorkbook('unsupported_format', format)
  await read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), visitor, limits)
}
