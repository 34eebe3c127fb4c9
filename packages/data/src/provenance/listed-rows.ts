import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { SourceRow } from './provenance.ts'

/** The rows of a terminal report that name a container. */
export async function listVisits(db: Db, workbookId: number, container: string): Promise<readonly SourceRow[]> {
  const rows = await db
    .selectFrom('terminalSighting')
    .select(['sheet', 'rowNumber'])
    .select([
      sql<string | null>`fields ->> 'terminal'`.as('terminal'),
      sql<string | null>`coalesce(fields ->> 'dispatchedAt', fields ->> 'arrivedAt')`.as('at'),
    ])
    .where('workbookId', '=', workbookId)
    .where('container', '=', container)
    .orderBy('sheet')
    .orderBy('rowNumber')
    .execute()
  return rows.map(({ sheet, rowNumber, terminal, at }) => ({
    sheet,
    rowNumber,
    says: { kind: 'visit', terminal: terminal ?? undefined, at: at === null ? undefined : new Date(at) },
  }))
}

/** The rows of the list of a train that name a container. */
export async function listTrains(
  db: Db,
  { id, sheet }: { readonly id: number; readonly sheet: string | undefined },
  container: string,
): Promise<readonly SourceRow[]> {
  const rows = await db
    .selectFrom('trainRosterRow')
    .innerJoin('trainRoster', 'trainRoster.workbookId', 'trainRosterRow.workbookId')
    .select(['rowNumber', 'trainCode'])
    .where('trainRosterRow.workbookId', '=', id)
    .where('container', '=', container)
    .orderBy('rowNumber')
    .execute()
  return rows.map(({ rowNumber, trainCode }) => ({ sheet, rowNumber, says: { kind: 'train', train: trainCode } }))
}
