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
    .select(['workbookId', 'container', 'rowNumber'])
    // Rows of containers that were moved to this train stand in no file.
    .where('movedAt', 'is', null)
    .unionAll((eb) => eb.selectFrom('trainRosterAway').select(['workbookId', 'container', 'rowNumber']))
    .$call((named) => db.selectFrom(named.as('named')))
    .innerJoin('trainRoster', 'trainRoster.workbookId', 'named.workbookId')
    .select(['rowNumber', 'trainCode'])
    .where('named.workbookId', '=', id)
    .where('container', '=', container)
    .orderBy('rowNumber')
    .execute()
  return rows.map(({ rowNumber, trainCode }) => ({ sheet, rowNumber, says: { kind: 'train', train: trainCode } }))
}
