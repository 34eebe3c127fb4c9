import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { WorkbookKind } from '../schema.generated.ts'
import { acceptedStatuses } from './accepted.ts'
import type { WorkbookVerdict } from './workbooks.ts'

/** A stored report, with the end of its file and what its reading gave. */
export interface RecentFile {
  readonly id: number
  readonly sha256: Buffer
  readonly size: number
  readonly fileName: string
  readonly ending: Buffer
  readonly facts: Pick<WorkbookVerdict, 'rowCount' | 'skippedCount' | 'zone'> & {
    readonly kind: WorkbookKind
    readonly stamp: Date
    readonly sourceId: number
  }
}

/** A report is repeated soon or never. */
const arrivalsBack = 1_000
const mostFiles = 5
/** The directory of a zip stands there; that of a workbook with some ten sheets is as long. */
const endingBytes = 4_096
/** The list of a train counts each time that it comes. */
const kinds: readonly WorkbookKind[] = ['dislocation', 'terminal_report']

/**
 * Recent reports of the same sender that were accepted with all their rows, newest first. Rows that were skipped because they report the future
 * might be believed today, and a column mapping may have changed since.
 */
export async function list(
  db: Db,
  { id, sender }: { readonly id: number; readonly sender: string | null },
): Promise<readonly RecentFile[]> {
  const rows = await db
    .selectFrom('workbook')
    .innerJoin('blob', 'blob.sha256', 'workbook.sha256')
    .select(['workbook.id', 'workbook.sha256', 'size', 'fileName', 'kind', 'stamp', 'zone', 'sourceId', 'rowCount'])
    .select(sql<Buffer>`substring(content from greatest(size - ${endingBytes}::integer, 0) + 1)`.as('ending'))
    .where('workbook.id', '<', id)
    .where('workbook.id', '>=', id - arrivalsBack)
    .where(sql<boolean>`sender is not distinct from ${sender}::text`)
    .where('status', 'in', acceptedStatuses)
    .where('kind', 'in', kinds)
    .where('skippedCount', '=', 0)
    .where('profileId', 'is', null)
    .where('declared', 'is', null)
    .where('emptiedAt', 'is', null)
    .orderBy('workbook.id', 'desc')
    .limit(mostFiles)
    .execute()
  return rows.flatMap(({ kind, stamp, sourceId, zone, rowCount, ...file }) => {
    if (!kind || !stamp || sourceId === null) return []
    const read = { ...(zone !== null && { zone }), ...(rowCount !== null && { rowCount }), skippedCount: 0 }
    return [{ ...file, facts: { kind, stamp, sourceId, ...read } }]
  })
}
