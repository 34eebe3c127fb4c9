import { isAdminRow } from './access/allowed-people.ts'
import type { Db } from '../platform/client.ts'

/** A chat in which admins are notified about pending decisions. */
export interface AdminChat {
  readonly chatId: number
  /** Undefined for a group, and for an admin who has never written to the bot. */
  readonly personId: number | undefined
}

/** The chats that the settings name (`configured`), and those of everybody who was made an admin since, each once. */
export async function list(db: Db, configured: readonly number[]): Promise<readonly AdminChat[]> {
  const rows = await db
    .selectFrom('person')
    .select(['person.id', 'telegramId'])
    .where(isAdminRow(configured))
    .orderBy('person.id')
    .execute()
  const people = new Map(rows.map(({ telegramId, id }) => [telegramId, id]))
  const chatIds = new Set([...configured, ...people.keys()])
  return Array.from(chatIds, (chatId) => ({ chatId, personId: people.get(chatId) }))
}
