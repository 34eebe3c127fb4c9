import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import type { Age } from '../../housekeeping/retention.ts'
import { isAccepted } from '../accepted.ts'

/**
 * Closes the undo of imports that ended long ago; from then on only imports that can still be undone keep the files that an
 * undo needs. Returns how many were closed.
 */
export async function closeUndo(db: Db, { days, limit }: Age): Promise<number> {
  const { numAffectedRows } = await sql`
    with aged as materialized (
      select id from workbook
      where ${isAccepted()} and undo_closed_at is null and reason is distinct from 'undo_requested'
        and coalesce(finished_at, created_at) < now() - make_interval(days => ${days})
      order by id limit ${limit}
      for update skip locked
    )
    update workbook set undo_closed_at = now() where id in (select id from aged)`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/**
 * Empties stored files that nobody needs any more. Needed are: files that wait for their import or for a decision; refused files,
 * duplicates and the bytes of unreadable messages, for so many `days`; the files of imports that can be undone;
 * and every accepted dislocation report that shares a container with such an import, since its undo merges those again.
 * Returns how many were emptied.
 */
export async function releaseOriginals(db: Db, { days, limit }: Age): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await listSharing(tx)
    const rows = await tx
      .selectFrom('blob')
      .select('sha256')
      .where('emptiedAt', 'is', null)
      .where('createdAt', '<', sql<Date>`now() - interval '1 day'`)
      .where(sql<boolean>`not ${isNeeded(days)}`)
      .limit(limit)
      .forUpdate('blob')
      .skipLocked()
      .execute()
    if (rows.length === 0) return 0
    const hashes = rows.map(({ sha256 }) => sha256)
    // A new statement sees what was stored while the lock was waited for.
    const { numAffectedRows } = await sql`
      update blob set content = '', emptied_at = now()
      where sha256 = any(${hashes}::bytea[]) and not ${isNeeded(days)}`.execute(tx)
    // Rows serve the same undo as the file that they were read from.
    await sql`
      delete from workbook_rows using workbook join blob using (sha256)
      where workbook.id = workbook_rows.workbook_id and sha256 = any(${hashes}::bytea[]) and emptied_at is not null`.execute(
      tx,
    )
    return Number(numAffectedRows ?? 0n)
  })
}

/** Writes down which reports share a container with an import that can be undone. */
async function listSharing(tx: Db): Promise<void> {
  // The planner knows nothing of the sizes of arrays, and would look through one set once for each member of the other.
  await sql`set local enable_nestloop = off`.execute(tx)
  await sql`set local work_mem = '64MB'`.execute(tx)
  await sql`
    create temporary table sharing_report on commit drop as
    select distinct sha256 from (
      select sha256, unnest(containers) as container from workbook
      where kind = 'dislocation' and ${isAccepted()} and undo_closed_at is not null
    ) as closed where container in (
      select unnest(containers) from workbook
      where kind = 'dislocation' and ${isAccepted()} and undo_closed_at is null
    )`.execute(tx)
  await sql`set local enable_nestloop = on`.execute(tx)
}

function isNeeded(days: number) {
  const isFresh = (at: ReturnType<typeof sql>) => sql`${at} > now() - make_interval(days => ${days})`
  return sql`(
    exists (
      select 1 from workbook where workbook.sha256 = blob.sha256 and case
        when status in ('pending', 'quarantined', 'held') then true
        when status in ('refused', 'duplicate') then ${isFresh(sql`coalesce(finished_at, workbook.created_at)`)}
        when undo_closed_at is null then true
        else exists (select 1 from sharing_report where sharing_report.sha256 = blob.sha256)
      end
    )
    or exists (select 1 from report where source_sha256 = blob.sha256)
    or exists (select 1 from subscription_template where source_sha256 = blob.sha256)
    or exists (
      select 1 from mail_message
      where raw_sha256 = blob.sha256 and status = 'refused'
        and (retry_requested_at is not null or ${isFresh(sql`mail_message.created_at`)})
    )
  )`
}
