import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { ApiError, badRequest } from '../methods/api-error.ts'
import type { CallLog } from './call-log.ts'
import { callbackMethods } from '../methods/callback-methods.ts'
import { copyMethods } from '../methods/copy-methods.ts'
import { editMethods } from '../methods/edit-methods.ts'
import { faultError, type FaultEffect, type FaultInjector } from './faults.ts'
import { sha256Of } from '../world/file-store.ts'
import type { Method, MethodContext } from '../methods/method.ts'
import { createParams, type Params } from '../methods/params.ts'
import { profileMethods } from '../methods/profile-methods.ts'
import { readParams } from './request-body.ts'
import { sendMethods } from '../methods/send-methods.ts'
import type { UpdateHub } from '../world/update-hub.ts'
import { updateMethods } from '../methods/update-methods.ts'
import type { Webhook } from '../world/webhook.ts'
import type { World } from '../world/world.ts'

export interface ApiServerOptions {
  readonly world: World
  readonly hub: UpdateHub
  readonly webhook: Webhook
  readonly faults: FaultInjector
  readonly log: CallLog
  readonly callbackTimeoutMs: number
  /** The only token that is accepted; undefined = any. */
  readonly token: () => string | undefined
  /** Called for every message sent; throws ApiError 429 when it comes too soon. */
  readonly pace: ((chatId: number) => void) | undefined
}

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

const methods: ReadonlyMap<string, readonly [string, Method]> = new Map(
  Object.entries<Method>({
    ...sendMethods,
    ...copyMethods,
    ...editMethods,
    ...callbackMethods,
    ...profileMethods,
    ...updateMethods,
  }).map(([name, method]) => [name.toLowerCase(), [name, method]]),
)
const pacedMethods = new Set([
  'sendMessage',
  'sendDocument',
  'sendPhoto',
  'sendMediaGroup',
  'copyMessage',
  'copyMessages',
  'forwardMessage',
  'forwardMessages',
])

/** Answers `/bot<token>/<method>`. */
export async function serveApi(
  options: ApiServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const [, token = '', given = ''] = /^\/bot([^/]*)\/([^/]*)/.exec(decodeURIComponent(url.pathname)) ?? []
  const [name, method] = methods.get(given.toLowerCase()) ?? [given, undefined]
  const at = options.world.now()
  if (options.faults.takeReset(name)) {
    request.socket.resetAndDestroy()
    record(options, { name, at, params: noParams, fault: 'reset', answer: undefined })
    return
  }
  const access = checkToken(options, token)
  const read = await attempt(() => readParams(request, url.searchParams))
  const params = 'value' in read ? read.value : noParams
  const refused = access ?? ('error' in read ? read.error : undefined)
  const chatId = chatIdOf(params)
  const delayMs = options.faults.takeDelay(name, chatId)
  if (delayMs > 0) await delay(delayMs)
  const fault = options.faults.take(name, chatId)
  const run = () => {
    if (refused) throw refused
    return callMethod(options, { name, method, params, response })
  }
  const answer = await answerFor(fault, run)
  record(options, { name, at, params, fault: fault?.kind ?? (delayMs > 0 ? 'slow' : undefined), answer })
  respond(response, answer, fault)
}

/** Runs a method without HTTP, as for the answer of a webhook. Throws ApiError. */
export async function callDirectly(
  options: ApiServerOptions,
  given: string,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const [name, method] = methods.get(given.toLowerCase()) ?? [given, undefined]
  const params = createParams(values, new Map())
  const at = options.world.now()
  const answer = await answerFor(undefined, () => callMethod(options, { name, method, params, response: undefined }))
  record(options, { name, at, params, fault: undefined, answer })
}

const noParams = createParams({}, new Map())

interface MethodCall {
  readonly name: string
  readonly method: Method | undefined
  readonly params: Params
  readonly response: ServerResponse | undefined
}

function callMethod(options: ApiServerOptions, { name, method, params, response }: MethodCall): unknown {
  if (!method) throw new ApiError(404, 'Not Found')
  const chatId = chatIdOf(params)
  if (pacedMethods.has(name) && chatId !== undefined) options.pace?.(chatId)
  const { world, hub, webhook, callbackTimeoutMs } = options
  const gone = new AbortController()
  response?.once('close', () => gone.abort())
  const context: MethodContext = { world, hub, webhook, params, callbackTimeoutMs, signal: gone.signal }
  return method(context)
}

function checkToken(options: ApiServerOptions, token: string): ApiError | undefined {
  const id = /^(\d+):[\w-]+$/.exec(token)?.[1]
  if (id === undefined) return new ApiError(404, 'Not Found')
  const only = options.token()
  if (only !== undefined && only !== token) return new ApiError(401, 'Unauthorized')
  options.world.bot.id = Number(id)
  return undefined
}

function chatIdOf(params: Params): number | undefined {
  const chatId = Number(params.values['chat_id'] ?? Number.NaN)
  return Number.isSafeInteger(chatId) ? chatId : undefined
}

// The effect comes first for faults that only spoil the answer; the others refuse or do not answer.
async function answerFor(fault: FaultEffect | undefined, run: () => unknown): Promise<Answer> {
  const result = await attempt(() => {
    const refusal = fault && faultError(fault)
    if (refusal) throw refusal
    return fault?.kind === 'hang' || fault?.kind === 'reset' || fault?.kind === 'html' ? undefined : run()
  })
  if ('value' in result) return { status: 200, body: { ok: true, result: result.value } }
  const { code, message, parameters } = result.error
  return {
    status: code,
    body: { ok: false, error_code: code, description: message, ...(parameters && { parameters }) },
  }
}

async function attempt<T>(run: () => T | Promise<T>): Promise<{ readonly value: T } | { readonly error: ApiError }> {
  try {
    return { value: await run() }
  } catch (error) {
    if (error instanceof ApiError) return { error }
    if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') {
      return { error: badRequest('request was cut') }
    }
    throw error
  }
}

function respond(response: ServerResponse, { status, body }: Answer, fault: FaultEffect | undefined): void {
  if (fault?.kind === 'hang') return
  if (fault?.kind === 'reset' || fault?.kind === 'cutReply') {
    response.socket?.resetAndDestroy()
    return
  }
  if (fault?.kind === 'html') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Вход в сеть</title>')
    return
  }
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  if (fault?.kind !== 'cutBody') {
    response.end(text)
    return
  }
  response.write(text.slice(0, text.length / 2), () => response.socket?.resetAndDestroy())
}

interface Outcome {
  readonly name: string
  readonly at: number
  readonly params: Params
  readonly fault: string | undefined
  readonly answer: Answer | undefined
}

function record({ log }: ApiServerOptions, { name, at, params, fault, answer }: Outcome): void {
  const isSilent = fault === 'hang' || fault === 'reset' || fault === 'cutReply'
  log.record({
    at,
    method: name,
    chatId: chatIdOf(params),
    payload: describePayload(params),
    status: isSilent ? undefined : answer?.status,
    result: answer?.body['result'],
    error: answer?.body['description'] as string | undefined,
    fault,
  })
}

function describePayload(params: Params): Readonly<Record<string, unknown>> {
  const payload: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(params.values)) payload[name] = readable(value)
  for (const [name, { fileName, mimeType, bytes }] of params.files) {
    payload[name] = { fileName, mimeType, size: bytes.length, sha256: sha256Of(bytes) }
  }
  return payload
}

function readable(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
