export {
  type ArchiveLimits,
  defaultArchiveLimits,
  isArchive,
  listArchivedWorkbooks,
  unpackArchive,
} from './zip/list-archived-workbooks.ts'
export { readWorkbook } from './read-workbook.ts'
export { defaultReadingLimits, type ReadingLimits } from './reading-limits.ts'
export type { TaskDeath, TaskLimits, TaskOutcome } from './processes/task.ts'
export { openProcessPool, type ProcessPool } from './processes/process-pool.ts'
export { serveTasks } from './processes/serve-tasks.ts'
export { decodeText } from './text/text-charset.ts'
export { findLikeParts, haveSameParts } from './zip/same-parts.ts'
export { UnreadableWorkbook, type UnreadableReason } from './unreadable-workbook.ts'
export type { RowVisitor, SheetInfo, WorkbookVisitor } from './sheets/workbook-visitor.ts'
export { sniffFormat, type WorkbookFormat } from './sniff-format.ts'
