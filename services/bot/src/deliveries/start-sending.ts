import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { type Db, deliveries } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { expandBroadcast, type Producer, sendTelegram, startWorker } from '@atermtrack/queue'
import type { Logger } from 'pino'
import type { TelegramApi } from '../telegram/telegram-api.ts'
import { createExpandBroadcast } from './expand-broadcast.ts'
import { createSendTelegram } from './send-telegram.ts'

export interface SendingOptions {
  readonly db: Db
  readonly api: TelegramApi
  readonly logger: Logger
  readonly redisUrl: string
  readonly queuePrefix: string
  /** Who may get what. */
  readonly policy: AccessPolicy
  /** Zone of quiet hours for whoever has chosen none. */
  readonly scheduleZone: string
  readonly producers: { readonly sendTelegram: Producer<{ deliveryId: number }> }
  /** How long a closing worker waits for the calls in hand. */
  readonly graceMs?: number
  readonly progressEveryMs?: number
}

/** Answers take half a second through a proxy, uploads up to a minute; at 25 starts a second these must run side by side. */
const concurrency = 25

/** Starts what sends the ledger's Telegram rows and moves broadcasts along. */
export function startSending(options: SendingOptions): AsyncDisposable {
  const { db, api, logger, policy, redisUrl, queuePrefix, scheduleZone, graceMs, progressEveryMs } = options
  const holder = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const connection = { url: redisUrl, prefix: queuePrefix, logger, ...(graceMs !== undefined && { graceMs }) }
  const sender = startWorker(sendTelegram, createSendTelegram({ db, api, policy, holder, scheduleZone }), {
    ...connection,
    concurrency,
    onFailed: async ({ deliveryId }, error) => void (await deliveries.failAbandoned(db, deliveryId, error.message)),
  })
  const expander = startWorker(
    expandBroadcast,
    createExpandBroadcast({ ...options, ...(progressEveryMs !== undefined && { everyMs: progressEveryMs }) }),
    { ...connection, concurrency: 2 },
  )
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all([expander[Symbol.asyncDispose](), sender[Symbol.asyncDispose]()])
    },
  }
}
