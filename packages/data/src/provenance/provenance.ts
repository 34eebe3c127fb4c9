import { type NotNull, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { listTrains, listVisits } from './listed-rows.ts'
import { listOperations } from './reported-rows.ts'

/** A row of a workbook that speaks of a container. */
export interface SourceRow {
  /** Undefined for a workbook that was imported before its sheet was stored. */
  readonly sheet: string | undefined
  /** As spreadsheets count. */
  readonly rowNumber: number
  /** An operation that the railway reports, a stay at the terminal, or the train that the list belongs to. */
  readonly says:
    | { readonly kind: 'operation'; readonly operation: string; readonly station: string; readonly at: Date }
    | { readonly kind: 'visit'; readonly terminal: string | undefined; readonly at: Date | undefined }
    | { readonly kind: 'train'; readonly train: string }
}

/** A workbook that speaks of a container, accepted or not. */
export type Mention = Awaited<ReturnType<typeof findWorkbooks>>[number] & {
  /** Undefined where the rows are no longer kept. */
  readonly rows: readonly SourceRow[] | undefined
}

/**
 * A part of the workbooks that speak of a container, the newest report first: those whose rows count, and those that were undone,
 * wait or were rejected after they were read. Workbooks that nobody could read are not known to speak of anything.
 */
export async function listMentions(
  db: Db,
  container: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly mentions: readonly Mention[] }> {
  const workbooks = await findWorkbooks(db, container, { offset, limit })
  const mentions: Mention[] = []
  for (const workbook of workbooks) mentions.push({ ...workbook, rows: await findRows(db, workbook, container) })
  return { total: workbooks[0]?.total ?? 0, mentions }
}

async function findWorkbooks(
  db: Db,
  container: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
) {
  return db
    .selectFrom('workbook')
    .select(['id', 'fileName', 'kind', 'status', 'reason', 'reasonDetail', 'rowCount', 'sheet', 'stamp', 'zone'])
    .select(['receivedAt', sql<number>`count(*) over ()`.as('total')])
    .where('kind', 'is not', null)
    .where('status', '!=', 'pending')
    .$narrowType<{ kind: NotNull }>()
    .where(
      sql<boolean>`(containers @> array[${container}]
        or id in (select workbook_id from terminal_sighting where container = ${container})
        or id in (select workbook_id from train_roster_row where container = ${container} and moved_at is null
          union select workbook_id from train_roster_away where container = ${container}))`,
    )
    .orderBy(sql`coalesce(stamp, received_at) desc`)
    .orderBy('id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute()
}

async function findRows(
  db: Db,
  { id, kind, sheet }: Awaited<ReturnType<typeof findWorkbooks>>[number],
  container: string,
): Promise<readonly SourceRow[] | undefined> {
  if (kind === 'dislocation') return listOperations(db, { id, sheet: sheet ?? undefined }, container)
  const rows =
    kind === 'terminal_report'
      ? await listVisits(db, id, container)
      : await listTrains(db, { id, sheet: sheet ?? undefined }, container)
  return rows.length === 0 ? undefined : rows
}

/** The row that a position is from; undefined for a container that the railway has not reported. */
export async function findOrigin(db: Db, container: string) {
  return db
    .selectFrom('position')
    .innerJoin('workbook', 'workbook.id', 'position.workbookId')
    .select(['workbook.id', 'fileName', 'sheet', 'position.rowNumber'])
    .where('container', '=', container)
    .executeTakeFirst()
}
