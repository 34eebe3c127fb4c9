import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/**
 * Keeps from leaving what was about to leave when a backup was made, since it may have left after that: messages become unknown, as those
 * that were cut off while they were sent, and people decide about them; broadcasts are paused, or cancelled where not all of their
 * messages are written. Returns how many messages there are.
 */
export async function holdOpenWork(tx: Db): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('delivery')
    .set({
      status: 'unknown',
      sendingAt: sql<Date>`coalesce(sending_at, enqueued_at, created_at)`,
      sendingBy: null,
      finishedAt: sql<Date>`now()`,
      error: 'restored from a backup',
    })
    .where('status', 'in', ['pending', 'retry', 'sending'])
    .executeTakeFirst()
  await tx.updateTable('broadcast').set({ status: 'paused' }).where('status', '=', 'sending').execute()
  await tx
    .updateTable('broadcast')
    .set({ status: 'cancelled', finishedAt: sql<Date>`now()` })
    .where((eb) =>
      eb.or([
        eb('status', '=', 'expanding'),
        eb.and([eb('status', '=', 'scheduled'), sql<boolean>`coalesce(send_at, now()) <= now()`]),
      ]),
    )
    .execute()
  return Number(numUpdatedRows)
}
