import { type Access, noAccessNotice } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { insertNotice } from './insert-notice.ts'

/**
 * Writes to somebody that what they were to get was stopped, since they have no access now; once until they have access again, and
 * nothing to who cannot be reached. Returns the delivery, or undefined when nothing is said.
 */
export async function insertOnce(
  tx: Db,
  personId: number,
  about: { readonly access: Exclude<Access, { kind: 'allowed' }>; readonly name: string | undefined },
): Promise<{ readonly id: number } | undefined> {
  const person = await tx
    .updateTable('person')
    .set({ noAccessToldAt: sql<Date>`now()` })
    .where('id', '=', personId)
    .where('noAccessToldAt', 'is', null)
    .where('unreachableSince', 'is', null)
    .returning('telegramId')
    .executeTakeFirst()
  if (!person) return undefined
  return insertNotice(tx, { personId, telegramId: person.telegramId }, noAccessNotice(about.access, about))
}

/** People who have access (again) are notified when they lose it. */
export async function forgetNotified(tx: Db, personIds: readonly number[]): Promise<void> {
  if (personIds.length === 0) return
  await tx
    .updateTable('person')
    .set({ noAccessToldAt: null })
    .where('id', 'in', [...personIds])
    .where('noAccessToldAt', 'is not', null)
    .execute()
}
