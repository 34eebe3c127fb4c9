import { notice } from '@atermtrack/messages'
import { deliveries, dialogs } from '@atermtrack/data'
import { type Outbox, transact } from '@atermtrack/outbox'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'

export interface CloseDialogsOptions extends Outbox {
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
export async function closeDialogs({ db, queues, handlerTimeLimitMs }: CloseDialogsOptions): Promise<void> {
  const afterSeconds = handlerTimeLimitMs / 1_000 + marginSeconds
  await transact({ db, queues }, async (tx) => {
    for (const addressee of await dialogs.closeExpired(tx, { afterSeconds, limit: mostAtOnce })) {
      const message = { kind: 'alert', audience: 'anybody', ...addressee, notice: closed } as const
      const { id } = await deliveries.insertMessage(tx, message)
      tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.alert })
    }
  })
}
