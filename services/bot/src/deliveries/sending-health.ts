import { adminChats, deliveries, telegramGate } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { notice } from '@atermtrack/messages'
import { type Outbox, transact } from '@atermtrack/outbox'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'
import type { Logger } from 'pino'

export interface SendingHealthOptions extends Outbox {
  readonly logger: Logger
  readonly policy: Pick<AccessPolicy, 'adminChatIds'>
  /** Zone of the times that admins read. */
  readonly scheduleZone: string
  readonly now?: () => Date
}

/** Tells all replicas how the calls of this process end. While the database is away it does nothing, and never throws. */
export interface SendingHealth {
  /** Telegram took a message, or refused it for a reason of its own: calls get clear answers. */
  readonly clear: () => Promise<void>
  /** As `clear`, for what is called often: it looks into the database only when this process has met unclear outcomes. */
  readonly clearAgain: () => Promise<void>
  /** Nobody knows how a call ended. */
  readonly unclear: (options?: { readonly isProbe: boolean }) => Promise<void>
  /** A chat is refused for `waitMs` with 429; true when all deliveries pause. */
  readonly refused: (refusal: { readonly chatId: number; readonly waitMs: number }) => Promise<boolean>
  /** All deliveries pause, for a reason that concerns the token. */
  readonly pause: (reason: 'refused' | 'token', ms: number) => Promise<void>
}

/** Keeps the gate of the deliveries, see `telegramGate`, and tells admins when a pause without clear answers is over. */
export function createSendingHealth(options: SendingHealthOptions): SendingHealth {
  const { db, logger } = options
  let clearAt = -Infinity
  let hasMetUnclear = false

  async function attempt<T>(write: () => Promise<T>, otherwise: T): Promise<T> {
    return write().catch((error: unknown) => {
      logger.warn({ err: error }, 'could not record how calls to telegram end')
      return otherwise
    })
  }

  async function settleSeries(): Promise<void> {
    hasMetUnclear = false
    if (await telegramGate.isTroubled(db)) await announceEnd(options)
  }

  return {
    async clear() {
      clearAt = performance.now()
      await attempt(settleSeries, undefined)
    },
    async clearAgain() {
      clearAt = performance.now()
      if (hasMetUnclear) await attempt(settleSeries, undefined)
    },
    async unclear({ isProbe } = { isProbe: false }) {
      hasMetUnclear = true
      const isClosed = await attempt(() => telegramGate.recordUnclear(db, { isProbe }), false)
      if (isClosed) logger.warn('calls to telegram end without clear answers, deliveries pause')
    },
    async refused({ chatId, waitMs }) {
      const clearAgoMs = performance.now() - clearAt
      const all = await attempt(() => telegramGate.recordRefusal(db, { chatId, waitMs, clearAgoMs }), false)
      logger.warn({ chatId, waitMs, all }, 'telegram wants us to wait')
      // It is a clear answer all the same, but none that speaks against a limit of the whole bot.
      await attempt(settleSeries, undefined)
      return all
    },
    async pause(reason, ms) {
      logger.warn({ reason, ms }, 'deliveries pause')
      await attempt(() => telegramGate.close(db, { reason, ms }), undefined)
    },
  }
}

/** Opening the gate and the message about it are one transaction: it is told once, and never lost. */
async function announceEnd(options: SendingHealthOptions): Promise<void> {
  const { logger, policy, scheduleZone } = options
  await transact(options, async (tx) => {
    const pause = await telegramGate.recordClear(tx)
    if (!pause) return
    logger.info({ reason: pause.reason }, 'telegram answers clearly again, deliveries go on')
    const resumed = notice('sending_resumed', { since: pause.since, zone: scheduleZone })
    for (const to of await adminChats.list(tx, policy.adminChatIds)) {
      const message = { kind: 'alert', audience: 'admin', ...to, notice: resumed } as const
      const { id } = await deliveries.insertMessage(tx, message)
      tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.alert })
    }
  })
}
