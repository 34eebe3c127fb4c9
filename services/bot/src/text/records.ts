import { joinRecords } from '@atermtrack/messages'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import type { BotContext } from '../routing/context.ts'

/** Says records of HTML in as few messages as hold them, with the keyboard under the last one. */
export function sayRecords(ctx: BotContext, records: readonly string[], keyboard?: InlineKeyboardMarkup): void {
  const messages = toMessages(records)
  for (const html of messages) ctx.say(html, html === messages.at(-1) && keyboard ? { keyboard } : {})
}

/** Records as few messages, without blank ones at the beginning. */
export function toMessages(records: readonly string[]): readonly string[] {
  const isBlank = (html: string) => html.trim() === ''
  return joinRecords(records.slice(records.findIndex((record) => !isBlank(record))))
}
