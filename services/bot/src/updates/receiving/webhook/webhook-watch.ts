import { startInterval } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { TelegramApi } from '../../../telegram/telegram-api.ts'
import { allowedUpdates } from '../arrived-update.ts'

/** The state of the webhook at Telegram (getWebhookInfo). */
export interface WebhookInfo {
  readonly url: string
  /** Updates that Telegram holds. */
  readonly pending: number
  /** Time of the last failed delivery of an update, in Unix seconds of Telegram's clock. */
  readonly lastErrorAt: number | undefined
}

/** `elsewhere`: updates go to another address, or nowhere. `undelivered`: they wait at Telegram and do not arrive here. */
export type WebhookProblem = 'elsewhere' | 'undelivered'

/** Compares a check of the webhook with the one before it; `arrived` counts the updates between the two. */
export function judgeWebhook(
  info: WebhookInfo,
  {
    url,
    before,
    arrived,
  }: { readonly url: string; readonly before: WebhookInfo | undefined; readonly arrived: number },
): WebhookProblem | undefined {
  if (info.url !== url) return 'elsewhere'
  if (!before || info.pending === 0 || arrived > 0) return undefined
  return info.pending >= before.pending || info.lastErrorAt !== before.lastErrorAt ? 'undelivered' : undefined
}

export interface WebhookWatchOptions {
  readonly api: TelegramApi
  readonly logger: Logger
  readonly url: string
  readonly secret: string
  /** The number of updates that have arrived so far. */
  readonly arrived: () => number
  /** Interval at which Telegram is asked. */
  readonly everyMs?: number
}

export interface WebhookWatch extends AsyncDisposable {
  /** Rejects while updates do not come in. */
  check(): Promise<void>
}

const maxConnections = 40
/** Number of checks that may fail in a row. */
const looksMissed = 3

const infoSchema = z
  .object({ url: z.string(), pending_update_count: z.int(), last_error_date: z.int().optional() })
  .transform(({ url, pending_update_count: pending, last_error_date: lastErrorAt }) => ({ url, pending, lastErrorAt }))

/** Sets the webhook, checks it, and sets it again when somebody has removed it. */
export function startWebhookWatch(options: WebhookWatchOptions): WebhookWatch {
  const { api, logger, url, secret, arrived, everyMs = 30_000 } = options
  let state: 'unset' | 'set' | WebhookProblem = 'unset'
  let before: WebhookInfo | undefined
  let arrivedBefore = 0
  let seenAt = performance.now()

  async function set(signal: AbortSignal): Promise<void> {
    const payload = { url, secret_token: secret, allowed_updates: allowedUpdates, max_connections: maxConnections }
    await api.call('setWebhook', payload, { signal })
    state = 'set'
    seenAt = performance.now()
    before = undefined
  }
  async function look(signal: AbortSignal): Promise<void> {
    const info = infoSchema.parse(await api.call('getWebhookInfo', {}, { signal }))
    const now = arrived()
    const problem = judgeWebhook(info, { url, before, arrived: now - arrivedBefore })
    if (problem !== undefined) logger.warn({ problem, pending: info.pending }, 'the webhook does not work')
    state = problem ?? 'set'
    before = info
    arrivedBefore = now
    seenAt = performance.now()
  }
  const work = async (signal: AbortSignal) => {
    if (state !== 'unset') await look(signal)
    if (state === 'unset' || state === 'elsewhere') await set(signal)
  }
  const looking = startInterval(work, { what: 'look after the webhook', everyMs, logger })
  return {
    async check() {
      if (state !== 'set') throw new Error(`the webhook is ${state}`)
      const silentMs = performance.now() - seenAt
      if (silentMs > everyMs * (looksMissed + 1))
        throw new Error(`telegram says nothing about the webhook for ${Math.round(silentMs / 1_000)} s`)
    },
    [Symbol.asyncDispose]: async () => looking[Symbol.asyncDispose](),
  }
}
