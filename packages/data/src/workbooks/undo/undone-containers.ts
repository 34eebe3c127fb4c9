import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { isAccepted } from '../accepted.ts'
import type { UndoneContainer } from './needed-rows.ts'

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
  const { rows } = await sql<UndoneContainer>`
    select * from (
      select reported.container,
        coalesce(position.workbook_id = ${id} or ${stamp}::timestamptz in
          (position.stamp, coalesce(position.detail_stamp, position.stamp), position.seen_at), false) as needs_position,
        array(select operated_at from movement where movement.container = reported.container and movement.workbook_id = ${id})
          as operated_at
      from (
        select unnest(containers) as container from workbook where id = ${id}
        union select container from movement where workbook_id = ${id}
      ) as reported left join position on position.container = reported.container
    ) as trace
    where needs_position or cardinality(operated_at) > 0
    order by container`.execute(db)
  return rows
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
  const { rows } = await sql<SharingReport>`
    select id, file_name, stamp, content_hash, sha256, size, received_at from workbook
    where ${isOther(undone.id)} and (containers is null or containers && ${containers}::text[])
    order by stamp desc, id desc`.execute(db)
  return rows
}

/** The ids of all other accepted dislocation reports. */
export async function listOthers(db: Db, undone: UndoneReport): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ id: number }>`select id from workbook where ${isOther(undone.id)}`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

function isOther(id: number) {
  return sql`kind = 'dislocation' and ${isAccepted()} and id <> ${id}
    and stamp is not null and content_hash is not null and reason is distinct from 'undo_requested'`
}
