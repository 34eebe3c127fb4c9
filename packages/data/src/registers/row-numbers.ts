import type { Db } from '../platform/client.ts'
import { findRows } from '../workbooks/undo/stored-rows.ts'
import { createFieldReader, forEachLine } from '../workbooks/undo/staged-lines.ts'

const readContainer = createFieldReader('container')
const readRowNumber = createFieldReader('row_number')
const readOperatedAt = createFieldReader('operated_at')

/** A row of a report as it arrived. */
export interface SourceRow {
  /** As spreadsheets count. */
  readonly rowNumber: number
  readonly operatedAt: Date
}

/** Where some containers stand in a report; empty where its rows are no longer kept. */
export async function findSourceRows(
  db: Db,
  workbookId: number,
  containers: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly SourceRow[]>> {
  const lines = await findRows(db, workbookId)
  const found = new Map<string, SourceRow[]>()
  if (!lines) return found
  forEachLine(lines, (start) => {
    const container = readContainer(lines, start)
    if (!containers.has(container)) return
    const row = { rowNumber: Number(readRowNumber(lines, start)), operatedAt: new Date(readOperatedAt(lines, start)) }
    found.set(container, [...(found.get(container) ?? []), row])
  })
  return found
}
