import { deliveries } from '@atermtrack/data'
import type { Notice } from '@atermtrack/messages'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'
import type { BotContext } from '../../routing/context.ts'
import type { Composed } from '../broadcast/to-content.ts'

/** Sends a notice through the ledger to a person other than the one who is answered. Returns the delivery. */
export async function notify(
  { tx }: Pick<BotContext, 'tx'>,
  message: {
    /** Only admins, or also people without access. */
    readonly audience: 'admin' | 'anybody'
    readonly chatId: number
    readonly personId?: number
    readonly notice: Notice
    /** A file that Telegram has; the notice is its caption. */
    readonly attachment?: Composed['content'] | undefined
  },
): Promise<number> {
  const { id } = await deliveries.insertMessage(tx, { kind: 'alert', ...message })
  tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.alert })
  return id
}
