import { badRequest } from './api-error.ts'
import { isRecord } from './params.ts'
import type { InlineButton, InlineKeyboard, KeyboardButton, ReplyKeyboard } from '../world/telegram-types.ts'

export type ReplyMarkup =
  | { readonly kind: 'none' }
  | { readonly kind: 'inline'; readonly inline: InlineKeyboard }
  | { readonly kind: 'keyboard'; readonly keyboard: ReplyKeyboard }
  | { readonly kind: 'remove' }
  | { readonly kind: 'forceReply' }

const maxButtons = 100
const inlineActions = [
  'callback_data',
  'url',
  'copy_text',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'callback_game',
  'pay',
]

/** Checks a `reply_markup` against Telegram's rules. Throws ApiError 400. */
export function parseReplyMarkup(value: unknown): ReplyMarkup {
  if (value === undefined || value === null) return { kind: 'none' }
  if (!isRecord(value)) throw badRequest("can't parse reply keyboard markup JSON object")
  if ('inline_keyboard' in value) return parseInline(value['inline_keyboard'])
  if ('keyboard' in value) return parseKeyboard(value)
  if (value['remove_keyboard'] === true) return { kind: 'remove' }
  if (value['force_reply'] === true) return { kind: 'forceReply' }
  return { kind: 'none' }
}

/** The markup of an edit: only inline keyboards may be attached to a message afterwards. */
export function parseInlineMarkup(value: unknown): InlineKeyboard | undefined {
  const markup = parseReplyMarkup(value)
  if (markup.kind === 'none') return undefined
  if (markup.kind !== 'inline') throw badRequest('inline keyboard expected')
  return markup.inline.inline_keyboard.length > 0 ? markup.inline : undefined
}

function parseInline(value: unknown): ReplyMarkup {
  const rows = parseRows(value, 'inline_keyboard', inlineButton)
  return rows.length === 0 ? { kind: 'none' } : { kind: 'inline', inline: { inline_keyboard: rows } }
}

function parseKeyboard(value: Readonly<Record<string, unknown>>): ReplyMarkup {
  const rows = parseRows(value['keyboard'], 'keyboard', keyboardButton)
  const placeholder = value['input_field_placeholder']
  if (typeof placeholder === 'string' && placeholder.length > 64) throw badRequest('INPUT_FIELD_PLACEHOLDER_INVALID')
  if (rows.length === 0) return { kind: 'none' }
  return { kind: 'keyboard', keyboard: { ...value, keyboard: rows } }
}

function parseRows<T>(value: unknown, field: string, parseButton: (button: unknown) => T): readonly (readonly T[])[] {
  if (!Array.isArray(value)) throw badRequest(`object expected as reply markup: field "${field}" must be an Array`)
  const rows = value.map((row: unknown) => {
    if (!Array.isArray(row)) throw badRequest(`field "${field}" must be an Array of Arrays`)
    return row.map(parseButton)
  })
  if (rows.flat().length > maxButtons) throw badRequest('reply markup is too long')
  return rows.filter((row) => row.length > 0)
}

function inlineButton(button: unknown): InlineButton {
  const prefix = "can't parse inline keyboard button"
  if (!isRecord(button)) throw badRequest(`${prefix}: expected an Object`)
  const text = buttonText(button, prefix)
  if (!inlineActions.some((action) => button[action] !== undefined)) {
    throw badRequest(`${prefix}: Text buttons are unallowed in the inline keyboard`)
  }
  checkCallbackData(button['callback_data'])
  checkCopyText(button['copy_text'])
  if (button['url'] !== undefined) checkUrl(button['url'])
  return { ...button, text }
}

function keyboardButton(button: unknown): KeyboardButton {
  if (typeof button === 'string') return { text: buttonText({ text: button }, "can't parse keyboard button") }
  if (!isRecord(button)) throw badRequest("can't parse keyboard button: expected an Object or String")
  return { ...button, text: buttonText(button, "can't parse keyboard button") }
}

function buttonText(button: Readonly<Record<string, unknown>>, prefix: string): string {
  const text = button['text']
  if (typeof text !== 'string') throw badRequest(`${prefix}: Can't find field "text"`)
  if (text.trim() === '') throw badRequest(`${prefix}: Button text must be non-empty`)
  return text
}

function checkCallbackData(data: unknown): void {
  if (data === undefined) return
  const bytes = typeof data === 'string' ? Buffer.byteLength(data) : 0
  if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID')
}

function checkCopyText(copyText: unknown): void {
  if (copyText === undefined) return
  const text = isRecord(copyText) ? copyText['text'] : undefined
  if (typeof text !== 'string' || text.length < 1 || text.length > 256) throw badRequest('BUTTON_COPY_TEXT_INVALID')
}

function checkUrl(url: unknown): void {
  const valid = typeof url === 'string' && /^(?:https?|tg|ton):\/\//i.test(url) && URL.canParse(url)
  if (!valid) throw badRequest(`inline keyboard button URL '${String(url)}' is invalid: Wrong HTTP URL`)
}
