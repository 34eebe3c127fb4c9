import { metrics } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import { z } from 'zod'
import { download } from './download.ts'
import { exchange, openDispatcher } from './exchange.ts'
import { toMultipart, type Upload } from './multipart.ts'
import { TelegramRefusal, TelegramUnreachable } from './telegram-errors.ts'

export type { Upload } from './multipart.ts'
export { TelegramRefusal, TelegramUnreachable } from './telegram-errors.ts'

export interface TelegramApiOptions {
  readonly token: string
  /** Where the Bot API is served, without the token: `https://api.telegram.org`, or one's own server. */
  readonly apiRoot: string
  /** `http:`, `https:` or `socks5:` address of a proxy. */
  readonly proxy?: string | undefined
  readonly logger: Logger
}

export interface CallOptions {
  /** By default 15 s; 60 s for uploads; for getUpdates its own `timeout` and 15 s more. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  readonly upload?: Upload
}

export interface DownloadOptions {
  readonly maxBytes: number
  readonly signal?: AbortSignal
}

export interface TelegramApi extends AsyncDisposable {
  /**
   * Calls a method of the Bot API once and returns its `result` as it came. Throws TelegramRefusal when Telegram refuses the call,
   * and TelegramUnreachable when there is no usable answer.
   */
  call<T>(method: string, payload: Readonly<Record<string, unknown>>, options?: CallOptions): Promise<T>
  /**
   * Downloads a file by the `file_path` of getFile, as fast as the caller reads its pieces. Reading throws the same errors as
   * `call`; a file over `maxBytes` is a TelegramRefusal with code 413.
   */
  download(filePath: string, options: DownloadOptions): AsyncIterable<Uint8Array>
}

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error_code: z.int(),
    description: z.string().default(''),
    parameters: z.object({ retry_after: z.number().optional(), migrate_to_chat_id: z.int().optional() }).optional(),
  }),
])

const maxAnswerBytes = 32 * 1024 * 1024
const uploadTimeoutMs = 60_000
const timeoutMs = 15_000

/** Opens our transport to the Bot API. Its errors, log lines and results never contain the token. */
export function createTelegramApi({ token, apiRoot, proxy, logger }: TelegramApiOptions): TelegramApi {
  const root = new URL(apiRoot)
  const prefix = root.pathname.replace(/\/+$/, '')
  const dispatcher = openDispatcher(proxy)

  async function call<T>(method: string, payload: Readonly<Record<string, unknown>>, options: CallOptions = {}) {
    const measured = startMeasuring(method)
    try {
      const result = await callOnce<T>(method, payload, options)
      measured.end('ok')
      return result
    } catch (error) {
      measured.end(outcomeOf(error))
      throw error
    }
  }

  async function callOnce<T>(method: string, payload: Readonly<Record<string, unknown>>, options: CallOptions) {
    const startedAt = performance.now()
    const { isWhole, ...content } = toContent(payload, options.upload)
    const request = { origin: root.origin, path: `${prefix}/bot${token}/${method}`, method: 'POST', ...content }
    const limits = {
      timeoutMs: options.timeoutMs ?? defaultTimeout(method, payload, options),
      maxBytes: maxAnswerBytes,
      signal: options.signal,
      isWhole,
    }
    const outcome = await exchange(dispatcher, request, limits)
    logger.debug({ method, outcome: outcome.kind, ms: Math.round(performance.now() - startedAt) }, 'called telegram')
    if (outcome.kind === 'answered') return readAnswer(method, outcome.status, outcome.body, token) as T
    if (outcome.kind === 'tooLarge') throw unreadable(method, 'an endless answer')
    throw new TelegramUnreachable(method, { reason: outcome.reason, maybeDelivered: outcome.written })
  }

  function path(filePath: string): string {
    return `${prefix}/file/bot${token}/${filePath.split('/').map(encodeURIComponent).join('/')}`
  }

  return {
    call,
    download: (filePath, options) =>
      download(dispatcher, { origin: root.origin, path: path(filePath) }, { ...options, timeoutMs: uploadTimeoutMs }),
    [Symbol.asyncDispose]: async () => dispatcher.destroy(),
  }
}

function defaultTimeout(method: string, payload: Readonly<Record<string, unknown>>, { upload }: CallOptions): number {
  if (upload) return uploadTimeoutMs
  const seconds = payload['timeout']
  return method === 'getUpdates' && typeof seconds === 'number' ? seconds * 1_000 + timeoutMs : timeoutMs
}

function toContent(payload: Readonly<Record<string, unknown>>, upload: Upload | undefined) {
  if (upload) return toMultipart(payload, upload)
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload), isWhole: () => true }
}

function readAnswer(method: string, status: number, body: Buffer, token: string): unknown {
  const answer = answerSchema.safeParse(parseJson(body)).data
  // The web server in front of the Bot API refuses big bodies itself, with HTML.
  if (!answer && status === 413) throw new TelegramRefusal({ method, code: 413, description: 'file is too big' })
  if (!answer) throw unreadable(method, `HTTP ${status} without an answer of the Bot API`)
  if (answer.ok) return answer.result
  throw new TelegramRefusal({
    method,
    code: answer.error_code,
    description: answer.description.replaceAll(token, '[token]').slice(0, 300),
    retryAfterSeconds: answer.parameters?.retry_after,
    migrateToChatId: answer.parameters?.migrate_to_chat_id,
  })
}

function startMeasuring(method: string): { readonly end: (outcome: string) => void } {
  const startedAt = performance.now()
  return {
    end(outcome) {
      metrics.telegramCalls.add({ method, outcome })
      // A long poll says nothing about the speed of Telegram.
      if (method !== 'getUpdates') {
        metrics.telegramCallDuration.observe({ method }, (performance.now() - startedAt) / 1_000)
      }
    },
  }
}

function outcomeOf(error: unknown): string {
  if (!(error instanceof TelegramRefusal)) return 'unreachable'
  if (error.code === 429) return 'too_many_requests'
  return error.code === 403 ? 'blocked' : 'refused'
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

function unreadable(method: string, reason: string): TelegramUnreachable {
  return new TelegramUnreachable(method, { reason, maybeDelivered: true })
}
