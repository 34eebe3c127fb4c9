import { deliveries } from '@atermtrack/data'
import type { Notice } from '@atermtrack/messages'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'
import type { BotContext } from '../../routing/context.ts'

/** Writes to somebody else than who is answered, through the ledger. */
export async function notify(
  { tx }: Pick<BotContext, 'tx'>,
  message: {
    /** Admins alone, or also who has no access. */
    readonly audience: 'admin' | 'anybody'
    readonly chatId: number
    readonly personId?: number
    readonly notice: Notice
  },
): Promise<void> {
  const { id } = await deliveries.insertMessage(tx, { kind: 'alert', ...message })
  tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.alert })
}
