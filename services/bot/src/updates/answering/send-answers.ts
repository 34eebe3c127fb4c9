import { type Db, people } from '@atermtrack/data'
import { toPlainText } from '@atermtrack/messages'
import { sleep } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import type { OutgoingCall } from '../../routing/answers.ts'
import { classifyRefusal } from '../../deliveries/classify-refusal.ts'
import type { SendingHealth } from '../../deliveries/sending-health.ts'
import { type TelegramApi, TelegramRefusal, TelegramUnreachable } from '../../telegram/telegram-api.ts'

export interface SendAnswersOptions {
  readonly api: TelegramApi
  readonly db: Db
  readonly health: Pick<SendingHealth, 'clearAgain' | 'unclear' | 'refused'>
  readonly logger: Logger
  /** Ends the pause between attempts, and a running call. */
  readonly signal: AbortSignal
  /** The number of answers that this process is sending. */
  readonly sendings: { count: number }
}

/** A call that may not have arrived: it surely did not (`pending`), its outcome is unknown, or Telegram refused it (`failed`). */
export interface UnsentCall {
  readonly call: OutgoingCall
  readonly status: 'pending' | 'unknown' | 'failed'
  readonly error?: string
  readonly errorCode?: number
}

type End = 'arrived' | Omit<UnsentCall, 'call'>

/** Each answer on its way has a connection of its own. When so many calls are slow, the ledger sends the rest. */
const mostSendings = 250
/** Pauses between attempts while Telegram surely got nothing. */
const reconnectDelaysMs = [500, 1_000, 2_000]

/**
 * Makes the calls in their order, and returns the unsent ones. A call that may have arrived is never repeated, and the calls after
 * it are still made. When the chat has to wait, for a 429 or for a way to Telegram, the rest stays unsent without an attempt: the
 * ledger sends it later. With `mustWait` no call is made. A pressed button is answered in any case.
 */
export async function sendAnswers(
  calls: readonly OutgoingCall[],
  { mustWait, ...options }: SendAnswersOptions & { readonly mustWait: boolean },
): Promise<readonly UnsentCall[]> {
  const { sendings } = options
  const isCrowded = sendings.count >= mostSendings
  sendings.count += 1
  try {
    return await sendInOrder(calls, { ...options, mustWait: mustWait || isCrowded })
  } finally {
    sendings.count -= 1
  }
}

async function sendInOrder(
  calls: readonly OutgoingCall[],
  { mustWait, ...options }: SendAnswersOptions & { readonly mustWait: boolean },
): Promise<readonly UnsentCall[]> {
  const unsent: UnsentCall[] = []
  let waits = mustWait
  for (const call of calls) {
    // Nobody waits for these later: a button is let go, and a list of results is closed.
    const isShortLived = call.method === 'answerCallbackQuery' || call.method === 'answerInlineQuery'
    const end = waits && !isShortLived ? ({ status: 'pending' } as const) : await sendOne(call, options)
    if (end === 'arrived') continue
    unsent.push({ call, ...end })
    waits ||= end.status === 'pending' && !isShortLived
  }
  return unsent
}

async function sendOne(call: OutgoingCall, options: SendAnswersOptions): Promise<End> {
  const { api, health, signal } = options
  for (const reconnectMs of [...reconnectDelaysMs, undefined]) {
    try {
      await api.call(call.method, call.payload, { signal })
      await health.clearAgain()
      return 'arrived'
    } catch (error) {
      if (error instanceof TelegramRefusal) return refused(call, error, options)
      if (!(error instanceof TelegramUnreachable)) throw error
      if (error.maybeDelivered) return unclear(call, error, options)
      if (reconnectMs === undefined || signal.aborted) break
      await sleep(reconnectMs, signal)
    }
  }
  return { status: 'pending' }
}

async function unclear(call: OutgoingCall, error: Error, { health, logger, signal }: SendAnswersOptions): Promise<End> {
  logger.warn({ err: error, method: call.method }, 'it is unknown whether the answer arrived')
  // Calls that our own shutdown interrupted show nothing about Telegram.
  if (!signal.aborted) await health.unclear()
  const { code, description } = error instanceof TelegramRefusal ? error : {}
  return { status: 'unknown', error: description ?? error.message, ...(code !== undefined && { errorCode: code }) }
}

async function refused(call: OutgoingCall, error: TelegramRefusal, options: SendAnswersOptions): Promise<End> {
  const { db, logger } = options
  const { chat_id: chatId, text, parse_mode: mode, message_id: _messageId, ...rest } = call.payload
  const again = (changes: object) => sendOne({ ...call, payload: { ...call.payload, ...changes } }, options)
  const meaning = classifyRefusal(error)
  switch (meaning.kind) {
    case 'needless':
      return 'arrived'
    case 'message_gone':
      return sendOne({ method: 'sendMessage', payload: { ...rest, chat_id: chatId, text, parse_mode: mode } }, options)
    case 'moved':
      return again({ chat_id: meaning.chatId })
    case 'wait':
      return waitFor(chatId, meaning.ms, options)
    case 'token_refused':
      return { status: 'pending' }
    case 'unknown':
      return unclear(call, error, options)
    case 'blocked':
      if (typeof chatId !== 'number') break
      await people.markUnreachable(db, chatId, error.description)
      return 'arrived'
    case 'markup':
      if (typeof text !== 'string' || mode === undefined) break
      logger.error({ err: error, method: call.method }, 'our own markup is broken, sending plain text')
      return again({ text: toPlainText(text), parse_mode: undefined })
    case 'failed':
    case 'file_forgotten':
      break
  }
  logger.error({ err: error, method: call.method }, 'telegram refused an answer')
  return { status: 'failed', error: error.description, errorCode: error.code }
}

async function waitFor(chatId: unknown, waitMs: number, { health }: SendAnswersOptions): Promise<End> {
  if (typeof chatId === 'number') await health.refused({ chatId, waitMs })
  return { status: 'pending' }
}
