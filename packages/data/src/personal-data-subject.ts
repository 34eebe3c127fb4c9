import { sql } from 'kysely'
import type { Db } from './client.ts'

/** Throws when there is no such person. */
export async function telegramIdOf(db: Db, personId: number): Promise<number> {
  const query = db.selectFrom('person').select('telegramId').where('id', '=', personId)
  return (await query.executeTakeFirstOrThrow()).telegramId
}

/** Updates that somebody caused, wherever they wrote or pressed. */
export function isUpdateOf(telegramId: number) {
  const from = (kind: 'message' | 'callback_query') => JSON.stringify({ [kind]: { from: { id: telegramId } } })
  return sql<boolean>`(chat_id = ${telegramId}
    or payload @> ${from('message')}::jsonb or payload @> ${from('callback_query')}::jsonb)`
}
