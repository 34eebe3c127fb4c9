import { sql } from 'kysely'
import type { Db } from './client.ts'

export interface OpenDialog {
  /** As it was saved; its shape belongs to the feature that saved it. */
  readonly state: unknown
  readonly expired: boolean
}

/** The dialog of a person in a chat. One that expired over a day ago is as good as none. */
export async function find(db: Db, chatId: number, personId: number): Promise<OpenDialog | undefined> {
  const row = await db
    .selectFrom('dialog')
    .select(['state', sql<boolean>`expires_at <= now()`.as('expired')])
    .where('chatId', '=', chatId)
    .where('personId', '=', personId)
    .where('expiresAt', '>', sql<Date>`now() - interval '1 day'`)
    .executeTakeFirst()
  return row
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
