import type { deliveries, lookups } from '@atermtrack/data'
import type { InlineKeyboardMarkup, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove, Update } from 'telegraf/types'

/** A call of the Bot API that leaves once the effects of its update are committed. */
export interface OutgoingCall {
  readonly method: string
  readonly payload: Readonly<Record<string, unknown>>
}

export interface SayOptions {
  readonly keyboard?: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
}

export interface EditOptions {
  readonly keyboard?: InlineKeyboardMarkup
}

/** Collects the answers as data. */
export interface Answers {
  /** Sets the reader of the answers: those that leave late are checked against it. By default anybody may read them. */
  readBy(reader: deliveries.AnswerReader): void
  /** Any call of the Bot API. */
  answer(method: string, payload: Readonly<Record<string, unknown>>): void
  /** A message of HTML into the chat (and its topic) of the update. */
  say(html: string, options?: SayOptions): void
  /** Replaces the message whose button was pressed by HTML; without such a message it sends one. */
  edit(html: string, options?: EditOptions): void
  /** A short notification for the person who pressed a button. */
  toast(text: string): void
  /** Records what the update asks about, in the statement that marks its effects as committed. */
  recordQuestion(question: lookups.NewLookup): void
  /** Work of this process after the effects are committed; jobs go through `tx.enqueue`. It must not throw. */
  afterCommit(work: () => Promise<void>): void
}

export const anybody: deliveries.AnswerReader = { audience: 'anybody', builtFor: undefined }

export interface CollectedAnswers {
  readonly reader: deliveries.AnswerReader
  readonly calls: readonly OutgoingCall[]
  readonly question: lookups.NewLookup | undefined
  readonly works: readonly (() => Promise<void>)[]
}

const toastLimit = 200

export interface AnswerCollector extends Answers {
  collected(): CollectedAnswers
}

/** The topic of a group that contains a message. */
export function topicOf(message: object): number | undefined {
  // Telegram marks replies in plain groups with a thread id too, and refuses that id in an answer.
  const { is_topic_message: isTopic, message_thread_id: id } = message as Partial<Message.CommonMessage>
  return isTopic ? id : undefined
}

/** Collects the answers to one update. A pressed button is always answered, or Telegram shows it as busy for a minute. */
export function createAnswers(update: Update): AnswerCollector {
  const calls: OutgoingCall[] = []
  const works: (() => Promise<void>)[] = []
  const query = 'callback_query' in update ? update.callback_query : undefined
  const message = 'message' in update ? update.message : query?.message
  let toastText: string | undefined
  let reader = anybody
  let question: lookups.NewLookup | undefined

  function say(html: string, { keyboard }: SayOptions = {}): void {
    if (!message) return
    const thread = topicOf(message)
    calls.push({
      method: 'sendMessage',
      payload: {
        chat_id: message.chat.id,
        text: html,
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...(thread !== undefined && { message_thread_id: thread }),
        ...(keyboard && { reply_markup: keyboard }),
      },
    })
  }

  return {
    answer: (method, payload) => void calls.push({ method, payload }),
    say,
    edit(html, { keyboard } = {}) {
      if (!query?.message) return say(html, keyboard && { keyboard })
      const { chat, message_id } = query.message
      const payload = { chat_id: chat.id, message_id, text: html, parse_mode: 'HTML', reply_markup: keyboard }
      calls.push({ method: 'editMessageText', payload: { ...payload, link_preview_options: { is_disabled: true } } })
    },
    readBy: (given) => void (reader = given),
    toast: (text) => void (toastText = text.slice(0, toastLimit)),
    recordQuestion: (given) => void (question = given),
    afterCommit: (work) => void works.push(work),
    collected() {
      if (!query) return { reader, calls, question, works }
      const text = toastText === undefined ? {} : { text: toastText }
      return {
        reader,
        question,
        calls: [{ method: 'answerCallbackQuery', payload: { callback_query_id: query.id, ...text } }, ...calls],
        works,
      }
    },
  }
}
