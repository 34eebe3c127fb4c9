import type { NoticePeriod, NoticeTopic } from '@atermtrack/domain'
import { sql } from 'kysely'
import { contentColumns, type StoredNotice } from '../deliveries/stored-notice.ts'
import type { Db } from '../platform/client.ts'

/** A period as it is stored; its id binds the deliveries of its gathered message. */
export type StoredPeriod = NoticePeriod & { readonly id: number }

/**
 * Locks the current period of a topic for the rest of the transaction, so that several processes count one after the other. A
 * period older than `minutes` gives way to a new one.
 */
export async function lock(
  tx: Db,
  topic: NoticeTopic,
  { minutes }: { readonly minutes: number },
): Promise<StoredPeriod> {
  const isOver = sql<boolean>`notice_period.opened_at < clock_timestamp() - make_interval(mins => ${minutes})`
  const row = await tx
    .insertInto('noticePeriod')
    .values({ topic })
    .onConflict((conflict) =>
      conflict.column('topic').doUpdateSet({
        id: sql<number>`case when ${isOver} then nextval('notice_period_id') else notice_period.id end`,
        openedAt: sql<Date>`case when ${isOver} then clock_timestamp() else notice_period.opened_at end`,
        single: sql<number>`case when ${isOver} then 0 else notice_period.single end`,
        gathered: sql<number>`case when ${isOver} then 0 else notice_period.gathered end`,
        reasons: sql<string>`case when ${isOver} then '{}' else notice_period.reasons end`,
        newest: sql<string[]>`case when ${isOver} then '{}' else notice_period.newest end`,
      }),
    )
    .returning(['id', 'single', 'gathered', 'reasons', 'newest'])
    .executeTakeFirstOrThrow()
  return { ...row, reasons: row.reasons as unknown as NoticePeriod['reasons'] }
}

/** Stores what a locked period holds now. */
export async function save(
  tx: Db,
  topic: NoticeTopic,
  { single, gathered, reasons, newest }: NoticePeriod,
): Promise<void> {
  await tx
    .updateTable('noticePeriod')
    .set({ single, gathered, reasons: JSON.stringify(reasons), newest: [...newest] })
    .where('topic', '=', topic)
    .execute()
}

/**
 * Stores the present content of a gathered message. A delivery of the period that still waits gets it; else a new one is
 * written, which edits the message and leaves after a pause, so that a flood costs few edits. Returns the new delivery.
 */
export async function upsertGathered(
  tx: Db,
  message: {
    readonly periodId: number
    readonly chatId: number
    readonly personId?: number | undefined
    readonly notice: StoredNotice
    readonly pauseSeconds: number
  },
): Promise<number | undefined> {
  const { periodId, chatId, personId, pauseSeconds } = message
  const content = contentColumns(message)
  const open = await tx
    .updateTable('delivery')
    .set(content)
    .where('noticePeriod', '=', periodId)
    .where('chatId', '=', chatId)
    .where('status', 'in', ['pending', 'retry'])
    .executeTakeFirst()
  if (open.numUpdatedRows > 0n) return undefined
  const notBefore = sql<Date | null>`(select now() + make_interval(secs => ${pauseSeconds}) from delivery
    where notice_period = ${periodId} and chat_id = ${chatId} limit 1)`
  const { id } = await tx
    .insertInto('delivery')
    .values({
      kind: 'alert',
      audience: 'admin',
      channel: 'telegram',
      chatId,
      personId,
      ...content,
      noticePeriod: periodId,
      notBefore,
      enqueuedAt: sql<Date>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
