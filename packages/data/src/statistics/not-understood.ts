import type { Db } from '../platform/client.ts'

/** A longer text is no question. */
const longest = 200

/** Records a message that was not understood; a repeated update is recorded once. */
export async function insert(
  db: Db,
  { text, ...asked }: { readonly personId: number; readonly updateId: number; readonly text: string },
): Promise<void> {
  await db
    .insertInto('notUnderstood')
    .values({ ...asked, text: text.trim().slice(0, longest) })
    .onConflict((conflict) => conflict.column('updateId').doNothing())
    .execute()
}
