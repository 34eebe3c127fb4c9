import type { ReviewRow } from '@atermtrack/data'
import {
  escapeHtml,
  formatExact,
  kindName,
  type Language,
  reasonSentence,
  workbooksTexts as texts,
} from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { pageOf, pageRow } from '../../text/pages.ts'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { isWanted, type Place } from './place.ts'
import { wantedLine } from './wanted-line.ts'

export interface ReviewViewOptions {
  readonly language: Language
  /** Zone of the times shown; data have their own. */
  readonly zone: string
}

const pageSize = 8
const longestName = 60
const buttonsPerRow = 4

/** A page of the workbooks of a filter, with a button for each and one for each filter. */
export function listView(
  rows: readonly ReviewRow[],
  { filter, page: asked, wanted }: Place,
  options: ReviewViewOptions,
): View {
  const words = texts[options.language]
  const shown = pageOf(rows, asked, pageSize)
  const lines = shown.rows.map((row) => rowView(row, options))
  const place = { filter, page: shown.page, wanted }
  const open = shown.rows.map(({ id }) => actions.showWorkbook.button(`№${id}`, { workbookId: id, place }))
  const filters = (['waiting', 'accepted', 'rejected', 'all'] as const).map((other) =>
    actions.listWorkbooks.button(other === filter ? `• ${words.filters[other]} •` : words.filters[other], {
      filter: other,
      page: 0,
      wanted,
    }),
  )
  return {
    html: [
      words.title(filter),
      ...(wanted && isWanted(wanted) ? [wantedLine(wanted, rows, options.language)] : []),
      '',
      ...(lines.length > 0 ? lines : [words.none]),
    ].join('\n'),
    keyboard: {
      inline_keyboard: [
        ...inRows(open),
        ...pageRow(shown, (target) => actions.listWorkbooks.data({ filter, page: target, wanted })),
        filters.slice(0, 2),
        filters.slice(2),
        [actions.narrowList.button(words.buttons.narrow, { place })],
        [actions.listMail.button(words.mail, { page: 0 }), actions.listFeeds.button(words.feeds.button)],
      ],
    },
  }
}

function rowView(row: ReviewRow, { language, zone }: ReviewViewOptions) {
  const { id, fileName, status, reason, kind, rowCount, receivedAt } = row
  const words = texts[language]
  const isDoubtful = status === 'quarantined' || status === 'refused'
  const why = isDoubtful && reason !== null ? [`\n      ${escapeHtml(reasonSentence(reason, language, row))}`] : []
  const what = [kind && kindName(kind, language), rowCount === null ? undefined : words.rows(rowCount)]
  const facts = [...what, formatExact(receivedAt, { language, zone })].filter(Boolean).join(', ')
  return `<b>№${id}</b> ${words.statuses[status]}: ${escapeHtml(fileName, longestName)}\n      ${facts}${why.join('')}`
}

/** Rows of four buttons. */
export function inRows(buttons: readonly InlineKeyboardButton[]): InlineKeyboardButton[][] {
  return Array.from({ length: Math.ceil(buttons.length / buttonsPerRow) }, (_, row) =>
    buttons.slice(row * buttonsPerRow, (row + 1) * buttonsPerRow),
  )
}
