import { type ChangedItem, deliveries, type DueSubscription } from '@atermtrack/data'
import { notice } from '@atermtrack/messages'
import type { Tx } from '@atermtrack/outbox'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'

/** Tells owners what has left their lists by itself, which they can take back, and what is on them again; one message a list. */
export async function notifyAboutLists(
  tx: Tx,
  subscriptions: ReadonlyMap<number, DueSubscription>,
  changes: readonly ChangedItem[],
): Promise<void> {
  const changed = new Set(changes.map(({ subscriptionId }) => subscriptionId))
  for (const subscriptionId of changed) {
    const subscription = subscriptions.get(subscriptionId)
    if (!subscription?.isReachable) continue
    const { chatId, personId, name, now } = subscription
    const of = (change: ChangedItem['change']) =>
      changes.filter((item) => item.subscriptionId === subscriptionId && item.change === change)
    const names = (items: readonly ChangedItem[]) => items.map(({ container }) => container).toSorted()
    const { id } = await deliveries.insertMessage(tx, {
      kind: 'alert',
      chatId,
      personId,
      notice: notice('list_changed', {
        subscriptionId,
        name,
        left: names(of('leaves')),
        back: names(of('comes_back')),
        changedAt: now,
      }),
    })
    tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.alert })
  }
}
