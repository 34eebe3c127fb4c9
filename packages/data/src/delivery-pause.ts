import { sql } from 'kysely'
import type { Db } from './client.ts'

/** No chat has this id: its pace is that of the whole bot. */
const allChats = 0

/** Lets no delivery of Telegram leave for `ms`, from no process; a longer pause that runs already stays. */
export async function pauseAll(db: Db, ms: number): Promise<void> {
  const nextAt = sql<Date>`clock_timestamp() + make_interval(secs => ${ms / 1_000})`
  await db
    .insertInto('chatPace')
    .values({ chatId: allChats, nextAt })
    .onConflict((conflict) =>
      conflict.column('chatId').doUpdateSet({ nextAt: sql<Date>`greatest(chat_pace.next_at, excluded.next_at)` }),
    )
    .execute()
}

/** How many ms the pause lasts yet; 0 when there is none. */
export async function restOfPause(db: Db): Promise<number> {
  const row = await db
    .selectFrom('chatPace')
    .select(sql<number>`(extract(epoch from next_at - clock_timestamp()) * 1000)::float8`.as('restMs'))
    .where('chatId', '=', allChats)
    .executeTakeFirst()
  return Math.max(0, Math.ceil(row?.restMs ?? 0))
}

/** As a condition on a row of `delivery`. */
export const mayLeave = sql<boolean>`(channel <> 'telegram' or not exists (
  select 1 from chat_pace where chat_id = ${sql.lit(allChats)} and next_at > clock_timestamp()))`
