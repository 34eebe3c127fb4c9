import { type NotNull, sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { isAccepted } from '../accepted.ts'
import type { UndoneContainer } from './needed-rows.ts'
import { selectRows } from '../../platform/statements/typed-rows.ts'

/** The report that is undone. */
export interface UndoneReport {
  readonly id: number
  readonly stamp: Date
}

/**
 * The containers that a report left a trace of: their position is from it, or the details of the trip, or the time they were last
 * seen; or it was the first to mention an operation. Everything else is what it would be without the report, whatever the order of arrival.
 */
export async function listUndone(db: Db, { id, stamp }: UndoneReport): Promise<readonly UndoneContainer[]> {
  const columns = {
    container: sql<string>`reported.container`,
    needsPosition: sql<boolean>`coalesce(position.workbook_id = ${id} or ${stamp}::timestamptz in
      (position.stamp, coalesce(position.detail_stamp, position.stamp), position.seen_at), false)`,
    operatedAt: sql<Date[]>`array(
      select operated_at from movement where movement.container = reported.container and movement.workbook_id = ${id})`,
  }
  return selectRows(
    db,
    columns,
    (list) => sql`
      select * from (
        select ${list} from (
          select unnest(containers) as container from workbook where id = ${id}
          union select container from movement where workbook_id = ${id}
        ) as reported left join position on position.container = reported.container
      ) as trace
      where needs_position or cardinality(operated_at) > 0
      order by container`,
  )
}

export interface SharingReport {
  readonly id: number
  readonly fileName: string
  readonly stamp: Date
  readonly contentHash: Buffer
  readonly sha256: Buffer
  readonly size: number
  readonly receivedAt: Date
}

/** The other accepted dislocation reports that hold one of the containers, the newest first; those that go out too are left out. */
export async function listSharing(
  db: Db,
  undone: UndoneReport,
  containers: readonly string[],
): Promise<readonly SharingReport[]> {
  return db
    .selectFrom('workbook')
    .select(['id', 'fileName', 'stamp', 'contentHash', 'sha256', 'size', 'receivedAt'])
    .where(isOther(undone.id))
    .where(sql<boolean>`(containers is null or containers && ${containers}::text[])`)
    .orderBy('stamp', 'desc')
    .orderBy('id', 'desc')
    .$narrowType<{ stamp: NotNull; contentHash: NotNull }>()
    .execute()
}

/** The ids of all other accepted dislocation reports. */
export async function listOthers(db: Db, undone: UndoneReport): Promise<ReadonlySet<number>> {
  const rows = await db.selectFrom('workbook').select('id').where(isOther(undone.id)).execute()
  return new Set(rows.map(({ id }) => id))
}

/** The condition of an accepted dislocation report beside the one that is undone; those that go out too are none. */
export function isOther(id: number) {
  return sql<boolean>`(kind = 'dislocation' and ${isAccepted()} and id <> ${id}
    and stamp is not null and content_hash is not null and reason is distinct from 'undo_requested')`
}
