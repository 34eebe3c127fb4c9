export {
  type ArchiveLimits,
  defaultArchiveLimits,
  isArchive,
  listArchivedWorkbooks,
  unpackArchive,
} from './zip/list-archived-workbooks.ts'
export { readWorkbook } from './read-workbook.ts'
export { defaultReadingLimits, type ReadingLimits } from './reading-limits.ts'
export { createPartSender, type WithPartWindow } from './xlsx/part-window.ts'
export { runInThread, type ThreadDeath, type ThreadLimits, type ThreadOutcome } from './thread/run-in-thread.ts'
export { decodeText } from './text/text-charset.ts'
export { UnreadableWorkbook, type UnreadableReason } from './unreadable-workbook.ts'
export type { RowVisitor, SheetInfo, WorkbookVisitor } from './sheets/workbook-visitor.ts'
export { sniffFormat, type WorkbookFormat } from './sniff-format.ts'
export { findWorkbookPath, readRelationships, readXlsxPackage, type XlsxPackage } from './xlsx/xlsx-package.ts'
export { decodeXmlText } from './xml/xml-text.ts'
export { openZipDirectory, type ZipDirectory } from './zip/zip-directory.ts'
export { openZipEntries, type ZipEntry } from './zip/zip-entries.ts'
