import { isAdmin } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { columnsOf, type Rights } from '../people/people.ts'

/**
 * Locks an admin and the person whose rights they are about to change, for the rest of the transaction; false when the admin is none
 * any more. Two admins who take each other's rights at once take turns, so that the second keeps theirs and one admin always stays.
 */
export async function lockForChange(
  tx: Db,
  { adminId, personId, adminChatIds }: { adminId: number; personId: number; adminChatIds: readonly number[] },
): Promise<boolean> {
  const rows = await tx
    .selectFrom('person')
    .select(['id', 'telegramId', 'role', 'access'])
    .where('id', 'in', [adminId, personId])
    .orderBy('id')
    .forUpdate()
    .execute()
  const admin = rows.find(({ id }) => id === adminId)
  return admin !== undefined && isAdmin(admin, adminChatIds)
}

/** Changes what somebody who is in may see and do; false when they are not in any more. It counts from the next question on. */
export async function assign(db: Db, id: number, rights: Rights): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('person')
    .set(columnsOf(rights))
    .where('id', '=', id)
    .where('access', '=', 'granted')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Lets somebody in who was shown out, waits or has never asked; false when they are in. */
export async function letIn(
  db: Db,
  id: number,
  { rights, decidedBy }: { readonly rights: Rights; readonly decidedBy: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('person')
    .set({ ...columnsOf(rights), access: 'granted', accessDecidedBy: decidedBy, accessDecidedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('access', '!=', 'granted')
    .where('erasedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Shows somebody out, also somebody who may use an open bot without having been let in; false when they are out already. On the command line nobody in
 * particular decides.
 */
export async function dismiss(
  db: Db,
  id: number,
  { decidedBy }: { readonly decidedBy: number | null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('person')
    .set({ access: 'denied', accessDecidedBy: decidedBy, accessDecidedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('access', '!=', 'denied')
    .where('erasedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
