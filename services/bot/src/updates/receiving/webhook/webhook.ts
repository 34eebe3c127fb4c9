import { timingSafeEqual, createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { refuse, startHttpServer } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import type { TelegramApi } from '../../../telegram/telegram-api.ts'
import type { UpdateSource } from '../poll-updates.ts'
import { type StoreUpdates, toArrivedUpdate } from '../arrived-update.ts'
import { startWebhookWatch } from './webhook-watch.ts'

export interface WebhookOptions {
  readonly api: TelegramApi
  readonly logger: Logger
  /** The public address of this server for Telegram. */
  readonly url: string
  readonly secret: string
  readonly port: number
  readonly store: StoreUpdates
  /** Interval at which Telegram is asked about the webhook. */
  readonly lookMs?: number
}

export interface Webhook extends UpdateSource {
  readonly port: number
}

const maxBytes = 1024 * 1024
/** Telegram opens 40 at most, and the proxy in front of the bot some more. */
const maxConnections = 256
const requestTimeoutMs = 5_000
const closeGraceMs = 5_000

/** Accepts updates from Telegram over HTTP: 200 means stored, and Telegram repeats an update after any other answer. */
export async function startWebhook(options: WebhookOptions): Promise<Webhook> {
  const { logger, secret, store, lookMs } = options
  let arrived = 0

  async function receive(request: IncomingMessage): Promise<number> {
    if (request.method !== 'POST') return 405
    if (!isSame(request.headers['x-telegram-bot-api-secret-token'], secret)) return 403
    const body = await readBody(request)
    if (body === undefined) return 413
    const update = toArrivedUpdate(parseJson(body))
    // Telegram makes concurrent calls, also to other processes.
    if (update) await store([update], { isAlone: false })
    arrived += 1
    return 200
  }

  const server = await startHttpServer({
    port: options.port,
    logger,
    maxConnections,
    requestTimeoutMs,
    closeGraceMs,
    async handle(request, response) {
      const status = await receive(request)
      if (status === 200) response.writeHead(status).end()
      else refuse(response, status)
    },
  })
  const watch = startWebhookWatch({
    ...options,
    arrived: () => arrived,
    ...(lookMs !== undefined && { everyMs: lookMs }),
  })
  return {
    port: server.port,
    check: async () => watch.check(),
    async [Symbol.asyncDispose]() {
      await watch[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** Compares in constant time for any lengths. */
function isSame(given: string | readonly string[] | undefined, secret: string): boolean {
  if (typeof given !== 'string') return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
