import { deliveries } from '@atermtrack/data'
import type { Notice } from '@atermtrack/messages'
import { deliveryPriority } from '@atermtrack/queue'
import type { BotContext } from '../../routing/context.ts'
import type { Producers } from '../../producers.ts'

/** Writes to somebody else than who is answered, through the ledger. */
export async function notify(
  ctx: Pick<BotContext, 'tx' | 'afterCommit'>,
  producers: Pick<Producers, 'sendTelegram'>,
  message: {
    /** Admins alone, or also who has no access. */
    readonly audience: 'admin' | 'anybody'
    readonly chatId: number
    readonly personId?: number
    readonly notice: Notice
  },
): Promise<void> {
  const { id } = await deliveries.insertMessage(ctx.tx, { kind: 'alert', ...message })
  ctx.afterCommit(() => producers.sendTelegram.ring({ deliveryId: id }, { priority: deliveryPriority.alert }))
}
