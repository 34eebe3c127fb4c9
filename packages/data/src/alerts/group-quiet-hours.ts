import type { QuietHours } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** When alerts make no sound in a group or topic, or wait. */
export interface GroupQuietHours {
  /** Undefined: none, in a topic of a group that has some. */
  readonly hours: QuietHours | undefined
  /** Zone of the hours. */
  readonly zone: string
  /** Whether alerts wait until the hours end; they come without a sound otherwise. */
  readonly holdsAlerts: boolean
}

/** A group, or one of its topics. */
export interface GroupPlace {
  readonly chatId: number
  readonly threadId?: number | null | undefined
}

interface QuietRow {
  readonly quietFrom: string | null
  readonly quietUntil: string | null
  readonly zone: string
  readonly holdsAlerts: boolean
  readonly threadId: number
}

/** The row that counts in a place, as a query: that of the topic, else that of the group. */
export function quietHoursOf(chatId: RawBuilder<unknown>, threadId: RawBuilder<unknown>): RawBuilder<QuietRow> {
  return sql<QuietRow>`(
    select quiet_from, quiet_until, zone, holds_alerts, thread_id from group_quiet_hours
    where chat_id = ${chatId} and thread_id in (0, coalesce(${threadId}, 0)) order by thread_id desc limit 1)`
}

/** The quiet hours of a place; undefined where nobody has set any. */
export async function find(
  db: Db,
  { chatId, threadId }: GroupPlace,
): Promise<(GroupQuietHours & { readonly isOfTopic: boolean }) | undefined> {
  const place = [sql`${chatId}::bigint`, sql`${threadId ?? null}::bigint`] as const
  const row = await db
    .selectFrom(quietHoursOf(...place).as('quiet'))
    .selectAll()
    .executeTakeFirst()
  if (!row) return undefined
  const { quietFrom: from, quietUntil: until, zone, holdsAlerts } = row
  const hours = from === null || until === null ? undefined : { from, until }
  return { hours, zone, holdsAlerts, isOfTopic: row.threadId !== 0 }
}

/** Sets the quiet hours of a group, or of one of its topics alone. */
export async function set(
  db: Db,
  { chatId, threadId }: GroupPlace,
  { hours, zone, holdsAlerts }: GroupQuietHours,
): Promise<void> {
  const choice = { quietFrom: hours?.from ?? null, quietUntil: hours?.until ?? null, zone, holdsAlerts }
  await db
    .insertInto('groupQuietHours')
    .values({ chatId, threadId: threadId ?? 0, ...choice })
    .onConflict((conflict) =>
      conflict.columns(['chatId', 'threadId']).doUpdateSet({ ...choice, changedAt: sql<Date>`now()` }),
    )
    .execute()
}

/** Lets a topic follow its group again. */
export async function unset(db: Db, { chatId, threadId }: GroupPlace): Promise<void> {
  await db
    .deleteFrom('groupQuietHours')
    .where('chatId', '=', chatId)
    .where('threadId', '=', threadId ?? 0)
    .execute()
}

/** Moves those of a group to its new id, where nobody has set any meanwhile. */
export async function move(tx: Db, from: number, to: number): Promise<void> {
  await tx
    .updateTable('groupQuietHours')
    .set({ chatId: to })
    .where('chatId', '=', from)
    .where(
      sql<boolean>`not exists (select from group_quiet_hours as there
        where there.chat_id = ${to} and there.thread_id = group_quiet_hours.thread_id)`,
    )
    .execute()
}
