import type { Decision, DeskWorkbook } from '@atermtrack/data'
import { isAcceptable, isTeachable, type SheetWarning } from '@atermtrack/domain'
import {
  bold,
  code,
  escapeHtml,
  isSaidInReason,
  kindName,
  type Language,
  reasonSentence,
  workbooksTexts as texts,
} from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { callbackData } from '../../routing/callback-data.ts'
import { countPages, pageRow } from '../../text/pages.ts'
import { formatInstant } from '../lookup/view-settings.ts'
import type { DeskViewOptions, View } from './list-view.ts'
import { formatPlace, type Place } from './place.ts'

export interface DetailOptions extends DeskViewOptions {
  readonly place: Place | undefined
  readonly decision: Decision | undefined
}

const pageSize = 8
const longestRow = 400
const longestDetail = 300

/** A workbook with all that an admin decides by: the facts, then the remarks and the first rows page by page. */
export function detailView(workbook: DeskWorkbook, asked: number, options: DetailOptions): View {
  const words = texts[options.language]
  const warningPages = workbook.warnings.length > 0 ? countPages(workbook.warnings.length, pageSize) : 0
  const rowPages = workbook.head.length > 0 ? countPages(workbook.head.length, pageSize) : 0
  const pages = 1 + warningPages + rowPages
  const page = Math.min(asked, pages - 1)
  const from = (part: number) => part * pageSize
  const head = title(workbook)
  const place = formatPlace(options.place)
  const keyboard = {
    inline_keyboard: [
      ...pageRow({ page, pages }, 'wb-show', String(workbook.id), place),
      ...actions(workbook, options),
    ],
  }
  if (page === 0) return { html: [head, ...facts(workbook, options)].join('\n'), keyboard }
  if (page <= warningPages) {
    const start = from(page - 1)
    const lines = workbook.warnings.slice(start, start + pageSize).map((warning) => warningView(warning, options))
    return { html: [head, words.warnings(workbook.warnings.length), '', ...lines].join('\n'), keyboard }
  }
  const start = from(page - 1 - warningPages)
  const lines = workbook.head.slice(start, start + pageSize).map((cells, n) => rowView(cells, start + n + 1))
  return { html: [head, words.firstRows, '', ...lines].join('\n'), keyboard }
}

/** The question before a step that cannot simply be taken back, with the number of rows in the button. */
export function confirmView(
  workbook: DeskWorkbook,
  step: 'accept' | 'reject' | 'undo',
  { language, place }: DetailOptions,
): View {
  const words = texts[language]
  const { id, rowCount, reason } = workbook
  const what = rowCount === null ? words.buttons.acceptFile : words.rowsOf(rowCount)
  const to = formatPlace(place)
  const steps = {
    accept: { html: words.askAccept, text: words.buttons.acceptYes(what), ids: [reason ?? '-', to] },
    reject: { html: words.askReject, text: words.buttons.rejectYes(what), ids: [to] },
    undo: { html: words.askUndo, text: words.buttons.undoYes(what), ids: [to] },
  }
  const { html, text, ids } = steps[step]
  const why = reason === null ? [] : [`${words.reason}: ${escapeHtml(reasonSentence(reason, language, workbook))}`]
  return {
    html: [title(workbook), ...why, '', html].join('\n'),
    keyboard: {
      inline_keyboard: [
        [{ text, callback_data: callbackData(`wb-${step}-yes`, id, ...ids) }],
        [{ text: words.buttons.back, callback_data: callbackData('wb-show', id, to) }],
      ],
    },
  }
}

/** What somebody decided about a workbook and who it was, as plain text. */
export function decisionWords({ action, by }: Decision, { language }: DeskViewOptions) {
  const words = texts[language]
  const kinds: Readonly<Record<string, string>> = words.decisions
  return { what: kinds[action] ?? action, by: by ?? words.console }
}

function title({ id, fileName }: DeskWorkbook): string {
  return `📄 ${bold(fileName)} №${id}`
}

