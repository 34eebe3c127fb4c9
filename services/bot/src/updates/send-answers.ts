import { setTimeout as delay } from 'node:timers/promises'
import { type Db, people } from '@atermtrack/data'
import type { Logger } from 'pino'
import type { OutgoingCall } from '../answers.ts'
import { classifyRefusal } from '../deliveries/classify-refusal.ts'
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
  const { chat_id: chatId, text, parse_mode: mode, message_id: _messageId, ...rest } = call.payload
  const again = (changes: object) => sendOne({ ...call, payload: { ...call.payload, ...changes } }, options)
  if (noChange.test(error.description)) return 'handled'
  if (gone.test(error.description)) {
    return sendOne({ method: 'sendMessage', payload: { ...rest, chat_id: chatId, text, parse_mode: mode } }, options)
  }
  const meaning = classifyRefusal(error)
  if (meaning.kind === 'moved') return again({ chat_id: meaning.chatId })
  if (meaning.kind === 'blocked' && typeof chatId === 'number') {
    await people.markUnreachable(db, chatId, error.description)
    return 'handled'
  }
  logger.error({ err: error, method: call.method }, 'telegram refused an answer')
  if (meaning.kind === 'markup' && typeof text === 'string' && mode !== undefined) {
    return again({ text: toPlainText(text), parse_mode: undefined })
  }
  return meaning.kind === 'unknown' ? 'unknown' : 'failed'
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}
