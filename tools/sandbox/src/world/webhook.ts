import { setTimeout as delay } from 'node:timers/promises'
import { isRecord } from '../methods/params.ts'
import type { Update } from './telegram-types.ts'
import type { UpdateHub } from './update-hub.ts'

interface WebhookConfig {
  readonly url: string
  readonly maxConnections: number
  readonly secretToken?: string
}

export interface Webhook {
  readonly set: (config: WebhookConfig) => void
  readonly clear: () => void
  readonly isSet: () => boolean
  readonly info: () => Readonly<Record<string, unknown>>
}

export interface WebhookOptions {
  readonly hub: UpdateHub
  readonly now: () => number
  /** Runs the method that a receiver may put into its answer. */
  readonly onReply: (method: string, values: Readonly<Record<string, unknown>>) => Promise<void>
}

interface Delivery {
  readonly config: WebhookConfig
  readonly stop: AbortController
  readonly inFlight: Set<number>
  lastError: { readonly date: number; readonly message: string } | undefined
}

const firstRetryMs = 200
const longestRetryMs = 10_000
const answerTimeoutMs = 60_000

/** Posts updates to the bot's own address while a webhook is set, and again until it answers 2xx. */
export function createWebhook({ hub, now, onReply }: WebhookOptions): Webhook {
  let current: Delivery | undefined

  function pump(): void {
    if (!current) return
    for (const update of hub.pending.values()) {
      if (current.inFlight.size >= current.config.maxConnections) return
      if (!current.inFlight.has(update.update_id)) void deliver(current, update)
    }
  }

  async function deliver(delivery: Delivery, update: Update): Promise<void> {
    delivery.inFlight.add(update.update_id)
    let retryMs = firstRetryMs
    while (!delivery.stop.signal.aborted) {
      const failure = await postUpdate(delivery, update, onReply)
      if (failure === undefined) {
        hub.pending.delete(update.update_id)
        break
      }
      delivery.lastError = { date: Math.floor(now() / 1000), message: failure }
      await delay(retryMs, undefined, { signal: delivery.stop.signal }).catch(() => undefined)
      retryMs = Math.min(retryMs * 2, longestRetryMs)
    }
    delivery.inFlight.delete(update.update_id)
    pump()
  }

  hub.pushed.subscribe(pump)
  return {
    set(config) {
      current?.stop.abort()
      current = { config, stop: new AbortController(), inFlight: new Set(), lastError: undefined }
      pump()
    },
    clear() {
      current?.stop.abort()
      current = undefined
    },
    isSet: () => current !== undefined,
    info: () => describe(current),
  }
}

/** Returns what went wrong, or undefined when the receiver answered 2xx. */
async function postUpdate(
  { config, stop }: Delivery,
  update: Update,
  onReply: WebhookOptions['onReply'],
): Promise<string | undefined> {
  try {
    const response = await fetch(config.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(config.secretToken !== undefined && { 'x-telegram-bot-api-secret-token': config.secretToken }),
      },
      body: JSON.stringify(update),
      signal: AbortSignal.any([stop.signal, AbortSignal.timeout(answerTimeoutMs)]),
    })
    const body = await response.text()
    if (!response.ok) return `Wrong response from the webhook: ${response.status} ${response.statusText}`
    const reply: unknown = body.startsWith('{') ? JSON.parse(body) : undefined
    if (isRecord(reply) && typeof reply['method'] === 'string') await onReply(reply['method'], reply)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function describe(delivery: Delivery | undefined): Readonly<Record<string, unknown>> {
  if (!delivery) return { url: '' }
  const { config, lastError } = delivery
  return {
    url: config.url,
    max_connections: config.maxConnections,
    ...(lastError && { last_error_date: lastError.date, last_error_message: lastError.message }),
  }
}
