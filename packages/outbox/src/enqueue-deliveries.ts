import type { deliveries } from '@atermtrack/data'
import { deliveryPriority, type Enqueue, sendEmail, sendTelegram } from '@atermtrack/queue'

/** Enqueues rows of the ledger, each on the queue of its channel with the priority of its kind. */
export function enqueueDeliveries(
  { enqueue }: { readonly enqueue: Enqueue },
  queued: readonly deliveries.QueuedDelivery[],
): void {
  for (const { id, channel, kind, trace } of queued) {
    const queue = channel === 'telegram' ? sendTelegram : sendEmail
    enqueue(queue, { deliveryId: id }, { priority: deliveryPriority[kind], trace: trace ?? undefined })
  }
}
