import { askAgainNotice } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { insertNotice } from './insert-notice.ts'

/**
 * Notifies somebody that an answer was stopped because their rights have changed, and that they may ask again. Several answers
 * bring one notice: nothing is written while an earlier one waits. Returns the delivery, or undefined when nothing is written.
 */
export async function inviteToAskAgain(tx: Db, personId: number): Promise<{ readonly id: number } | undefined> {
  const person = await tx
    .selectFrom('person')
    .select('telegramId')
    .where('id', '=', personId)
    .where('unreachableSince', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!person) return undefined
  const waiting = await tx
    .selectFrom('delivery')
    .select('id')
    .where('chatId', '=', person.telegramId)
    .where(sql<string>`notice ->> 'kind'`, '=', askAgainNotice.kind)
    .where('status', 'in', ['pending', 'retry', 'sending'])
    .executeTakeFirst()
  if (waiting) return undefined
  return insertNotice(tx, { personId, telegramId: person.telegramId }, askAgainNotice)
}
