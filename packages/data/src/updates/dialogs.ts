import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'

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

/** Closes a dialog; false when there was none. */
export async function remove(db: Db, chatId: number, personId: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('dialog')
    .where('chatId', '=', chatId)
    .where('personId', '=', personId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Closes a dialog that is at this very step, with these fields, and leaves any other. */
export async function removeAt(
  db: Db,
  { chatId, personId }: { readonly chatId: number; readonly personId: number },
  state: object,
): Promise<void> {
  await db
    .deleteFrom('dialog')
    .where('chatId', '=', chatId)
    .where('personId', '=', personId)
    .where(sql<boolean>`state @> ${JSON.stringify(state)}::jsonb`)
    .execute()
}

/** A dialog that was closed for its age, and the person to notify. */
export interface ClosedDialog {
  readonly chatId: number
  readonly personId: number
}

/**
 * Deletes dialogs of private chats that expired over `afterSeconds` ago, and returns those whose people are to be notified: not
 * after more than a day, and not people who cannot be reached. Needs the transaction that writes the message, so that each is
 * notified once.
 */
export async function closeExpired(
  tx: Db,
  { afterSeconds, limit }: { readonly afterSeconds: number; readonly limit: number },
): Promise<readonly ClosedDialog[]> {
  return selectRows(
    tx,
    { chatId: sql<number>`closed.chat_id`, personId: sql<number>`closed.person_id` },
    (list) => sql`
      with expired as materialized (
        select chat_id, person_id from dialog
        where chat_id > 0 and expires_at < now() - make_interval(secs => ${afterSeconds})
        limit ${limit} for update skip locked
      ), closed as (
        delete from dialog where (chat_id, person_id) in (select chat_id, person_id from expired)
        returning chat_id, person_id, expires_at
      )
      select ${list} from closed join person on person.id = closed.person_id
      where closed.expires_at > now() - interval '1 day' and person.unreachable_since is null`,
  )
}
