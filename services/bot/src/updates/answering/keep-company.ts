import { commonTexts as texts } from '@atermtrack/messages'
import type { Logger } from 'pino'
import type { Message, Update } from 'telegraf/types'
import type { TelegramApi } from '../../telegram/telegram-api.ts'
import type { KnownLanguages } from '../known-languages.ts'
import { senderOf } from '../receiving/sender-of.ts'

/** When somebody who waits is shown something. */
export interface Patience {
  readonly typingAfterMs: number
  readonly typingEveryMs: number
  readonly placeholderAfterMs: number
}

export interface CompanyOptions {
  readonly api: TelegramApi
  readonly logger: Logger
  readonly signal: AbortSignal
  /** In a group not every message is for the bot. */
  readonly isMeant: (update: Update) => Promise<boolean>
  /** Remembers the placeholder for whoever may have to answer instead. */
  readonly onPlaceholder: (messageId: number) => Promise<void>
  readonly languages: Pick<KnownLanguages, 'of'>
  readonly patience?: Patience | undefined
}

/** What somebody has been shown while they waited. */
export interface Shown {
  readonly placeholderId: number | undefined
  /** A pressed button is answered already. */
  readonly isQueryAnswered: boolean
}

export interface Company {
  /** Shows nothing more, and tells what was shown. May be called again. */
  end(): Promise<Shown>
  /** Ends, and puts a text where the answer will be, in the place of the placeholder if there is one. */
  tell(text: string): Promise<void>
}

/** Telegram shows a chat action for 5 s. */
const usualPatience: Patience = { typingAfterMs: 700, typingEveryMs: 4_000, placeholderAfterMs: 3_000 }
/** So long an answer waits at most for a placeholder that is on its way. */
const callTimeoutMs = 5_000

/**
 * Shows who waits for a slow answer that they are heard: typing first, later in a private chat a placeholder, and a pressed
 * button is answered at once. Nothing is shown when the answer comes soon. Failures harm nobody.
 */
export function keepCompany(
  { update, placeholderId }: { readonly update: Update; readonly placeholderId: number | null },
  options: CompanyOptions,
): Company {
  const { api, logger, signal, isMeant, onPlaceholder, languages, patience = usualPatience } = options
  const query = 'callback_query' in update ? update.callback_query : undefined
  const message = 'message' in update ? update.message : query?.message
  const shown = { placeholderId: placeholderId ?? undefined, isQueryAnswered: false }
  const underway: Promise<void>[] = []
  const timers: NodeJS.Timeout[] = []

  async function call<T>(method: string, payload: Readonly<Record<string, unknown>>): Promise<T | undefined> {
    return api.call<T>(method, payload, { signal, timeoutMs: callTimeoutMs }).catch((error: unknown) => {
      logger.debug({ err: error, method }, 'could not show that an answer is coming')
      return undefined
    })
  }

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
    timers.push(setInterval(type, patience.typingEveryMs))
    if (query) underway.push(answerQuery())
    else if (message.chat.type === 'private' && shown.placeholderId === undefined) {
      const afterMs = patience.placeholderAfterMs - patience.typingAfterMs
      const show = () => underway.push(showPlaceholder(texts[languages.of(update)].oneMoment))
      timers.push(setTimeout(show, afterMs))
    }
  }

  async function end(): Promise<Shown> {
    for (const timer of timers.splice(0)) clearTimeout(timer)
    await Promise.all(underway)
    return shown
  }

  async function tell(text: string): Promise<void> {
    await end()
    if (!message || !senderOf(update) || !(await isMeant(update))) return
    if (query && !shown.isQueryAnswered) await answerQuery()
    if (shown.placeholderId === undefined) return showPlaceholder(text)
    await call('editMessageText', { chat_id: message.chat.id, message_id: shown.placeholderId, text })
  }

  if (message && senderOf(update)) timers.push(setTimeout(() => void begin(), patience.typingAfterMs))
  return { end, tell }
}

function placeOf(
  message: Message | NonNullable<Extract<Update, { callback_query: unknown }>['callback_query']['message']>,
) {
  const thread = 'is_topic_message' in message && message.is_topic_message ? message.message_thread_id : undefined
  return { chat_id: message.chat.id, ...(thread !== undefined && { message_thread_id: thread }) }
}
