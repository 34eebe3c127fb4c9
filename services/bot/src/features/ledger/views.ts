import { deliveryLedger } from '@atermtrack/data'
import { clipText } from '@atermtrack/domain'
import {
  bold,
  code,
  escapeHtml,
  formatDateTime,
  formatExact,
  type Language,
  ledgerTexts as texts,
  renderNotice,
  toPlainText,
} from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'

export const pageSize = 8

export interface Reading {
  readonly language: Language
  /** Of the times shown. */
  readonly zone: string
  readonly now: Date
}

interface Paged<Row> {
  readonly rows: readonly Row[]
  readonly hasMore: boolean
  readonly page: number
}

/** A page of the ledger for admins. */
export function ledgerView(
  { rows, hasMore, page, filter }: Paged<deliveryLedger.LedgerRow> & { readonly filter: deliveryLedger.LedgerFilter },
  reading: Reading,
): View {
  const words = texts[reading.language]
  const lines = rows.map((row) => describe(row, reading))
  const filters = deliveryLedger.ledgerFilters.map((each) =>
    actions.showLedger.button(each === filter ? `• ${words.filters[each]}` : words.filters[each], {
      filter: each,
      page: 0,
    }),
  )
  const turn = (text: string, to: number) => actions.showLedger.button(text, { filter, page: to })
  return {
    html: [words.title, '', ...(lines.length === 0 ? [words.none] : lines)].join('\n'),
    keyboard: { inline_keyboard: [filters, ...pager({ hasMore, page, turn }, reading.language)] },
  }
}

/** A page of somebody's own reports, each with the button that sends it again. */
export function ownReportsView(
  { rows, hasMore, page }: Paged<deliveryLedger.OwnReport>,
  { language, zone, now }: Reading,
): View {
  const words = texts[language]
  const turn = (text: string, to: number) => actions.listOwnReports.button(text, { page: to })
  const buttons = rows.map(({ reportId, name, builtAt, isMailed }) => [
    actions.sendReportAgain.button(words.again(clipText(name, 30), formatDateTime(builtAt, { language, zone, now })), {
      reportId,
    }),
    ...(isMailed ? [actions.mailReportAgain.button(words.mailAgain, { reportId })] : []),
  ])
  const lines = rows.some(({ isMailed }) => isMailed) ? [words.ownTitle, words.ownMailed] : [words.ownTitle]
  return {
    html: rows.length === 0 ? words.ownNone : lines.join('\n'),
    keyboard: { inline_keyboard: [...buttons, ...pager({ hasMore, page, turn }, language)] },
  }
}

function describe(row: deliveryLedger.LedgerRow, reading: Reading): string {
  const { language, zone } = reading
  const words = texts[language]
  const { status, kind, channel, name, chatId, address, attempts, error, errorCode, messageId, at } = row
  const whom = address ?? name ?? (chatId === undefined ? words.nobody : words.chat(chatId))
  const what = kind === 'code' ? '' : toPlainText(whatOf(row, reading)).replaceAll(/\s+/g, ' ')
  const why = error === undefined ? '' : [errorCode, error].filter((part) => part !== undefined).join(' ')
  return [
    `${words.states[status]} ${bold(whom)}`,
    channel === 'email' ? `${words.kinds[kind]}, ${words.filters.email}` : words.kinds[kind],
    what && `«${escapeHtml(what, 60)}»`,
    attempts > 1 && words.attempts(attempts),
    why && escapeHtml(why, 80),
    messageId && code(words.message(messageId.split('@')[0] ?? messageId)),
    formatExact(at, { language, zone }),
  ]
    .filter(Boolean)
    .join(', ')
}

/** A notice in the language of the reader of the list, or the reason why this release cannot render it. */
function whatOf({ what, notice }: deliveryLedger.LedgerRow, { language, zone, now }: Reading): string {
  if (what !== '' || notice === undefined) return what
  const rendered = renderNotice(notice, { language, zone, now })
  return rendered.kind === 'rendered' ? rendered.html : rendered.reason
}

function pager(
  {
    hasMore,
    page,
    turn,
  }: {
    readonly hasMore: boolean
    readonly page: number
    readonly turn: (text: string, to: number) => InlineKeyboardButton
  },
  language: Language,
): InlineKeyboardButton[][] {
  const words = texts[language]
  const back = page > 0 ? [turn(words.back, page - 1)] : []
  const forth = hasMore ? [turn(words.forth, page + 1)] : []
  return back.length + forth.length > 0 ? [[...back, ...forth]] : []
}
