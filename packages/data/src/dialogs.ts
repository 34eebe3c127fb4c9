import { sql } from 'kysely'
import type { Db } from './client.ts'

export interface OpenDialog {
  /** As it was saved; its shape belongs to the feature that saved it. */
  readonly state: unknown
  readonly expired: boolean
}

/** Brings a person's dialog to a step; `updateId` is the update that did so. */
export async function save(
  db: Db,
  dialog: {
    readonly chatId: number
    readonly personId: number
    readonly state: object
    readonly updateId: number
    readonly minutes: number
  },
): Promise<void> {
  const { chatId, personId, updateId, minutes } = dialog
  const step = {
    state: JSON.stringify(dialog.state),
    updateId,
    expiresAt: sql<Date>`now() + make_interval(mins => ${minutes})`,
  }
  await db
    .insertInto('dialog')
    .values({ chatId, personId, ...step })
    .onConflict((conflict) => conflict.columns(['chatId', 'personId']).doUpdateSet(step))
    .execute()
}

/** Leaves a dialog; false when there was none. */
export async function remove(db: Db, chatId: number, personId: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('dialog')
    .where('chatId', '=', chatId)
    .where('personId', '=', personId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
