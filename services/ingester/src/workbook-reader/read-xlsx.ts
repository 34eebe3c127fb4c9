import type { CellContext } from './cell-value.ts'
import { createSerialToDate } from './date-cells.ts'
import type { ReadingLimits } from './reading-limits.ts'
import { readSharedStrings } from './shared-strings.ts'
import { scanSheet } from './sheet-scanner.ts'
import { readDateStyles } from './styles.ts'
import { createTextDecoder } from './text-decoder.ts'
import type { WorkbookVisitor } from './workbook-visitor.ts'
import { readXlsxPackage, type XlsxPackage } from './xlsx-package.ts'
import { openZipDirectory, type ZipDirectory } from './zip-directory.ts'

/** Reads an xlsx or xlsm workbook. Throws `UnreadableWorkbook`. */
export async function readXlsx(file: Buffer, visitor: WorkbookVisitor, limits: ReadingLimits): Promise<void> {
  const parts = await openZipDirectory(file, limits)
  const book = await readXlsxPackage(parts, limits)
  let context: CellContext | undefined
  for (const { info, path } of book.sheets) {
    const visitRow = visitor.sheet(info)
    if (!visitRow) continue
    context ??= await readContext(parts, book, limits)
    await scanSheet(parts.read(path), visitRow, context, limits)
  }
}

async function readContext(parts: ZipDirectory, book: XlsxPackage, limits: ReadingLimits): Promise<CellContext> {
  const { sharedStringsPath, stylesPath } = book
  const decode = createTextDecoder()
  return {
    // Excel, too, opens a workbook that names these parts and lacks them.
    sharedStrings: has(parts, sharedStringsPath)
      ? await readSharedStrings(parts.read(sharedStringsPath), decode, limits)
      : [],
    dateStyles: has(parts, stylesPath) ? await readDateStyles(parts.read(stylesPath)) : [],
    toDate: createSerialToDate(book.is1904),
    decode,
    errors: new Map(),
  }
}

function has(parts: ZipDirectory, path: string | undefined): path is string {
  return path !== undefined && parts.has(path)
}
