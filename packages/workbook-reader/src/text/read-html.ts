import { readHtmlTables } from './html-table.ts'
import { scanHtml } from './html-tokens.ts'
import type { ReadingLimits } from '../reading-limits.ts'
import { createSheetRows } from '../sheets/sheet-rows.ts'
import { createTextDecoder } from './text-decoder.ts'
import { charsetOfMark, detectCharset } from './text-charset.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import type { WorkbookVisitor } from '../sheets/workbook-visitor.ts'

const HEAD_BYTES = 4_096
const DECLARED_CHARSET = /<meta[^>]*charset\s*=\s*["']?\s*([\w.:-]+)/iu
const TABLE = /<(?:table|tr)[\s>]/iu

/** Reads the tables of a web page, which many programs write as `.xls`, as one sheet of texts. Throws `UnreadableWorkbook`. */
export function readHtml(file: Buffer, visitor: WorkbookVisitor, limits: ReadingLimits): void {
  const html = createTextDecoder(findCharset(file))(file)
  if (!TABLE.test(html)) throw new UnreadableWorkbook('not_a_workbook', 'a web page without a table')
  const visitRow = visitor.sheet({ name: '', index: 0, hidden: false })
  if (visitRow) readHtmlTables(scanHtml(html), createSheetRows(visitRow, limits))
}

/** A page that declares UTF-8 wrongly gets the likeliest charset. */
function findCharset(file: Buffer): string {
  const marked = charsetOfMark(file)
  if (marked !== undefined) return marked
  const declared = DECLARED_CHARSET.exec(file.toString('latin1', 0, HEAD_BYTES))?.[1]?.toLowerCase()
  return declared === undefined || /^utf|^unicode/u.test(declared) || !isKnown(declared)
    ? detectCharset(file)
    : declared
}

function isKnown(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding !== ''
  } catch {
    return false
  }
}
