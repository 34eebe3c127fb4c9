import { adminChats, deliveries, telegramGate } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { notice } from '@atermtrack/messages'
import { type Outbox, transact } from '@atermtrack/outbox'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'
import type { Settings } from '@atermtrack/settings'
import type { Logger } from 'pino'

export interface SendingHealthOptions extends Outbox {
  readonly logger: Logger
  readonly policy: Pick<AccessPolicy, 'adminChatIds'>
  readonly settings: Settings<{
    /** Zone of the times that admins read. */
    readonly scheduleZone: string
  }>
  readonly now?: () => Date
}

/** Shares the outcomes of this process's calls with all replicas. While the database is away it does nothing, and never throws. */
export interface SendingHealth {
  /** Telegram accepted a message, or refused it for a clear reason: calls get clear answers. */
  readonly clear: () => Promise<void>
  /** As `clear`, for frequent calls: it reads the database only when this process has met unclear outcomes. */
  readonly clearAgain: () => Promise<void>
  /** The outcome of a call is unknown. */
  readonly unclear: (options?: { readonly isProbe: boolean }) => Promise<void>
  /** A chat is refused for `waitMs` with 429; true when all deliveries pause. */
  readonly refused: (refusal: { readonly chatId: number; readonly waitMs: number }) => Promise<boolean>
  /** All deliveries pause, for a reason that concerns the token. */
  readonly pause: (reason: 'refused' | 'token', ms: number) => Promise<void>
}

/** Controls the gate of the deliveries, see `telegramGate`, and notifies admins when a pause without clear answers is over. */
export function createSendingHealth(options: SendingHealthOptions): SendingHealth {
  const { db, logger } = options
  let clearAt = -Infinity
  let hasMetUnclear = false

  async function attempt<T>(write: () => Promise<T>, otherwise: T): Promise<T> {
    return write().catch((error: unknown) => {
      logger.warn({ err: error }, 'could not record the outcomes of calls to telegram')
      return otherwise
    })
  }

  async function endSeries(): Promise<void> {
    hasMetUnclear = false
    if (await telegramGate.isTroubled(db)) await announceEnd(options)
  }

  return {
    async clear() {
      clearAt = performance.now()
      await attempt(endSeries, undefined)
    },
    async clearAgain() {
      clearAt = performance.now()
      if (hasMetUnclear) await attempt(endSeries, undefined)
    },
    async unclear({ isProbe } = { isProbe: false }) {
      hasMetUnclear = true
      const isClosed = await attempt(() => telegramGate.recordUnclear(db, { isProbe }), false)
      if (isClosed) logger.warn('calls to telegram end without clear answers, deliveries pause')
    },
    async refused({ chatId, waitMs }) {
      const clearAgoMs = performance.now() - clearAt
      const all = await attempt(() => telegramGate.recordRefusal(db, { chatId, waitMs, clearAgoMs }), false)
      logger.warn({ chatId, waitMs, all }, 'telegram asks for a pause')
      // A 429 is a clear answer, but it does not disprove a limit of the whole bot.
      await attempt(endSeries, undefined)
      return all
    },
    async pause(reason, ms) {
      logger.warn({ reason, ms }, 'deliveries pause')
      await attempt(() => telegramGate.close(db, { reason, ms }), undefined)
    },
  }
}

/** One transaction opens the gate and writes the message: admins get it exactly once. */
async function announceEnd(options: SendingHealthOptions): Promise<void> {
  const { logger, policy, settings } = options
  await transact(options, async (tx) => {
    const pause = await telegramGate.recordClear(tx)
    if (!pause) return
    logger.info({ reason: pause.reason }, 'telegram answers clearly again, deliveries go on')
    const resumed = notice('sending_resumed', { since: pause.since, zone: settings.current().scheduleZone })
    for (const to of await adminChats.list(tx, policy.adminChatIds)) {
      const message = { kind: 'alert', audience: 'admin', ...to, notice: resumed } as const
      const { id } = await deliveries.insertMessage(tx, message)
      tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.alert })
    }
  })
}
