import { sql } from 'kysely'
import { mayLeave } from '../deliveries/telegram-gate.ts'
import type { Db } from '../platform/client.ts'
import { selectRow, selectRows } from '../platform/statements/typed-rows.ts'

/** Telegram deletes a message of a bot so long after it was sent. */
export const recallHours = 48

/** A job that was lost with Redis is enqueued again after so long; twice does no harm. */
const againSeconds = 60

export interface RecallCounts {
  readonly due: number
  readonly deleted: number
  /** Could not be deleted. */
  readonly kept: number
}

/** Begins to delete what a broadcast that is over has sent; false when it is not over, was recalled before, or is too old. */
export async function beginRecall(db: Db, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('broadcast')
    .set({ recalledAt: sql<Date>`now()`, enqueuedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('status', 'in', ['done', 'cancelled'])
    .where('recalledAt', 'is', null)
    .where('finishedAt', '>', sql<Date>`now() - make_interval(hours => ${sql.lit(recallHours)})`)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Writes a row for each message that has left and has none yet, and claims some to enqueue, so many that `limit` are in the queue. Returns the
 * ids of their deliveries.
 */
export async function claimRecalls(db: Db, id: number, limit: number): Promise<readonly number[]> {
  await sql`insert into broadcast_recall (delivery_id, broadcast_id)
    select delivery.id, delivery.broadcast_id from delivery
    where delivery.broadcast_id = ${id} and delivery.status = 'sent' and delivery.telegram_message_id is not null
    on conflict (delivery_id) do nothing`.execute(db)
  const isIdle = sql`(enqueued_at is null or enqueued_at < now() - make_interval(secs => ${sql.lit(againSeconds)}))`
  const rows = await selectRows(
    db,
    { id: sql<number>`delivery_id` },
    (list) => sql`
      with next as materialized (
        select delivery_id from broadcast_recall
        where broadcast_id = ${id} and status = 'due' and ${isIdle}
        order by delivery_id
        limit greatest(0, ${limit} - (
          select count(*) from broadcast_recall where broadcast_id = ${id} and status = 'due' and not ${isIdle}))
        for update skip locked
      )
      update broadcast_recall set enqueued_at = now()
      where delivery_id in (select delivery_id from next) returning ${list}`,
  )
  return rows.map(({ id }) => id).toSorted((a, b) => a - b)
}

/** A message that is to be deleted. */
export interface RecalledMessage {
  readonly chatId: number
  /** The parts of an album are several messages. */
  readonly messageIds: readonly number[]
  /** Telegram does not delete it any more. */
  readonly isTooOld: boolean
  /** Calls may leave now, see `telegramGate`. */
  readonly mayLeave: boolean
}

/** The message of a delivery that is to be deleted; undefined when it is not (any more). */
export async function findRecall(db: Db, deliveryId: number): Promise<RecalledMessage | undefined> {
  const columns = {
    chatId: sql<number>`delivery.chat_id`,
    messageIds: sql<number[]>`coalesce(delivery.album_message_ids, array[delivery.telegram_message_id])`,
    isTooOld: sql<boolean>`delivery.finished_at < now() - make_interval(hours => ${sql.lit(recallHours)})`,
    mayLeave: sql<boolean>`${mayLeave}`,
  }
  return selectRow(
    db,
    columns,
    (list) => sql`select ${list} from broadcast_recall
      join delivery on delivery.id = broadcast_recall.delivery_id
      where broadcast_recall.delivery_id = ${deliveryId} and broadcast_recall.status = 'due'`,
  )
}

export async function recordRecall(
  db: Db,
  deliveryId: number,
  outcome: { readonly status: 'deleted' } | { readonly status: 'kept'; readonly error: string },
): Promise<void> {
  await db
    .updateTable('broadcastRecall')
    .set({ ...outcome, finishedAt: sql<Date>`now()` })
    .where('deliveryId', '=', deliveryId)
    .where('status', '=', 'due')
    .execute()
}

export async function countRecalls(db: Db, id: number): Promise<RecallCounts> {
  const rows = (status: string) => sql<number>`count(*) filter (where status = ${status})`
  const columns = { due: rows('due'), deleted: rows('deleted'), kept: rows('kept') }
  const row = await selectRow(
    db,
    columns,
    (list) => sql`select ${list} from broadcast_recall where broadcast_id = ${id}`,
  )
  if (!row) throw new Error('an aggregate without a row')
  return row
}

/** Records that a recall is over; true for the first caller alone. */
export async function endRecall(db: Db, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('broadcast')
    .set({ recallEndedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('recalledAt', 'is not', null)
    .where('recallEndedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
