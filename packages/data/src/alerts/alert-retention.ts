import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** Deletes messages about events that are older than `days`, with who was to know of what. Returns how many went. */
export async function deleteOld(
  db: Db,
  { days, limit }: { readonly days: number; readonly limit: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    with old as (
      select id from alert where opened_at < now() - make_interval(days => ${days}) and due_at is null order by id limit ${limit}
    ), untold as (
      delete from alert_event using old where alert_event.alert_id = old.id
    )
    delete from alert using old where alert.id = old.id`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Deletes the decisions about containers that nobody has touched for `days`. Returns how many went. */
export async function deleteOldMarks(
  db: Db,
  { days, limit }: { readonly days: number; readonly limit: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from attention_mark where (circle, container) in (
      select circle, container from attention_mark where changed_at < now() - make_interval(days => ${days}) limit ${limit}
    )`.execute(db)
  return Number(numAffectedRows ?? 0n)
}
