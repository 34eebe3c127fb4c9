import { sql } from 'kysely'
import { isBroadcast } from '../broadcasts/broadcast-audience.ts'
import { examinedDays } from '../events/container-pasts.ts'
import type { Db } from '../platform/client.ts'
import { deleteUnusedFiles } from '../platform/unused-files.ts'

export interface Age {
  readonly days: number
  /** At most so many rows in one statement, so that none locks or runs for long. */
  readonly limit: number
}

/** Deletes updates handled long ago; the newest stays, since polling goes on from it. Returns how many went. */
export async function deleteUpdates(db: Db, { days, limit }: Age): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from telegram_update where update_id in (
      select update_id from telegram_update
      where done_at < now() - make_interval(days => ${days}) and seq < (select max(seq) from telegram_update)
      order by done_at limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Deletes dialogs that were left in the middle. Returns how many went. */
export async function deleteDialogs(db: Db, { days, limit }: Age): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from dialog where ctid in (
      select ctid from dialog where expires_at < now() - make_interval(days => ${days}) limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Deletes what chats used that have been silent for so long: a row also says when its chat was active last. Returns how many went. */
export async function deleteUsage(db: Db, { days, limit }: Age): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from chat_usage where chat_id in (
      select chat_id from chat_usage
      where greatest(minute_from, hour_from, day_from) < now() - make_interval(days => ${days}) limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/**
 * Empties the workbooks of old reports, and exports, which hold personal data, after a day; what was asked and when it was sent stays.
 * Returns how many were emptied.
 */
export async function emptyReports(db: Db, { days, limit }: Age): Promise<number> {
  const { numAffectedRows } = await sql`
    update report set content = null where id in (
      select id from report
      where content is not null and (created_at < now() - make_interval(days => ${days})
        or kind in ('personal_data', 'export') and created_at < now() - make_interval(days => least(1, ${days})))
      limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Empties the workbooks of old mails about events. Returns how many were emptied. */
export async function emptyEventMails(db: Db, { days, limit }: Age): Promise<number> {
  const { numAffectedRows } = await sql`
    update event_mail set content = null where id in (
      select id from event_mail
      where content is not null and created_at < now() - make_interval(days => ${days})
      limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Deletes the files that people had completed long ago, unless they came in as reports too. Returns how many were forgotten. */
export async function deleteSources(db: Db, { days, limit }: Age): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const aged = await tx
      .selectFrom('report')
      .select(['id', 'sourceSha256'])
      .where('sourceSha256', 'is not', null)
      .where('status', '!=', 'pending')
      .where('createdAt', '<', sql<Date>`now() - make_interval(days => ${days})`)
      .orderBy('id')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute()
    const ids = aged.map(({ id }) => id)
    await tx
      .updateTable('report')
      .set({ sourceSha256: null })
      .where('id', '=', sql<number>`any(${ids})`)
      .execute()
    await deleteUnusedFiles(
      tx,
      aged.flatMap(({ sourceSha256 }) => sourceSha256 ?? []),
    )
    return aged.length
  })
}

/** Deletes the record of old questions. Returns how many went. */
export async function deleteLookups(db: Db, { days, limit }: Age): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from lookup where id in (
      select id from lookup where created_at < now() - make_interval(days => ${days}) order by id limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Deletes addresses whose owners never proved them. Returns how many went. */
export async function deleteUnprovedAddresses(db: Db, { days, limit }: Age): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from email_address where id in (
      select id from email_address
      where verified_at is null and code_expires_at < now() - make_interval(days => ${days})
      order by id limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Erases codes that were mailed or could not be. Returns how many were erased. */
export async function eraseCodes(db: Db, { days, limit }: Age): Promise<number> {
  const { numAffectedRows } = await sql`
    update delivery set text = null where id in (
      select id from delivery
      where kind = 'code' and text is not null and status not in ('pending', 'sending', 'retry')
        and created_at < now() - make_interval(days => ${days})
      order by id limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/**
 * Deletes rows of the ledger that ended long ago. Those stay that wait or wait for a decision (`unknown`), and those that something still needs: a broadcast
 * that is not over, a message that may be edited, a report that waits or whose file can be sent again, a row that another repeats. Returns how many went.
 */
export async function deleteDeliveries(db: Db, { days, limit }: Age): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from delivery where id in (
      select id from delivery
      where status in ('sent', 'blocked', 'failed', 'cancelled')
        and created_at < now() - make_interval(days => ${days})
        and coalesce(finished_at, created_at) < now() - make_interval(days => ${days})
        and not ${isNeeded}
      order by id limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}

const isNeeded = sql`(
  exists (select from broadcast where broadcast.id = delivery.broadcast_id and broadcast.status not in ('done', 'cancelled'))
  or exists (select from alert where alert.id = delivery.notice_period)
  or exists (select from notice_period where notice_period.id = delivery.notice_period)
  or exists (select from report where report.id = delivery.report_id and (report.content is not null or report.status = 'pending'))
  or exists (select from delivery as copy where copy.repeats_id = delivery.id)
  or delivery.report_id is not null and exists (
    select from delivery as open where open.report_id = delivery.report_id and open.repeats_id is null
      and open.status in ('pending', 'retry', 'sending', 'unknown')))`

/**
 * Deletes events that became known and happened long ago, and with them what reports held long ago. The newest report, not the clock, says
 * what a detection can still reach; an event within its reach would come back. Returns how many events went.
 */
export async function deleteEvents(db: Db, { days, limit }: Age): Promise<number> {
  const before = sql`(select max(stamp) from workbook where stamp is not null and status in ('imported', 'history_only'))
    - make_interval(days => ${sql.lit(examinedDays)})`
  const { numAffectedRows } = await sql`
    delete from event where id in (
      select id from event
      where detected_at < now() - make_interval(days => ${days}) and happened_at < ${before}
      order by detected_at limit ${limit}
    )
  `.execute(db)
  await sql`
    delete from presence_change where ctid in (
      select ctid from presence_change
      where stamp < ${before} - make_interval(days => ${days}) limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Deletes messages that were not understood long ago. Returns how many went. */
export async function deleteNotUnderstood(db: Db, { days, limit }: Age): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from not_understood where id in (
      select id from not_understood where asked_at < now() - make_interval(days => ${days}) order by asked_at limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Deletes who was active on days that no statistic shows any more. Returns how many went. */
export async function deletePersonDays(db: Db, { days, limit }: Age): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from person_day where (day, person_id) in (
      select day, person_id from person_day where day < current_date - ${days}::integer order by day limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Deletes the totals of days long ago, and which containers were asked about. Returns how many rows went. */
export async function deleteDailyTotals(db: Db, { days, limit }: Age): Promise<number> {
  await sql`delete from daily_total where day < current_date - ${days}::integer`.execute(db)
  const { numAffectedRows } = await sql`
    delete from daily_container where (day, container) in (
      select day, container from daily_container where day < current_date - ${days}::integer order by day limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/**
 * Deletes drafts of broadcasts that nobody has sent or dropped for so long, and after a day those of a message to one person, whose dialog is over by
 * then. Returns how many went.
 */
export async function deleteDrafts(db: Db, { days, limit }: Age): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from broadcast where id in (
      select id from broadcast
      where status = 'draft' and (created_at < now() - make_interval(days => ${days})
        or not ${isBroadcast} and created_at < now() - make_interval(days => least(1, ${days})))
      order by id limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}
