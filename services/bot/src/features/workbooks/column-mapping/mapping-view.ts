import { type DislocationField, dislocationFields, dislocationHeading } from '@atermtrack/domain'
import { code, columnMappingTexts as mappingTexts, escapeHtml, type Language } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { pageOf, pageRow } from '../../../text/pages.ts'
import { inPairs, type View } from '../../../routing/view.ts'
import { columnsOf, type Head, type MappingDraft, missingOf, type MappedColumn } from './mapping-draft.ts'
import { inRows } from '../list-view.ts'
import * as actions from './mapping-actions.ts'

export const columnsPerPage = 8
const fieldsPerPage = 8
const requiredCount = 4
/** The usual fields of a report with a foreign layout, in addition to the required ones. */
const commonest: readonly DislocationField[] = [
  'destinationStation',
  'originStation',
  'wagon',
  'waybill',
  'kmLeft',
  'operationRoad',
  'tripStartedAt',
  'trainIndex',
]
const optional = [...new Set([...commonest, ...dislocationFields.slice(requiredCount)])]
const longestHeading = 60
const longestHeader = 120

/** The columns of a table with their mapping, and a button for each. */
export function columnsView(draft: MappingDraft, head: Head, asked: number, language: Language): View {
  const words = mappingTexts[language]
  const id = draft.workbookId
  const shown = pageOf(columnsOf(draft, head), asked, columnsPerPage)
  const missing = missingOf(draft)
  const headings = (head[draft.header] ?? []).filter((text) => text !== '').join(' | ')
  const letters = shown.rows.map(({ index, letters: text }) =>
    actions.showColumn.button(text, { workbookId: id, column: index }),
  )
  const save = missing.length === 0 ? words.save : words.stillMissing(missing.join(', '))
  return {
    html: [
      `🎓 <b>${words.title}</b>`,
      words.header(draft.header + 1, escapeHtml(headings, longestHeader)),
      '',
      ...shown.rows.map((column) => columnLine(column, language)),
      '',
      missing.length === 0 ? words.hint : `${words.missing(missing.join(', '))}. ${words.hint}`,
    ].join('\n'),
    keyboard: {
      inline_keyboard: [
        ...inRows(letters),
        ...pageRow(shown, (page) => actions.listColumns.data({ workbookId: id, page })),
        headerRow(draft, head, language),
        [actions.saveMapping.button(save, { workbookId: id })],
        [actions.quitMapping.button(words.back, { workbookId: id })],
      ].filter((row) => row.length > 0),
    },
  }
}

/** One column with its values, and all its possible fields: the required ones on each page, the others by page, the commonest first. */
export function columnView(
  column: MappedColumn,
  { workbookId: id, page }: { readonly workbookId: number; readonly page: number },
  language: Language,
): View {
  const words = mappingTexts[language]
  const meaning = (field: DislocationField): InlineKeyboardButton =>
    actions.mapColumn.button(`${dislocationHeading(field)}${field === column.field ? ' ✓' : ''}`, {
      workbookId: id,
      column: column.index,
      field,
    })
  const others = pageOf(optional, page, fieldsPerPage)
  const list = Math.floor(column.index / columnsPerPage)
  return {
    html: [
      `🎓 ${words.column(column.letters)}`,
      headingView(column, language),
      ...(column.samples.length > 0
        ? [`${words.samples}: ${column.samples.map((text) => code(text)).join(', ')}`]
        : []),
    ].join('\n'),
    keyboard: {
      inline_keyboard: [
        ...dislocationFields.slice(0, requiredCount).map((field) => [meaning(field)]),
        ...inPairs(others.rows.map(meaning)),
        ...pageRow(others, (target) => actions.showColumn.data({ workbookId: id, column: column.index, page: target })),
        [
          actions.listColumns.button(words.back, { workbookId: id, page: list }),
          actions.mapColumn.button(words.unread, { workbookId: id, column: column.index, field: 'none' }),
        ],
      ],
    },
  }
}

function columnLine(column: MappedColumn, language: Language): string {
  const { letters, field, isGuess } = column
  if (field === undefined) return `${letters}: ${headingView(column, language)} → ?`
  const isRequired = dislocationFields.indexOf(field) < requiredCount
  const guess = isGuess ? ` <i>${mappingTexts[language].guess}</i>` : ''
  return `${letters}: ${headingView(column, language)} → ${dislocationHeading(field)}${isRequired ? ' ✓' : ''}${guess}`
}

function headingView({ heading }: MappedColumn, language: Language): string {
  return heading === '' ? `<i>${mappingTexts[language].noHeading}</i>` : escapeHtml(heading, longestHeading)
}

function headerRow({ workbookId, header }: MappingDraft, head: Head, language: Language): InlineKeyboardButton[] {
  const words = mappingTexts[language]
  const to = (text: string, row: number) => actions.chooseHeader.button(text, { workbookId, row })
  return [
    ...(header > 0 ? [to(words.headerUp, header - 1)] : []),
    ...(header < head.length - 1 ? [to(words.headerDown, header + 1)] : []),
  ]
}
