import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { deliveries } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import type { Outbox } from '@atermtrack/outbox'
import { expandBroadcast, type Queues, sendTelegram, startWorker, type WorkerHealth } from '@atermtrack/queue'
import { handlerFromSettings, type Settings } from '@atermtrack/settings'
import type { Logger } from 'pino'
import type { TelegramApi } from '../telegram/telegram-api.ts'
import { createExpandBroadcast } from './expand-broadcast.ts'
import { createSendTelegram } from './send-telegram.ts'
import { createSendingHealth } from './sending-health.ts'

export interface SendingSettings {
  /** The rights of the readers; the admins of the policy are notified about a pause. */
  readonly policy: AccessPolicy
  /** Zone of quiet hours and of times for people who have chosen none. */
  readonly scheduleZone: string
}

export interface SendingOptions extends Outbox {
  readonly api: TelegramApi
  readonly logger: Logger
  readonly health: WorkerHealth
  readonly redisUrl: string
  readonly queuePrefix: string
  readonly settings: Settings<SendingSettings>
  readonly queues: Pick<Queues, 'wake' | 'enqueueAll'>
  /** How long a closing worker waits for the calls under way. */
  readonly graceMs?: number
  readonly progressEveryMs?: number
}

/** At 25 starts a second, calls that take 8 s do not hold up others; the handler limits the unanswered ones. */
const concurrency = 200

/** Starts the workers that send the Telegram rows of the ledger and expand broadcasts. */
export function startSending(options: SendingOptions): AsyncDisposable {
  const { db, api, logger, health, settings, redisUrl, queuePrefix, graceMs, progressEveryMs } = options
  const { policy } = settings.current()
  const holder = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const connection = { url: redisUrl, prefix: queuePrefix, logger, health, ...(graceMs !== undefined && { graceMs }) }
  const sendingHealth = createSendingHealth({ ...options, policy })
  // The pace belongs to the handler, which therefore stays and reads the zone for each delivery.
  const send = createSendTelegram({
    db,
    api,
    health: sendingHealth,
    policy,
    holder,
    get scheduleZone() {
      return settings.current().scheduleZone
    },
  })
  const expand = handlerFromSettings(settings, ({ scheduleZone }) =>
    createExpandBroadcast({
      ...options,
      policy,
      scheduleZone,
      ...(progressEveryMs !== undefined && { everyMs: progressEveryMs }),
    }),
  )
  const sender = startWorker(sendTelegram, send, {
    ...connection,
    concurrency,
    onFailed: async ({ deliveryId }, error) => void (await deliveries.failAbandoned(db, deliveryId, error.message)),
  })
  const expander = startWorker(expandBroadcast, expand, { ...connection, concurrency: 2 })
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all([expander[Symbol.asyncDispose](), sender[Symbol.asyncDispose]()])
    },
  }
}
