import { notice } from '@atermtrack/messages'
import { deliveries, dialogs } from '@atermtrack/data'
import { type Outbox, transact } from '@atermtrack/outbox'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'

export interface CloseDialogsOptions extends Outbox {
  /** An update that found its dialog open has ended after so long. */
  readonly handlerTimeLimitMs: number
}

const mostAtOnce = 500
const closed = notice('dialog_closed', {})
const marginSeconds = 5

/**
 * Closes expired dialogs of private chats and notifies their people. One transaction closes the dialog and writes the message,
 * so each person gets it once. A person who writes before the closing learns it from the answer instead.
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
