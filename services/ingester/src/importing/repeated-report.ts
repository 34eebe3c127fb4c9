import { type Db, type RecentFile, recentFiles, workbooks } from '@atermtrack/data'
import { stampFromFileName } from '@atermtrack/domain'
import type { ReadingSettings } from '@atermtrack/workbook-reader/settings'
import type { ImportSettings, PendingWorkbook } from './outcome.ts'
import type { ReadOptions, WorkbookReaders } from './workbook-readers.ts'

interface ComparisonDependencies {
  readonly db: Db
  readonly reading: ReadingSettings
  readonly readers: WorkbookReaders
}

/** Recent reports whose reading would give the same if their parts are the same. A stamp may stand in the name of the file. */
export async function listRepeatable(
  db: Db,
  workbook: PendingWorkbook,
  { sourceZone, terminalZone }: Pick<ImportSettings, 'sourceZone' | 'terminalZone'>,
): Promise<readonly RecentFile[]> {
  if (workbook.declared !== null) return []
  const zoneOf = ({ kind }: RecentFile['facts']) => (kind === 'dislocation' ? sourceZone : terminalZone)
  const stamp = stampFromFileName(workbook.fileName)
  const files = await recentFiles.list(db, workbook)
  return files.filter(({ fileName, facts }) => stampFromFileName(fileName) === stamp && facts.zone === zoneOf(facts))
}

/** Compares what the parts of two workbooks hold; of one that kills its reader, nothing is known. */
export async function repeatsParts(
  { db, reading: limits, readers }: ComparisonDependencies,
  content: Uint8Array,
  original: RecentFile,
  { signal }: ReadOptions,
): Promise<boolean> {
  return readers.haveSameParts(content, await workbooks.getContent(db, original), { limits, signal })
}
