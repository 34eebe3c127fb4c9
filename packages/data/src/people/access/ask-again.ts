import { askAgainNotice } from '@atermtrack/domain'
import type { Db } from '../../platform/client.ts'
import { insertNotice } from './insert-notice.ts'
import { languageColumns, languageOf } from '../person-language.ts'

/**
 * Writes to somebody that an answer was stopped because their rights have changed, and that they may ask again. Of several answers
 * they hear once: nothing is written while an earlier notice waits. Returns the delivery, or undefined when nothing is written.
 */
export async function inviteToAskAgain(tx: Db, personId: number): Promise<{ readonly id: number } | undefined> {
  const person = await tx
    .selectFrom('person')
    .select(['telegramId', ...languageColumns])
    .where('id', '=', personId)
    .where('unreachableSince', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!person) return undefined
  const text = askAgainNotice(languageOf(person))
  const waiting = await tx
    .selectFrom('delivery')
    .select('id')
    .where('chatId', '=', person.telegramId)
    .where('text', '=', text)
    .where('status', 'in', ['pending', 'retry', 'sending'])
    .executeTakeFirst()
  if (waiting) return undefined
  return insertNotice(tx, { personId, telegramId: person.telegramId }, text)
}
