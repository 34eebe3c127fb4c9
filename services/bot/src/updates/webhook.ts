import { timingSafeEqual, createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import type { TelegramApi } from '../telegram/telegram-api.ts'
import { keepTrying } from './keep-trying.ts'
import type { UpdateSource } from './poll-updates.ts'
import { allowedUpdates, toArrivedUpdate } from './to-arrived-update.ts'
import type { UpdateWork } from './work-updates.ts'

export interface WebhookOptions {
  readonly api: TelegramApi
  readonly logger: Logger
  /** Where Telegram reaches this server. */
  readonly url: string
  readonly secret: string
  readonly port: number
  readonly store: UpdateWork['store']
}

export interface Webhook extends UpdateSource {
  readonly port: number
}

const maxBytes = 1024 * 1024
const maxConnections = 40
const requestTimeoutMs = 5_000

/** Takes updates from Telegram over HTTP: 200 means stored, and Telegram sends again whatever got another answer. */
export async function startWebhook(options: WebhookOptions): Promise<Webhook> {
  const { api, logger, url, secret, store } = options
  const stop = new AbortController()
  const server = createServer((request, response) => {
    receive(request).then(
      (status) => response.writeHead(status, { connection: status === 200 ? 'keep-alive' : 'close' }).end(),
      (error: unknown) => {
        logger.error({ err: error }, 'could not store an update')
        response.writeHead(500).end()
      },
    )
  })

  async function receive(request: IncomingMessage): Promise<number> {
    if (request.method !== 'POST') return 405
    if (!isSame(request.headers['x-telegram-bot-api-secret-token'], secret)) return 403
    const body = await readBody(request)
    if (body === undefined) return 413
    const update = toArrivedUpdate(parseJson(body))
    // Telegram calls many times at once, and other processes too.
    if (update) await store([update], { isAlone: false })
    return 200
  }

  // Whoever is slow must not hold up the end of the process.
  server.requestTimeout = requestTimeoutMs
  server.listen(options.port)
  await once(server, 'listening')
  const setting = keepTrying(
    () =>
      api.call(
        'setWebhook',
        { url, secret_token: secret, allowed_updates: allowedUpdates, max_connections: maxConnections },
        { signal: stop.signal },
      ),
    { what: 'set the webhook', logger, signal: stop.signal },
  )
  let isSet = false
  const set = setting.then(
    (result) => void (isSet = result !== undefined),
    (error: unknown) => logger.error({ err: error }, 'telegram does not take the webhook'),
  )
  return {
    port: (server.address() as AddressInfo).port,
    check: async () => {
      if (!isSet) throw new Error('the webhook is not set yet')
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await set
      server.close()
      server.closeIdleConnections()
      await once(server, 'close')
    },
  }
}

/** In constant time, whatever the lengths. */
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
