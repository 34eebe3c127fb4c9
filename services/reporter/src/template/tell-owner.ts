import { deliveries, subscriptionTemplates } from '@atermtrack/data'
import { notice } from '@atermtrack/messages'
import type { Tx } from '@atermtrack/outbox'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'
import type { TemplateFailure } from './fill-template.ts'

/** Notifies the owner of a subscription that its template cannot be filled, once for each template. */
export async function tellOwner(tx: Tx, subscriptionId: number, { sha256, reason }: TemplateFailure): Promise<void> {
  const owner = await subscriptionTemplates.markFailed(tx, { subscriptionId, sha256, reason })
  if (!owner) return
  const { chatId, personId, name, fileName } = owner
  const failed = notice('template_failed', { subscriptionId, name, fileName, reason })
  const { id } = await deliveries.insertMessage(tx, { kind: 'alert', chatId, personId, notice: failed })
  tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.alert })
}
