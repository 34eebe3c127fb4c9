import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { PersonAccess, PersonRole } from '../schema.generated.ts'

/** Somebody who may need a list of commands of their own in their chat. */
export interface CommandReader {
  readonly id: number
  readonly telegramId: number
  readonly role: PersonRole | null
  readonly access: PersonAccess
  readonly chosenLanguage: string | null
  /** Names the list that Telegram shows in the chat; null for the common one. */
  readonly commandsShown: string | null
}

/** Admins by role or by configuration, who has chosen a language, and who has a list of their own. */
export async function listReaders(db: Db, adminIds: readonly number[]): Promise<readonly CommandReader[]> {
  return db
    .selectFrom('person')
    .select(['id', 'telegramId', 'role', 'access', 'chosenLanguage', 'commandsShown'])
    .where('erasedAt', 'is', null)
    .where('unreachableSince', 'is', null)
    .where(
      sql<boolean>`(role = 'admin' or chosen_language is not null or commands_shown is not null
        or telegram_id = any(${[...adminIds]}::bigint[]))`,
    )
    .orderBy('id')
    .execute()
}

/** Records which list is shown now. */
export async function update(db: Db, personId: number, commandsShown: string | null): Promise<void> {
  await db.updateTable('person').set({ commandsShown }).where('id', '=', personId).execute()
}
