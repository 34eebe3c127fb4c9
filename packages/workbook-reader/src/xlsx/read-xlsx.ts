import { cacheByBytes } from '../xml/byte-cache.ts'
import { type CellContext, createCellContext, gatheredToString } from './cell-value.ts'
import type { ReadingLimits } from '../reading-limits.ts'
import { readSheets } from '../sheets/read-sheets.ts'
import { readSharedStrings } from './shared-strings.ts'
import { scanSheet } from './sheet-scanner.ts'
import { readDateStyles } from './styles.ts'
import type { WorkbookVisitor } from '../sheets/workbook-visitor.ts'
import { readXlsxPackage, type XlsxPackage } from './xlsx-package.ts'
import { openZipDirectory, type ZipDirectory } from '../zip/zip-directory.ts'

/** Reads an xlsx or xlsm workbook. Throws `UnreadableWorkbook`. */
export async function readXlsx(file: Buffer, visitor: WorkbookVisitor, limits: ReadingLimits): Promise<void> {
  const parts = await openZipDirectory(file, limits)
  const book = await readXlsxPackage(parts, limits)
  await readSheets(book.sheets, visitor, {
    readContext: async () => readContext(parts, book, limits),
    scan: async (path, visitRow, context) => scanSheet(parts.read(path), visitRow, context, limits),
  })
}

async function readContext(parts: ZipDirectory, book: XlsxPackage, limits: ReadingLimits): Promise<CellContext> {
  const { sharedStringsPath, stylesPath, is1904 } = book
  const toText = cacheByBytes(gatheredToString)
  // Excel, too, opens a workbook that names these parts and lacks them.
  const sharedStrings = has(parts, sharedStringsPath)
    ? await readSharedStrings(parts.read(sharedStringsPath), toText, limits)
    : []
  const dateStyles = has(parts, stylesPath) ? await readDateStyles(parts.read(stylesPath)) : []
  return createCellContext({ sharedStrings, dateStyles, toText, is1904 })
}

function has(parts: ZipDirectory, path: string | undefined): path is string {
  return path !== undefined && parts.has(path)
}
