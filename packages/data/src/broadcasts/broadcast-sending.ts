import type { AccessPolicy } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import { inLine } from '../deliveries/deliveries.ts'
import type { Db } from '../platform/client.ts'
import { selectRow, selectRows } from '../platform/statements/typed-rows.ts'
import { isReader, toAudience } from './broadcast-audience.ts'

export interface BroadcastCounts {
  readonly total: number
  readonly sent: number
  readonly blocked: number
  readonly failed: number
  readonly unknown: number
  readonly cancelled: number
  /** Without an outcome yet. */
  readonly left: number
  /** Ended within the last half minute. */
  readonly recent: number
}

/** So many deliveries take a moment to write, and nobody who cancels waits for longer. */
const stepSize = 10_000

/** How far the writing of deliveries is. `waits` until its time, `none` when it is not to be expanded (any more). */
export type Expansion =
  | { readonly kind: 'more' | 'over' | 'none' }
  | { readonly kind: 'waits'; readonly restMs: number }

/**
 * Writes the deliveries of the next people of the audience, in the order of their ids, and after the last of them begins to send. A step is
 * a short transaction, which `tx` must be; a process that dies leaves the rest to the next one.
 */
export async function expandStep(
  tx: Db,
  id: number,
  policy: AccessPolicy,
  { limit = stepSize }: { readonly limit?: number } = {},
): Promise<Expansion> {
  const row = await tx
    .selectFrom('broadcast')
    .select(['status', 'audience'])
    .select(sql<number>`coalesce(expanded_to, 0)`.as('after'))
    .select(sql<number>`coalesce(extract(epoch from send_at - clock_timestamp()) * 1000, 0)::float8`.as('restMs'))
    .where('id', '=', id)
    .where('status', 'in', ['scheduled', 'expanding'])
    .forUpdate()
    .executeTakeFirst()
  if (!row) return { kind: 'none' }
  if (row.restMs > 0) return { kind: 'waits', restMs: Math.ceil(row.restMs) }
  const step = await writeDeliveries(tx, id, { after: row.after, limit }, isReader(toAudience(row.audience), policy))
  const isOver = step.found < limit
  await tx
    .updateTable('broadcast')
    .set({
      recipients: sql<number>`coalesce(recipients, 0) + ${step.written}`,
      expandedTo: step.last ?? row.after,
      ...(isOver && { status: 'sending' as const }),
    })
    .where('id', '=', id)
    .execute()
  return { kind: isOver ? 'over' : 'more' }
}

/** The content stands in the broadcast; only a broadcast of an earlier release has its text in the deliveries. */
async function writeDeliveries(
  tx: Db,
  id: number,
  { after, limit }: { readonly after: number; readonly limit: number },
  condition: RawBuilder<boolean>,
) {
  const columns = {
    last: sql<number | null>`max(reader.id)`,
    found: sql<number>`count(*)`,
    written: sql<number>`(select count(*) from written)`,
  }
  const step = await selectRow(
    tx,
    columns,
    (list) => sql`
    with reader as materialized (
      select person.id, person.telegram_id from person
      where person.id > ${after} and ${condition}
      order by person.id limit ${limit}
    ), written as (
      insert into delivery (channel, kind, person_id, chat_id, broadcast_id, text)
      select 'telegram', 'broadcast', reader.id, reader.telegram_id, broadcast.id,
        case when broadcast.content is null then broadcast.text end
      from reader join broadcast on broadcast.id = ${id}
      on conflict (broadcast_id, chat_id) do nothing
      returning id
    )
    select ${list} from reader`,
  )
  if (!step) throw new Error('an aggregate without a row')
  return step
}

