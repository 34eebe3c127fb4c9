import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'

/** Throws when there is no such person. */
export async function telegramIdOf(db: Db, personId: number): Promise<number> {
  const query = db.selectFrom('person').select('telegramId').where('id', '=', personId)
  return (await query.executeTakeFirstOrThrow()).telegramId
}

// Each alternative below repeats the condition of one index word by word: only then PostgreSQL uses it.

/** Updates that somebody caused, wherever they wrote or pressed. */
export function isUpdateOf(telegramId: number) {
  const isSender = sql`sender_of_update(payload) = ${String(telegramId)} and chat_id < 0`
  return sql<boolean>`(
    (chat_id = ${telegramId} and chat_id > 0 and done_at is not null) or (chat_id = ${telegramId} and done_at is null)
    or (${isSender} and done_at is not null) or (${isSender} and done_at is null))`
}

const isOpen = sql`status in ('pending', 'retry', 'sending')`
const isOver = sql`status not in ('pending', 'retry', 'sending')`

export interface Addressee {
  readonly personId: number
  readonly telegramId: number
}

/** The ids of what was sent to somebody, or is to be. */
export function deliveriesTo({ personId, telegramId }: Addressee) {
  return sql<number>`(
    select id from delivery where person_id = ${personId} and ${isOver}
    union select id from delivery where chat_id = ${telegramId} and chat_id > 0 and ${isOver}
    union select id from delivery where (person_id = ${personId} or chat_id = ${telegramId}) and ${isOpen})`
}

/** The ids of notices to admins about somebody, such as a request for access. */
export function noticesAbout({ telegramId }: Pick<Addressee, 'telegramId'>) {
  return sql<number>`(
    select id from delivery
    where kind = 'alert' and text like '%</code>%' and substring(text from '<code>(\\d+)</code>') = ${String(telegramId)}
    union select id from delivery where notice #>> '{params,person,telegramId}' = ${String(telegramId)})`
}
