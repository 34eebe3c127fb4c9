import { type RawBuilder, sql } from 'kysely'
import type { AccessPolicy } from '@atermtrack/domain'
import { isAllowed } from '../people/access/allowed-people.ts'
import type { Db } from '../platform/client.ts'
import { inLine } from '../deliveries/deliveries.ts'
import { languageColumns, languageOf } from '../people/person-language.ts'
import type { BroadcastStatus } from '../schema.generated.ts'
import { selectRow, selectRows } from '../platform/statements/typed-rows.ts'

export interface Broadcast {
  readonly id: number
  readonly authorId: number
  /** The author's. */
  readonly language: string
  /** The chat in which it was composed, and in which progress is shown. */
  readonly chatId: number
  /** Telegram HTML. */
  readonly text: string
  readonly status: BroadcastStatus
  readonly recipients: number | undefined
  readonly progressMessageId: number | undefined
  readonly progressText: string | undefined
}

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

/** Keeps a draft. A repeated update gets the row that it made the first time. */
export async function insertDraft(
  db: Db,
  draft: { readonly authorId: number; readonly chatId: number; readonly text: string; readonly updateId: number },
): Promise<{ readonly id: number }> {
  return db
    .insertInto('broadcast')
    .values(draft)
    .onConflict((conflict) =>
      conflict.column('updateId').doUpdateSet((eb) => ({ updateId: eb.ref('excluded.updateId') })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
}

export async function find(db: Db, id: number): Promise<Broadcast | undefined> {
  const row = await db
    .selectFrom('broadcast')
    .innerJoin('person', 'person.id', 'broadcast.authorId')
    .select(['broadcast.id', 'authorId', 'chatId', 'text', 'status', 'recipients', 'progressMessageId', 'progressText'])
    .select(languageColumns)
    .where('broadcast.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { chosenLanguage, ...rest } = row
  return {
    ...rest,
    language: languageOf({ ...rest, chosenLanguage }),
    recipients: row.recipients ?? undefined,
    progressMessageId: row.progressMessageId ?? undefined,
    progressText: row.progressText ?? undefined,
  }
}

/** Counts the people who would get a broadcast now. */
export async function countAudience(db: Db, policy: AccessPolicy): Promise<number> {
  const { n } = await db
    .selectFrom('person')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where(belongsTo(policy))
    .executeTakeFirstOrThrow()
  return n
}

/** The readers of broadcasts: everybody with access who can be reached. */
function belongsTo(policy: AccessPolicy) {
  return sql<boolean>`person.unreachable_since is null and ${isAllowed(policy)}`
}

/**
 * Moves a broadcast from one state to another; false when it is in none of the states `from`, such as after a second press of
 * the same button.
 */
export async function move(
  db: Db,
  id: number,
  { from, to }: { readonly from: readonly BroadcastStatus[]; readonly to: BroadcastStatus },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('broadcast')
    .set({
      status: to,
      ...(to === 'expanding' && { confirmedAt: sql<Date>`now()`, enqueuedAt: sql<Date>`now()` }),
      ...((to === 'done' || to === 'cancelled') && { finishedAt: sql<Date>`now()` }),
    })
    .where('id', '=', id)
    .where('status', 'in', [...from])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Writes one delivery for each of the audience, and begins to send. Needs a transaction; a second run does nothing. */
export async function expand(tx: Db, id: number, policy: AccessPolicy): Promise<void> {
  if (!(await move(tx, id, { from: ['expanding'], to: 'sending' }))) return
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('delivery')
    .columns(['channel', 'kind', 'personId', 'chatId', 'broadcastId', 'text'])
    .expression((eb) =>
      eb
        .selectFrom('person')
        .innerJoin('broadcast', (join) => join.on('broadcast.id', '=', id))
        .select([
          sql.lit('telegram').as('channel'),
          sql.lit('broadcast').as('kind'),
          'person.id as personId',
          'person.telegramId as chatId',
          'broadcast.id as broadcastId',
          'broadcast.text',
        ])
        .where(belongsTo(policy))
        .orderBy('person.id'),
    )
    .onConflict((conflict) => conflict.columns(['broadcastId', 'chatId']).doNothing())
    .executeTakeFirst()
  const recipients = Number(numInsertedOrUpdatedRows ?? 0)
  await tx.updateTable('broadcast').set({ recipients }).where('id', '=', id).execute()
}

/** Claims deliveries to enqueue, so many that `limit` of the broadcast are in the queue, and records that they are enqueued. */
export async function claimNext(db: Db, id: number, limit: number): Promise<readonly number[]> {
  const rows = await selectRows(
    db,
    { id: sql<number>`id` },
    (list) => sql`
      update delivery set enqueued_at = now() where id in (
        select id from delivery
        where broadcast_id = ${id} and status in ('pending', 'retry') and enqueued_at is null
        order by id
        limit greatest(0, ${limit} - (
          select count(*) from delivery
          where broadcast_id = ${id} and status in ('pending', 'retry') and enqueued_at is not null))
        for update skip locked
      ) returning ${list}`,
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
  if (!(await move(tx, id, { from: ['expanding', 'sending', 'paused'], to: 'cancelled' }))) return false
  await tx
    .updateTable('delivery')
    .set({ status: 'cancelled', finishedAt: sql<Date>`now()` })
    .where('broadcastId', '=', id)
    .where('status', 'in', ['pending', 'retry'])
    .execute()
  return true
}

/** Queues all unknown deliveries of a broadcast again and resumes it; returns how many. It enqueues them itself. */
export async function resendUnknown(tx: Db, id: number): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('delivery')
    .set({ ...inLine, enqueuedAt: null })
    .where('broadcastId', '=', id)
    .where('status', '=', 'unknown')
    .executeTakeFirst()
  const count = Number(numUpdatedRows)
  if (count > 0) await move(tx, id, { from: ['done', 'cancelled'], to: 'sending' })
  return count
}

/** The message that shows progress, and the text it showed last. */
export async function setProgress(
  db: Db,
  id: number,
  progress: { readonly progressMessageId?: number; readonly progressText?: string },
): Promise<void> {
  await db.updateTable('broadcast').set(progress).where('id', '=', id).execute()
}
