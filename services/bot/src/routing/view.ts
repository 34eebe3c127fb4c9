import { cleanText } from '@atermtrack/domain'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import type { BotContext } from './context.ts'

/** A message with the buttons below it. */
export interface View {
  /** Telegram HTML. */
  readonly html: string
  readonly keyboard: InlineKeyboardMarkup
}

/** Sends a view as a new message. */
export function say(ctx: BotContext, { html, keyboard }: View): void {
  ctx.say(html, { keyboard })
}

/** Puts a view in the place of the message whose button was pressed. */
export function edit(ctx: BotContext, { html, keyboard }: View): void {
  ctx.edit(html, { keyboard })
}

/** The text that a person typed; empty for anything else. */
export function textOf({ message }: BotContext): string {
  return message && 'text' in message ? message.text : ''
}

/** The words after a command, on one line; empty for a command alone or a button that stands for it. */
export function argumentOf(ctx: BotContext): string {
  const [, words = ''] = /^\/\S+\s+([^]*)$/.exec(textOf(ctx)) ?? []
  return cleanText(words)
}

/** Buttons in rows of two. */
export function inPairs(buttons: readonly InlineKeyboardButton[]): InlineKeyboardButton[][] {
  return inRowsOf(2, buttons)
}

/** Buttons in rows of so many. */
export function inRowsOf(size: number, buttons: readonly InlineKeyboardButton[]): InlineKeyboardButton[][] {
  const rows = Array.from({ length: Math.ceil(buttons.length / size) }, (_, row) => row * size)
  return rows.map((start) => buttons.slice(start, start + size))
}
