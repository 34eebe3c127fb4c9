import { sql } from 'kysely'
import type { AccessNotice } from '@atermtrack/domain'
import { contentColumns } from '../../deliveries/stored-notice.ts'
import type { Db } from '../../platform/client.ts'

/** Writes a notice about somebody's rights into the ledger: it leaves whatever these are. Returns the delivery. */
export async function insertNotice(
  tx: Db,
  to: { readonly personId: number; readonly telegramId: number },
  notice: AccessNotice,
): Promise<{ readonly id: number }> {
  return tx
    .insertInto('delivery')
    .values({
      channel: 'telegram',
      kind: 'alert',
      audience: 'anybody',
      chatId: to.telegramId,
      personId: to.personId,
      ...contentColumns({ notice }),
      enqueuedAt: sql<Date>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}
