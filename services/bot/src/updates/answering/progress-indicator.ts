import { commonTexts as texts } from '@atermtrack/messages'
import type { Logger } from 'pino'
import type { Message, Update } from 'telegraf/types'
import { type OutgoingCall, topicOf } from '../../routing/answers.ts'
import type { TelegramApi } from '../../telegram/telegram-api.ts'
import { chatOf, senderOf } from '../update-facts.ts'
import type { KnownLanguages } from './known-languages.ts'

/** The delays after which a waiting person sees something. */
export interface ProgressTiming {
  readonly typingAfterMs: number
  readonly typingEveryMs: number
  readonly placeholderAfterMs: number
}

export interface ProgressOptions {
  readonly api: TelegramApi
  readonly logger: Logger
  readonly signal: AbortSignal
  /** False for a message of a group that is not for the bot. */
  readonly isMeant: (update: Update) => Promise<boolean>
  /** Remembers the placeholder for the process that has to answer instead. */
  readonly onPlaceholder: (messageId: number) => Promise<void>
  readonly languages: Pick<KnownLanguages, 'of'>
  readonly progressTiming?: ProgressTiming | undefined
}

export interface ProgressIndicator {
  /** Shows nothing more. May be called again. */
  end(): Promise<void>
  /** Ends, and returns the calls of the answer, changed so that they replace the messages shown so far. */
  replaceBy(calls: readonly OutgoingCall[]): Promise<readonly OutgoingCall[]>
  /** Ends, and shows a notice that the answer replaces later; it replaces the placeholder if there is one. */
  showNotice(text: string): Promise<void>
}

/** Telegram shows a chat action for 5 s. */
const usualTiming: ProgressTiming = { typingAfterMs: 700, typingEveryMs: 4_000, placeholderAfterMs: 3_000 }
/** The longest time that an answer waits for a placeholder on its way. */
const callTimeoutMs = 5_000

/**
 * Shows a person who waits for a slow answer that the bot works on it: first typing, later a placeholder in a private chat; a
 * pressed button is answered at once. A fast answer shows no sign. A failure to show one is ignored.
 */
export function startProgressIndicator(
  { update, placeholderId }: { readonly update: Update; readonly placeholderId: number | null },
  options: ProgressOptions,
): ProgressIndicator {
  const { isMeant, onPlaceholder, languages, progressTiming: timing = usualTiming } = options
  const call = <T>(method: string, payload: Payload) => callQuietly<T>(method, payload, options)
  const query = 'callback_query' in update ? update.callback_query : undefined
  const message = 'message' in update ? update.message : query?.message
  const shown: { -readonly [Key in keyof Shown]: Shown[Key] } = {
    placeholderId: placeholderId ?? undefined,
    isQueryAnswered: false,
  }
  const underway: Promise<void>[] = []
  const timers: NodeJS.Timeout[] = []

  async function answerQuery(): Promise<void> {
    const answered = query && (await call('answerCallbackQuery', { callback_query_id: query.id }))
    shown.isQueryAnswered = answered !== undefined
  }

  async function showPlaceholder(text: string): Promise<void> {
    const placeholder = await call<Message>('sendMessage', { ...(message && placeOf(message)), text })
    if (!placeholder) return
    shown.placeholderId = placeholder.message_id
    await onPlaceholder(placeholder.message_id)
  }

  async function begin(): Promise<void> {
    if (!message || !(await isMeant(update)) || timers.length === 0) return
    const type = () => void call('sendChatAction', { ...placeOf(message), action: 'typing' })
    type()
    timers.push(setInterval(type, timing.typingEveryMs))
    if (query) underway.push(answerQuery())
    else if (message.chat.type === 'private' && shown.placeholderId === undefined) {
      const afterMs = timing.placeholderAfterMs - timing.typingAfterMs
      const show = () => underway.push(showPlaceholder(texts[languages.of(update)].oneMoment))
      timers.push(setTimeout(show, afterMs))
    }
  }

  async function end(): Promise<void> {
    for (const timer of timers.splice(0)) clearTimeout(timer)
    await Promise.all(underway)
  }

  async function showNotice(text: string): Promise<void> {
    await end()
    if (!message || !senderOf(update) || !(await isMeant(update))) return
    if (query && !shown.isQueryAnswered) await answerQuery()
    if (shown.placeholderId === undefined) return showPlaceholder(text)
    await call('editMessageText', { chat_id: message.chat.id, message_id: shown.placeholderId, text })
  }

  if (message && senderOf(update)) timers.push(setTimeout(() => void begin(), timing.typingAfterMs))
  return {
    end,
    async replaceBy(calls) {
      await end()
      return replacePlaceholder(calls, shown, chatOf(update)?.id)
    },
    showNotice,
  }
}

type Payload = Readonly<Record<string, unknown>>

async function callQuietly<T>(
  method: string,
  payload: Payload,
  { api, logger, signal }: ProgressOptions,
): Promise<T | undefined> {
  return api.call<T>(method, payload, { signal, timeoutMs: callTimeoutMs }).catch((error: unknown) => {
    logger.debug({ err: error, method }, 'could not show that an answer is coming')
    return undefined
  })
}

type Place = { readonly chat: { readonly id: number } }

function placeOf(message: Place) {
  const thread = topicOf(message)
  return { chat_id: message.chat.id, ...(thread !== undefined && { message_thread_id: thread }) }
}

/** The messages that a waiting person has seen. */
export interface Shown {
  readonly placeholderId: number | undefined
  /** A pressed button is answered already. */
  readonly isQueryAnswered: boolean
}

/**
 * Changes the calls of an answer by the signs shown before it: the placeholder becomes the first message, or is deleted when it
 * cannot, and an answered button is not answered again.
 */
export function replacePlaceholder(
  calls: readonly OutgoingCall[],
  { placeholderId, isQueryAnswered }: Shown,
  chatId: number | undefined,
): readonly OutgoingCall[] {
  const left = isQueryAnswered ? withoutToast(calls, chatId) : calls
  if (placeholderId === undefined || chatId === undefined) return left
  const [first, ...others] = left
  if (first && first.payload['chat_id'] === chatId && canBeEdited(first))
    return [edited(first, placeholderId), ...others]
  return [{ method: 'deleteMessage', payload: { chat_id: chatId, message_id: placeholderId } }, ...left]
}

/** The toast of an answered button becomes a message when there is no other. */
function withoutToast(calls: readonly OutgoingCall[], chatId: number | undefined): readonly OutgoingCall[] {
  const left = calls.filter(({ method }) => method !== 'answerCallbackQuery')
  const text = calls.find(({ method }) => method === 'answerCallbackQuery')?.payload['text']
  if (left.length > 0 || text === undefined || chatId === undefined) return left
  return [{ method: 'sendMessage', payload: { chat_id: chatId, text } }]
}

/** A message with a keyboard below the input cannot be edited into another. */
function canBeEdited({ method, payload: { reply_markup: markup } }: OutgoingCall): boolean {
  if (method !== 'sendMessage') return false
  return markup === undefined || (typeof markup === 'object' && markup !== null && 'inline_keyboard' in markup)
}

function edited({ payload }: OutgoingCall, messageId: number): OutgoingCall {
  const { message_thread_id: _thread, ...rest } = payload
  return { method: 'editMessageText', payload: { ...rest, message_id: messageId } }
}
