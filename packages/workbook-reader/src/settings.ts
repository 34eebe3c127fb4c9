import { positiveInteger } from '@atermtrack/runtime'
import { z } from 'zod'
import { type ArchiveLimits, defaultArchiveLimits } from './zip/list-archived-workbooks.ts'
import { defaultReadingLimits, type ReadingLimits } from './reading-limits.ts'
import type { TaskLimits } from './processes/task.ts'

/** Limits for the cost of reading a workbook. */
export interface ReadingSettings {
  readonly workbook: ReadingLimits
  readonly archive: ArchiveLimits
  readonly task: TaskLimits
}

export const defaultReadingSettings: ReadingSettings = {
  workbook: defaultReadingLimits,
  archive: defaultArchiveLimits,
  task: { timeoutMs: 60_000, maxHeapMb: 512 },
}

const { workbook, archive, task } = defaultReadingSettings
const megabyte = 1_000_000

/** Variables of the limits, all with sane defaults. */
export const readingEnv = z.object({
  WORKBOOK_MAX_MB: positiveInteger.default(workbook.maxBytes / megabyte),
  WORKBOOK_MAX_UNPACKED_MB: positiveInteger.default(workbook.maxUnpackedBytes / megabyte),
  WORKBOOK_MAX_SHEETS: positiveInteger.default(workbook.maxSheets),
  WORKBOOK_MAX_ROWS: positiveInteger.default(workbook.maxRows),
  WORKBOOK_MAX_COLUMNS: positiveInteger.default(workbook.maxColumns),
  WORKBOOK_MAX_CELL_CHARACTERS: positiveInteger.default(workbook.maxCellCharacters),
  ARCHIVE_MAX_FILES: positiveInteger.default(archive.maxFiles),
  ARCHIVE_MAX_UNPACKED_MB: positiveInteger.default(archive.maxUnpackedBytes / megabyte),
  READING_MAX_SECONDS: positiveInteger.default(task.timeoutMs / 1_000),
  READING_MAX_HEAP_MB: positiveInteger.default(task.maxHeapMb),
})

/** The limits that the variables ask for. */
export function readingSettings(env: z.infer<typeof readingEnv>): ReadingSettings {
  return {
    workbook: {
      ...workbook,
      maxBytes: env.WORKBOOK_MAX_MB * megabyte,
      maxUnpackedBytes: env.WORKBOOK_MAX_UNPACKED_MB * megabyte,
      maxSheets: env.WORKBOOK_MAX_SHEETS,
      maxRows: env.WORKBOOK_MAX_ROWS,
      maxColumns: env.WORKBOOK_MAX_COLUMNS,
      maxCellCharacters: env.WORKBOOK_MAX_CELL_CHARACTERS,
    },
    archive: {
      ...archive,
      maxBytes: env.WORKBOOK_MAX_MB * megabyte,
      maxFiles: env.ARCHIVE_MAX_FILES,
      maxUnpackedBytes: env.ARCHIVE_MAX_UNPACKED_MB * megabyte,
    },
    task: { timeoutMs: env.READING_MAX_SECONDS * 1_000, maxHeapMb: env.READING_MAX_HEAP_MB },
  }
}