function facts(workbook: DeskWorkbook, options: DetailOptions): string[] {
  const { language, zone, decision } = options
  const words = texts[language]
  const { status, kind, reason, stamp, rowCount, skippedCount, newContainers } = workbook
  const { trainCode, transshipmentStation, unknownColumns, origin, sender, subject, receivedAt } = workbook
  const line = (label: string, value: string | number | null | undefined | false) =>
    value === null || value === undefined || value === false || value === ''
      ? []
      : [`${label}: ${escapeHtml(String(value), longestDetail)}`]
  const source = [words.origins[origin], sender, subject].filter(Boolean).join(', ')
  const decided = decision && decisionWords(decision, options)
  return [
    words.statuses[status],
    ...(kind ? [kindName(kind, language)] : []),
    ...line(words.reason, reason && reasonSentence(reason, language, workbook)),
    ...line('↳', detailOf(workbook)),
    ...line(words.train, trainCode),
    ...line(words.station, transshipmentStation),
    ...line(words.rowCount, rowCount?.toLocaleString(language === 'ru' ? 'ru-RU' : 'en-GB')),
    ...line(words.fresh, newContainers),
    ...line(words.skipped, skippedCount === 0 ? undefined : skippedCount),
    ...line(words.asOf, stamp && formatInstant(stamp, workbook.zone ?? zone)),
    ...line(words.source, source),
    ...line(words.received, formatInstant(receivedAt, zone)),
    ...line(words.unknownColumns, unknownColumns.join(', ')),
    ...lost(workbook, language),
    ...(decision && decided
      ? [words.decided(decided.what, escapeHtml(decided.by), formatInstant(decision.at, zone))]
      : []),
  ]
}

/** What is not possible any more. */
function lost(workbook: DeskWorkbook, language: Language): string[] {
  const { kind, undoClosedAt, originalGoneAt } = workbook
  const words = texts[language]
  return [
    ...(originalGoneAt ? [`🗄 ${words.originalGone}`] : []),
    ...(isTaken(workbook) && kind && undoClosedAt ? [`🔒 ${words.undoClosed}`] : []),
  ]
}

/** What belongs to the reason; of an unknown layout the first rows tell more, and why a file is unreadable is for the console. */
function detailOf({ status, reason, reasonDetail, head }: DeskWorkbook): string | undefined {
  if (reasonDetail === null || status === 'refused' || isSaidInReason(reason ?? '')) return undefined
  return reason === 'unknown_layout' && head.length > 0 ? undefined : reasonDetail
}

function warningView({ sheet, row, column, value, problem }: SheetWarning, { language }: DeskViewOptions): string {
  const words = texts[language]
  const cell = value === undefined ? '' : ` ${code(value)}`
  const place = sheet === '' ? words.row(row) : `${escapeHtml(sheet)}, ${words.row(row)}`
  return `• ${place}, ${escapeHtml(column)}:${cell} ${words.problems[problem]}`
}

function rowView(cells: readonly string[], number: number): string {
  return `${number}. ${escapeHtml(cells.filter((cell) => cell !== '').join(' | '), longestRow)}`
}

function actions(workbook: DeskWorkbook, { language, place }: DetailOptions): InlineKeyboardButton[][] {
  const { id, status, reason, originalGoneAt } = workbook
  const { buttons } = texts[language]
  const to = formatPlace(place)
  const button = (text: string, action: string) => ({ text, callback_data: callbackData(action, id, to) })
  const rows = [
    ...(status === 'quarantined' ? waitingActions(workbook, buttons, button) : []),
    ...(isTaken(workbook) ? takenActions(workbook, buttons, button) : []),
    status === 'pending' || reason === 'undo_requested' ? [button(buttons.refresh, 'wb-show')] : [],
    status === 'pending' || isTaken(workbook) || originalGoneAt ? [] : [button(buttons.replay, 'wb-replay')],
    originalGoneAt ? [] : [button(buttons.original, 'wb-file')],
    place ? [{ text: buttons.list, callback_data: callbackData('wb-list', place.filter, place.page) }] : [],
  ]
  return rows.filter((row) => row.length > 0)
}

function isTaken({ status }: DeskWorkbook): boolean {
  return status === 'imported' || status === 'history_only'
}

type Labels = (typeof texts)['ru']['buttons']
type MakeButton = (text: string, action: string) => InlineKeyboardButton

function waitingActions({ reason, kind }: DeskWorkbook, buttons: Labels, button: MakeButton): InlineKeyboardButton[][] {
  return [
    isAcceptable(reason ?? '') ? [button(buttons.accept, 'wb-accept')] : [],
    [
      ...(isTeachable(reason ?? '', kind) ? [button(buttons.teach, 'wb-teach')] : []),
      button(buttons.reject, 'wb-reject'),
    ],
  ]
}

function takenActions(
  { kind, reason, trainCode, undoClosedAt }: DeskWorkbook,
  buttons: Labels,
  button: MakeButton,
): InlineKeyboardButton[][] {
  return [
    kind !== null && reason !== 'undo_requested' && !undoClosedAt ? [button(buttons.undo, 'wb-undo')] : [],
    trainCode === null ? [] : [button(buttons.station, 'wb-station')],
  ]
}
