import { type PictureKind, pictureKindOf } from '@atermtrack/domain'
import { type InsertObject, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { DB } from '../schema.generated.ts'

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
  const report: InsertObject<DB, 'report'> = {
    ...ask,
    kind: 'picture',
    exportKind: picture,
    exportZone: zone,
    containers: [...containers],
    plannedAt: sql<Date>`now()`,
  }
  return db
    .insertInto('report')
    .values(report)
    .onConflict((conflict) =>
      // Only an update returns the row that is there.
      conflict.column('updateId').doUpdateSet((eb) => ({ updateId: eb.ref('excluded.updateId') })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
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
