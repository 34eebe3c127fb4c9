import { sql } from 'kysely'
import type { Page, Paged } from '../companies/companies.ts'
import type { Db } from '../platform/client.ts'

/** A list of a train and the workbook that brought it. */
export interface TrainList {
  readonly workbookId: number
  readonly fileName: string
  readonly sentAt: Date
  readonly destination: string | null
  /** As the file has them, whatever was moved since. */
  readonly containers: number
  /** It is the list by which the train is known. */
  readonly counts: boolean
}

/** A page of the lists of a train, the newest first, those that newer ones have replaced among them. */
export async function list(db: Db, code: string, { offset, limit }: Page): Promise<Paged<TrainList>> {
  const rows = await db
    .selectFrom('trainRoster as list')
    .innerJoin('workbook', 'workbook.id', 'list.workbookId')
    .leftJoin('currentTrainRoster as current', 'current.workbookId', 'list.workbookId')
    .select(['list.workbookId', 'workbook.fileName', 'list.sentAt', 'list.destination'])
    .select(sql<boolean>`current.workbook_id is not null`.as('counts'))
    .select(
      sql<number>`(select count(*) from train_roster_row as line where line.workbook_id = list.workbook_id and moved_at is null)
        + (select count(*) from train_roster_away as line where line.workbook_id = list.workbook_id)`.as('containers'),
    )
    .select(sql<number>`count(*) over ()`.as('total'))
    .where('list.trainCode', '=', code)
    .orderBy(sql`current.workbook_id is not null`, 'desc')
    .orderBy('list.sentAt', 'desc')
    .orderBy('list.workbookId', 'desc')
    .offset(offset)
    .limit(limit)
    .execute()
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...row }) => row) }
}
