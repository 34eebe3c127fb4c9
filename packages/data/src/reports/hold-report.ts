import type { Db } from '../platform/client.ts'

/**
 * Holds a report that waits until the end of the transaction, so that nobody builds it a second time meanwhile; false when it does not
 * wait any more or somebody else holds it. A process that dies lets go of it.
 */
export async function hold(tx: Db, id: number): Promise<boolean> {
  const row = await tx
    .selectFrom('report')
    .select('id')
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row !== undefined
}