/** Claims deliveries to enqueue, so many that `limit` of the broadcast are in the queue, and records that they are enqueued. */
export async function claimNext(db: Db, id: number, limit: number): Promise<readonly number[]> {
  // Materialized: in a nested loop PostgreSQL would run the limited query once for each row, and take more than `limit`.
  const rows = await selectRows(
    db,
    { id: sql<number>`id` },
    (list) => sql`
      with next as materialized (
        select id from delivery
        where broadcast_id = ${id} and status in ('pending', 'retry') and enqueued_at is null
        order by id
        limit greatest(0, ${limit} - (
          select count(*) from delivery
          where broadcast_id = ${id} and status in ('pending', 'retry') and enqueued_at is not null))
        for update skip locked
      )
      update delivery set enqueued_at = now() where id in (select id from next) returning ${list}`,
  )
  return rows.map(({ id }) => id).toSorted((a, b) => a - b)
}

export async function count(db: Db, id: number): Promise<BroadcastCounts> {
  const rows = (condition: RawBuilder<unknown>) => sql<number>`count(*) filter (where ${condition})`
  const columns = {
    total: sql<number>`count(*)`,
    sent: rows(sql`status = 'sent'`),
    blocked: rows(sql`status = 'blocked'`),
    failed: rows(sql`status = 'failed'`),
    unknown: rows(sql`status = 'unknown'`),
    cancelled: rows(sql`status = 'cancelled'`),
    left: rows(sql`status in ('pending', 'retry', 'sending')`),
    recent: rows(sql`finished_at > now() - interval '30 s'`),
  }
  const row = await selectRow(db, columns, (list) => sql`select ${list} from delivery where broadcast_id = ${id}`)
  if (!row) throw new Error('an aggregate without a row')
  return row
}

/** Ends what has not left yet; what is being sent at this moment still leaves. False when there is nothing to cancel. */
export async function cancel(tx: Db, id: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('broadcast')
    .set({ status: 'cancelled', finishedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('status', 'in', ['scheduled', 'expanding', 'sending', 'paused'])
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await tx
    .updateTable('delivery')
    .set({ status: 'cancelled', finishedAt: sql<Date>`now()` })
    .where('broadcastId', '=', id)
    .where('status', 'in', ['pending', 'retry'])
    .execute()
  return true
}

/**
 * Queues all unknown deliveries of a broadcast again and resumes it; returns how many. It enqueues them itself. Nothing of a broadcast that
 * was recalled leaves again.
 */
export async function resendUnknown(tx: Db, id: number): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('delivery')
    .set({ ...inLine, enqueuedAt: null })
    .where('broadcastId', '=', id)
    .where('status', '=', 'unknown')
    .where(sql<boolean>`exists (select from broadcast where broadcast.id = ${id} and broadcast.recalled_at is null)`)
    .executeTakeFirst()
  const count = Number(numUpdatedRows)
  if (count > 0) {
    await tx
      .updateTable('broadcast')
      .set({ status: 'sending', round: sql<number>`round + 1` })
      .where('id', '=', id)
      .where('status', 'in', ['done', 'cancelled'])
      .execute()
  }
  return count
}

/**
 * Queues the failed deliveries of a broadcast that is over again and resumes it; returns how many, 0 when it has gone on since the given
 * round, was recalled, or nothing failed. Those who blocked the bot get nothing. It is enqueued by the caller.
 */
export async function resendFailed(tx: Db, id: number, round: number): Promise<number> {
  // The row of the broadcast is locked first: of two presses at the same time the second one finds the next round.
  const begun = await tx
    .updateTable('broadcast')
    .set({ status: 'sending', round: sql<number>`round + 1` })
    .where('id', '=', id)
    .where('round', '=', round)
    .where('status', 'in', ['done', 'cancelled'])
    .where('recalledAt', 'is', null)
    .where(
      sql<boolean>`exists (select from delivery where delivery.broadcast_id = ${id} and delivery.status = 'failed')`,
    )
    .executeTakeFirst()
  if (begun.numUpdatedRows === 0n) return 0
  const { numUpdatedRows } = await tx
    .updateTable('delivery')
    .set({ ...inLine, enqueuedAt: null })
    .where('broadcastId', '=', id)
    .where('status', '=', 'failed')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
