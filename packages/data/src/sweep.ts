import { sql } from 'kysely'
import type { Db } from './client.ts'

export interface Patience {
  /** How long a row may wait before it counts as forgotten. */
  readonly seconds: number
  readonly limit: number
}

/**
 * Takes workbooks that wait to be imported and were last enqueued too long ago, oldest first, and notes that they are enqueued
 * now: the caller enqueues them.
 */
export async function takeWorkbooks(db: Db, { seconds, limit }: Patience): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    update workbook set enqueued_at = now() where id in (
      select id from workbook
      where status = 'pending' and coalesce(enqueued_at, created_at) < now() - make_interval(secs => ${seconds})
      order by id limit ${limit} for update skip locked
    ) returning id
  `.execute(db)
  return rows.map(({ id }) => id)
}

/** Takes workbooks whose import is to be undone, in the same way. */
export async function takeUndoRequests(db: Db, { seconds, limit }: Patience): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    update workbook set enqueued_at = now() where id in (
      select id from workbook
      where reason = 'undo_requested' and coalesce(enqueued_at, created_at) < now() - make_interval(secs => ${seconds})
      order by id limit ${limit} for update skip locked
    ) returning id
  `.execute(db)
  return rows.map(({ id }) => id)
}

/** Takes files that are to be fetched from Telegram, in the same way. */
export async function takeDocuments(db: Db, { seconds, limit }: Patience): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    update incoming_document set enqueued_at = now() where id in (
      select id from incoming_document
      where status = 'pending' and coalesce(enqueued_at, created_at) < now() - make_interval(secs => ${seconds})
      order by id limit ${limit} for update skip locked
    ) returning id
  `.execute(db)
  return rows.map(({ id }) => id)
}

/** Takes reports that wait for their workbook, in the same way. */
export async function takeReports(db: Db, { seconds, limit }: Patience): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    update report set enqueued_at = now() where id in (
      select id from report
      where status = 'pending' and coalesce(enqueued_at, created_at) < now() - make_interval(secs => ${seconds})
      order by id limit ${limit} for update skip locked
    ) returning id
  `.execute(db)
  return rows.map(({ id }) => id)
}

/** Takes broadcasts that are under way, in the same way. */
export async function takeBroadcasts(db: Db, { seconds, limit }: Patience): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    update broadcast set enqueued_at = now() where id in (
      select id from broadcast
      where status in ('expanding', 'sending')
        and coalesce(enqueued_at, confirmed_at, created_at) < now() - make_interval(secs => ${seconds})
      order by id limit ${limit} for update skip locked
    ) returning id
  `.execute(db)
  return rows.map(({ id }) => id)
}
