import { type PictureKind, pictureKindOf } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { StoredFile } from '../platform/stored-files.ts'
import { insertOnce } from './insert-once.ts'

/** A picture that somebody asks for in a chat. Its kind decides which of the optional fields say its subject. */
export interface AskedPicture {
  readonly picture: PictureKind
  /** Zone of its times. */
  readonly zone: string
  readonly personId: number
  readonly chatId: number
  /** The topic of a group. */
  readonly threadId?: number | undefined
  readonly updateId: number
  /** The subject in words, such as a terminal or a company. */
  readonly name?: string | undefined
  readonly containers?: readonly string[]
  readonly trainCode?: string
  readonly companyId?: number
}

/** Asks for a picture. A repeated update gets the row that it made the first time. */
export async function insert(
  db: Db,
  { picture, zone, containers = [], ...ask }: AskedPicture,
): Promise<{ readonly id: number }> {
  return insertOnce(db, {
    ...ask,
    kind: 'picture',
    exportKind: picture,
    exportZone: zone,
    containers: [...containers],
  })
}

/**
 * Stores the pictures inside the mails of reports that are built, each in a row of its own, whose bytes go when those of workbooks go. The
 * picture of a former version goes in any case: it may show what the reader may not see any more.
 */
export async function storeForMail(
  tx: Db,
  reports: readonly { readonly id: number; readonly picture: Buffer | undefined }[],
): Promise<void> {
  const ids = reports.map(({ id }) => id)
  await tx
    .deleteFrom('report')
    .where('partOf', '=', sql<number>`any(${ids}::bigint[])`)
    .where('kind', '=', 'picture')
    .execute()
  for (const { id, picture } of reports) {
    if (picture) await insertPart(tx, id, picture)
  }
}

/** In one statement, since slots make reports by the thousand. */
async function insertPart(tx: Db, partOf: number, content: Buffer): Promise<void> {
  await tx
    .insertInto('report')
    .columns([
      'personId',
      'chatId',
      'plannedAt',
      'builtFor',
      'partOf',
      'content',
      'containers',
      'kind',
      'status',
      'builtAt',
    ])
    .expression((eb) =>
      eb
        .selectFrom('report')
        .select(['personId', 'chatId', 'plannedAt', 'builtFor', 'id'])
        .select(sql<Buffer>`${content}::bytea`.as('content'))
        .select(sql<string[]>`'{}'::text[]`.as('containers'))
        .select(sql<'picture'>`'picture'::report_kind`.as('kind'))
        .select(sql<'built'>`'built'::report_status`.as('status'))
        .select(sql<Date>`now()`.as('builtAt'))
        .where('id', '=', partOf),
    )
    .execute()
}

/** The picture inside the mail of a report; undefined where there is none, or none is kept any more. */
export async function findForMail(db: Db, reportId: number): Promise<StoredFile | undefined> {
  const row = await db
    .selectFrom('report')
    .select(['id', sql<number>`octet_length(content)`.as('size')])
    .where('partOf', '=', reportId)
    .where('kind', '=', 'picture')
    .where('content', 'is not', null)
    .executeTakeFirst()
  return row && { source: { kind: 'report', reportId: row.id }, size: row.size }
}

/** The picture of a report that waits and the zone of its times; undefined for a kind that this release does not know. */
export async function find(
  db: Db,
  id: number,
): Promise<{ readonly picture: PictureKind; readonly zone: string | undefined } | undefined> {
  const row = await db
    .selectFrom('report')
    .select(['exportKind', 'exportZone'])
    .where('id', '=', id)
    .where('kind', '=', 'picture')
    .executeTakeFirst()
  const picture = pictureKindOf(row?.exportKind ?? null)
  return picture && { picture, zone: row?.exportZone ?? undefined }
}
