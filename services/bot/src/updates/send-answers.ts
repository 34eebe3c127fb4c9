import { setTimeout as delay } from 'node:timers/promises'
import { type Db, people } from '@atermtrack/data'
import type { Logger } from 'pino'
import type { OutgoingCall } from '../answers.ts'
import { toPlainText } from '../deliveries/to-plain-text.ts'
import { type TelegramApi, TelegramRefusal, TelegramUnreachable } from '../telegram/telegram-api.ts'

export interface SendAnswersOptions {
  readonly api: TelegramApi
  readonly db: Db
  readonly logger: Logger
  /** Ends the waiting between attempts, and a call that runs. */
  readonly signal: AbortSignal
}

type Sent = 'handled' | 'failed' | 'unknown'

const longestWaitSeconds = 30
/** While Telegram surely got nothing. */
const reconnectDelaysMs = [500, 1_000, 2_000, 4_000, 8_000]
const noChange = /message is not modified|query is too old|query id is invalid/i
const broken = /can't parse entities/i
const gone = /message to edit not found|message can't be edited/i

/**
 * Makes the calls in their order. What may have arrived is never sent again: such a call is `unknown`, one that Telegram
 * refused is `failed`, and the rest is tried all the same.
 */
export async function sendAnswers(calls: readonly OutgoingCall[], options: SendAnswersOptions): Promise<Sent> {
  let outcome: Sent = 'handled'
  for (const call of calls) {
    const sent = await sendOne(call, options)
    if (sent !== 'handled') outcome = sent
  }
  return outcome
}

async function sendOne(call: OutgoingCall, options: SendAnswersOptions): Promise<Sent> {
  const { api, logger, signal } = options
  let hasWaited = false
  for (let attempt = 0; ; attempt++) {
    try {
      await api.call(call.method, call.payload, { signal })
      return 'handled'
    } catch (error) {
      if (error instanceof TelegramRefusal) {
        const seconds = error.retryAfterSeconds
        if (seconds === undefined || seconds > longestWaitSeconds || hasWaited) return refused(call, error, options)
        hasWaited = true
        await pause(seconds * 1000, signal)
        continue
      }
      if (!(error instanceof TelegramUnreachable)) throw error
      const reconnectMs = reconnectDelaysMs[attempt]
      if (error.maybeDelivered || reconnectMs === undefined || signal.aborted) {
        logger.warn({ err: error, method: call.method }, 'nobody knows whether the answer arrived')
        return 'unknown'
      }
      await pause(reconnectMs, signal)
    }
  }
}

async function refused(call: OutgoingCall, error: TelegramRefusal, options: SendAnswersOptions): Promise<Sent> {
  const { db, logger } = options
  const chatId = call.payload['chat_id']
  if (noChange.test(error.description)) return 'handled'
  if (gone.test(error.description)) {
    const { message_id: _gone, ...payload } = call.payload
    return sendOne({ method: 'sendMessage', payload }, options)
  }
  if (error.migrateToChatId !== undefined) {
    return sendOne({ method: call.method, payload: { ...call.payload, chat_id: error.migrateToChatId } }, options)
  }
  const { text, parse_mode: mode } = call.payload
  if (broken.test(error.description) && typeof text === 'string' && mode !== undefined) {
    logger.error({ err: error, method: call.method }, 'telegram could not read the markup of an answer')
    const payload = { ...call.payload, text: toPlainText(text), parse_mode: undefined }
    return sendOne({ method: call.method, payload }, options)
  }
  if (error.code === 403 && typeof chatId === 'number') {
    await people.markUnreachable(db, chatId, error.description)
    return 'handled'
  }
  logger.error({ err: error, method: call.method }, 'telegram refused an answer')
  // What a server error did, nobody knows.
  return error.code >= 500 ? 'unknown' : 'failed'
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}
