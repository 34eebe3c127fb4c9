import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { Json } from '../schema.generated.ts'
import { contentColumns, type StoredNotice } from './stored-notice.ts'

/**
 * Writes what somebody is to be notified about: `content` gets the notice that still waits for them, if there is one, and returns it as
 * it is to be. A new one leaves after a pause, so that many changes make one message. Returns the new delivery. Needs a transaction: two
 * who change something for one person at once take turns.
 */
export async function gather(
  tx: Db,
  { personId, chatId, pauseSeconds }: { personId: number; chatId: number; pauseSeconds: number },
  content: (waiting: Json | undefined) => StoredNotice,
): Promise<number | undefined> {
  const { deliveryId } = await tx
    .insertInto('subscriptionChangeNotice')
    .values({ personId, deliveryId: 0 })
    .onConflict((conflict) =>
      // Only an update returns the row that is there, and holds it.
      conflict.column('personId').doUpdateSet((eb) => ({ personId: eb.ref('excluded.personId') })),
    )
    .returning('deliveryId')
    .executeTakeFirstOrThrow()
  const waiting = await tx
    .selectFrom('delivery')
    .select(['id', 'notice'])
    .where('id', '=', deliveryId)
    .where('status', 'in', ['pending', 'retry'])
    .forUpdate()
    .executeTakeFirst()
  if (waiting) {
    const notice = content(waiting.notice ?? undefined)
    await tx.updateTable('delivery').set(contentColumns({ notice })).where('id', '=', waiting.id).execute()
    return undefined
  }
  const { id } = await tx
    .insertInto('delivery')
    .values({
      kind: 'alert',
      channel: 'telegram',
      // It is about what is theirs, whatever their rights are by now.
      audience: 'anybody',
      chatId,
      personId,
      ...contentColumns({ notice: content(undefined) }),
      notBefore: sql<Date>`now() + make_interval(secs => ${pauseSeconds})`,
      enqueuedAt: sql<Date>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx.updateTable('subscriptionChangeNotice').set({ deliveryId: id }).where('personId', '=', personId).execute()
  return id
}
