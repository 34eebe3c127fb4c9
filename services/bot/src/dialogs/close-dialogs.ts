import { type Db, deliveries, dialogs } from '@atermtrack/data'
import { notice } from '@atermtrack/messages'
import { deliveryPriority } from '@atermtrack/queue'
import type { Producers } from '../producers.ts'

export interface CloseDialogsOptions {
  readonly db: Db
  readonly producers: Pick<Producers, 'sendTelegram'>
  /** An update that found its dialog open is done after so long. */
  readonly handlerTimeLimitMs: number
}

const mostAtOnce = 500
const closed = notice('dialog_closed', {})
const marginSeconds = 5

/**
 * Closes dialogs of private chats that have expired, and says so. Closing and message are one transaction, so nobody hears it
 * twice; who writes before it comes to that is told by the answer instead.
 */
export async function closeDialogs({ db, producers, handlerTimeLimitMs }: CloseDialogsOptions): Promise<void> {
  const afterSeconds = handlerTimeLimitMs / 1_000 + marginSeconds
  const told = await db.transaction().execute(async (tx) => {
    const ids: number[] = []
    for (const addressee of await dialogs.closeExpired(tx, { afterSeconds, limit: mostAtOnce })) {
      const message = { kind: 'alert', audience: 'anybody', ...addressee, notice: closed } as const
      ids.push((await deliveries.insertMessage(tx, message)).id)
    }
    return ids
  })
  for (const deliveryId of told) {
    await producers.sendTelegram.ring({ deliveryId }, { priority: deliveryPriority.alert })
  }
}
