import type { Db } from '../platform/client.ts'
import { createFieldReader, forEachLine } from '../workbooks/undo/staged-lines.ts'
import { findRows } from '../workbooks/undo/stored-rows.ts'
import type { SourceRow } from './provenance.ts'

const readContainer = createFieldReader('container')
const readRowNumber = createFieldReader('row_number')
const readOperatedAt = createFieldReader('operated_at')
const readOperation = createFieldReader('operation')
const readStation = createFieldReader('station_name')

/** The rows of a dislocation report that name a container; undefined where its rows are not kept. */
export async function listOperations(
  db: Db,
  { id, sheet }: { readonly id: number; readonly sheet: string | undefined },
  container: string,
): Promise<readonly SourceRow[] | undefined> {
  const lines = await findRows(db, id)
  if (!lines) return undefined
  const rows: SourceRow[] = []
  forEachLine(lines, (start) => {
    if (readContainer(lines, start) !== container) return
    rows.push({
      sheet,
      rowNumber: Number(readRowNumber(lines, start)),
      says: {
        kind: 'operation',
        operation: unescaped(readOperation(lines, start)),
        station: unescaped(readStation(lines, start)),
        at: new Date(readOperatedAt(lines, start)),
      },
    })
  })
  return rows
}

/** The text in a field of COPY: names of operations and stations are one line, so only the backslash is left. */
function unescaped(field: string): string {
  return field === '\\N' ? '' : field.replaceAll('\\\\', '\\')
}
