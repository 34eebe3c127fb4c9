import type { deliveries } from '@atermtrack/data'
import {
  bold,
  escapeHtml,
  formatExact,
  type Language,
  renderNotice,
  toPlainText,
  unknownDeliveriesTexts as texts,
} from '@atermtrack/messages'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import * as actions from './actions.ts'

export const pageSize = 6

export interface UnknownPage {
  readonly rows: readonly deliveries.UnresolvedDelivery[]
  /** The counts over all pages. */
  readonly counts: { readonly unknown: number; readonly failed: number }
  /** From 0. */
  readonly page: number
  /** The broadcast of the deliveries; undefined for all deliveries. */
  readonly broadcastId: number | undefined
}

/** The list of unknown and failed deliveries, with a button for each. */
export function unknownView(
  list: UnknownPage,
  { language, zone }: { readonly language: Language; readonly zone: string },
) {
  const words = texts[language]
  const { unknown, failed } = list.counts
  if (unknown + failed === 0)
    return { html: words.none, keyboard: { inline_keyboard: [] } satisfies InlineKeyboardMarkup }
  const titles = [...(unknown > 0 ? [words.title(unknown)] : []), ...(failed > 0 ? [words.failed(failed)] : [])]
  const lines = list.rows.map((row, n) => `${firstNumber(list) + n}. ${describe(row, { language, zone })}`)
  return {
    html: [...titles, '', ...lines].join('\n'),
    keyboard: { inline_keyboard: buttons(list, language) } satisfies InlineKeyboardMarkup,
  }
}

function describe(
  row: deliveries.UnresolvedDelivery,
  { language, zone }: { readonly language: Language; readonly zone: string },
): string {
  const words = texts[language]
  const { status, kind, channel, name, chatId, sendingAt } = row
  const whom = name ?? (chatId === undefined ? words.nobody : words.chat(chatId))
  const how = channel === 'email' ? `${words.kind[kind]}, ${words.email}` : words.kind[kind]
  const when = sendingAt && formatExact(sendingAt, { language, zone })
  const text =
    kind === 'code' ? undefined : escapeHtml(toPlainText(whatOf(row, { language, zone })).replaceAll(/\s+/g, ' '), 80)
  return `${words.status[status]} ${[bold(whom), how, text && `«${text}»`, when].filter(Boolean).join(', ')}`
}

/** A notice in the language of the reader of the list, or the reason why this release cannot render it. */
function whatOf(
  { what, notice }: deliveries.UnresolvedDelivery,
  { language, zone }: { readonly language: Language; readonly zone: string },
): string {
  if (what !== '' || notice === undefined) return what
  const rendered = renderNotice(notice, { language, zone, now: new Date() })
  return rendered.kind === 'rendered' ? rendered.html : rendered.reason
}

function buttons(list: UnknownPage, language: Language): InlineKeyboardButton[][] {
  const words = texts[language]
  const { rows, counts, page, broadcastId } = list
  const count = counts.unknown + counts.failed
  const one = rows.map(({ id: deliveryId }, n) =>
    actions.resendDelivery.button(words.resend(firstNumber(list) + n), { deliveryId, broadcastId, page }),
  )
  const all = actions.resendAll.button(words.resendAll(count), { broadcastId, deliveries: count })
  const turn = (text: string, target: number) => actions.turnUnknownPage.button(text, { broadcastId, page: target })
  const back = page > 0 ? [turn(words.back, page - 1)] : []
  const forth = (page + 1) * pageSize < count ? [turn(words.forth, page + 1)] : []
  const keyboard = [one.slice(0, 3), one.slice(3), [...back, ...forth]]
  return [...keyboard, ...(broadcastId === undefined ? [] : [[all]])].filter((row) => row.length > 0)
}

function firstNumber({ page }: UnknownPage): number {
  return page * pageSize + 1
}
