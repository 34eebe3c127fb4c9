import type { Db } from './client.ts'

/** Records a question; a repeated update is recorded once. */
export async function insert(
  db: Db,
  lookup: {
    readonly personId: number
    readonly updateId: number
    readonly containers: readonly string[]
    readonly found: number
  },
): Promise<void> {
  await db
    .insertInto('lookup')
    .values({ ...lookup, containers: [...lookup.containers] })
    .onConflict((conflict) => conflict.column('updateId').doNothing())
    .execute()
}
