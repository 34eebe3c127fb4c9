import { isAcceptable, isMappable, type SheetWarning } from '@atermtrack/domain'
import { type Decision, type ReviewedWorkbook, isAcceptedStatus, type UndoPreview } from '@atermtrack/data'
import {
  bold,
  code,
  escapeHtml,
  formatExact,
  isSaidInReason,
  kindName,
  type Language,
  reasonSentence,
  workbooksTexts as texts,
} from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { countPages, pageRow } from '../../text/pages.ts'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'
import type { ReviewViewOptions } from './list-view.ts'
import type { Place } from './place.ts'
import { undoLines } from './undo-view.ts'
import { beginMapping } from './column-mapping/mapping-actions.ts'

export interface DetailOptions extends ReviewViewOptions {
  readonly place: Place | undefined
  readonly decision: Decision | undefined
}

const pageSize = 8
const longestRow = 400
const longestDetail = 300

/** A workbook with everything that an admin needs for a decision: the facts, then the remarks and the first rows by page. */
export function detailView(workbook: ReviewedWorkbook, asked: number, options: DetailOptions): View {
  const words = texts[options.language]
  const warningPages = workbook.warnings.length > 0 ? countPages(workbook.warnings.length, pageSize) : 0
  const rowPages = workbook.head.length > 0 ? countPages(workbook.head.length, pageSize) : 0
  const pages = 1 + warningPages + rowPages
  const page = Math.min(asked, pages - 1)
  const from = (part: number) => part * pageSize
  const head = title(workbook)
  const { place } = options
  const keyboard = {
    inline_keyboard: [
      ...pageRow({ page, pages }, (target) =>
        actions.showWorkbook.data({ workbookId: workbook.id, place, page: target }),
      ),
      ...buttonRows(workbook, options),
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

/** The question before a step that is hard to undo, with the number of rows in the button. */
export function confirmView(
  workbook: ReviewedWorkbook,
  step: 'accept' | 'reject' | 'undo',
  { language, place, preview }: DetailOptions & { readonly preview?: UndoPreview | undefined },
): View {
  const words = texts[language]
  const { id: workbookId, rowCount, reason } = workbook
  const what = rowCount === null ? words.buttons.acceptFile : words.rowsOf(rowCount)
  const { acceptYes, rejectYes, undoYes, back } = words.buttons
  const steps = {
    accept: {
      html: words.askAccept,
      confirm: actions.acceptWorkbook.button(acceptYes(what), {
        workbookId,
        reason: reason ?? '-',
        place: shorter(place),
      }),
    },
    reject: { html: words.askReject, confirm: actions.rejectWorkbook.button(rejectYes(what), { workbookId, place }) },
    undo: { html: words.askUndo, confirm: actions.undoImport.button(undoYes(what), { workbookId, place }) },
  }
  const { html, confirm } = steps[step]
  const why = reason === null ? [] : [`${words.reason}: ${escapeHtml(reasonSentence(reason, language, workbook))}`]
  return {
    html: [title(workbook), ...why, '', html, ...(preview ? ['', ...undoLines(preview, language)] : [])].join('\n'),
    keyboard: {
      inline_keyboard: [[confirm], [actions.showWorkbook.button(back, { workbookId, place })]],
    },
  }
}

/** The data of a button that carries a reason as well have no room for more. */
function shorter(place: Place | undefined): Place | undefined {
  return place && { filter: place.filter, page: place.page }
}

/** The decision about a workbook and the person who made it, as plain text. */
export function decisionWords({ action, by }: Decision, { language }: ReviewViewOptions) {
  const words = texts[language]
  const kinds: Readonly<Record<string, string>> = words.decisions
  return { what: kinds[action] ?? action, by: by ?? words.console }
}

function title({ id, fileName }: ReviewedWorkbook): string {
  return `📄 ${bold(fileName)} №${id}`
}

function facts(workbook: ReviewedWorkbook, options: DetailOptions): string[] {
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
    ...line(words.asOf, stamp && formatExact(stamp, { language, zone: workbook.zone ?? zone })),
    ...line(words.source, source),
    ...line(words.received, formatExact(receivedAt, { language, zone })),
    ...line(words.unknownColumns, unknownColumns.join(', ')),
    ...lost(workbook, language),
    ...(decision && decided
      ? [words.decided(decided.what, escapeHtml(decided.by), formatExact(decision.at, { language, zone }))]
      : []),
  ]
}

/** The actions that are not possible any more. */
function lost(workbook: ReviewedWorkbook, language: Language): string[] {
  const { kind, undoClosedAt, originalGoneAt } = workbook
  const words = texts[language]
  return [
    ...(originalGoneAt ? [`🗄 ${words.originalGone}`] : []),
    ...(isAcceptedStatus(workbook.status) && kind && undoClosedAt ? [`🔒 ${words.undoClosed}`] : []),
  ]
}

/** The detail of the reason. An unknown layout shows its first rows instead, and the detail of an unreadable file is for the console. */
function detailOf({ status, reason, reasonDetail, head }: ReviewedWorkbook): string | undefined {
  if (reasonDetail === null || status === 'refused' || isSaidInReason(reason ?? '')) return undefined
  return reason === 'unknown_layout' && head.length > 0 ? undefined : reasonDetail
}

function warningView({ sheet, row, column, value, problem }: SheetWarning, { language }: ReviewViewOptions): string {
  const words = texts[language]
  const cell = value === undefined ? '' : ` ${code(value)}`
  const place = sheet === '' ? words.row(row) : `${escapeHtml(sheet)}, ${words.row(row)}`
  const where = column === '' ? place : `${place}, ${escapeHtml(column)}`
  return `• ${where}:${cell} ${words.problems[problem]}`
}

function rowView(cells: readonly string[], number: number): string {
  return `${number}. ${escapeHtml(cells.filter((cell) => cell !== '').join(' | '), longestRow)}`
}

function buttonRows(workbook: ReviewedWorkbook, { language, place }: DetailOptions): InlineKeyboardButton[][] {
  const { id: workbookId, status, reason, originalGoneAt } = workbook
  const { buttons } = texts[language]
  const button: MakeButton = (text, action) => action.button(text, { workbookId, place })
  const rows = [
    ...(status === 'quarantined' ? waitingActions(workbook, buttons, button) : []),
    ...(isAcceptedStatus(status) ? acceptedActions(workbook, buttons, button) : []),
    status === 'pending' || reason === 'undo_requested'
      ? [actions.showWorkbook.button(buttons.refresh, { workbookId, place })]
      : [],
    status === 'pending' || isAcceptedStatus(status) || originalGoneAt
      ? []
      : [button(buttons.replay, actions.replayWorkbook)],
    originalGoneAt ? [] : [button(buttons.original, actions.sendOriginal)],
    place ? [actions.listWorkbooks.button(buttons.list, place)] : [],
  ]
  return rows.filter((row) => row.length > 0)
}

type Labels = (typeof texts)['ru']['buttons']
type MakeButton = (text: string, action: typeof actions.askToAccept) => InlineKeyboardButton

function waitingActions(
  { reason, kind }: ReviewedWorkbook,
  buttons: Labels,
  button: MakeButton,
): InlineKeyboardButton[][] {
  return [
    isAcceptable(reason ?? '') ? [button(buttons.accept, actions.askToAccept)] : [],
    [
      ...(isMappable(reason ?? '', kind) ? [button(buttons.mapColumns, beginMapping)] : []),
      button(buttons.reject, actions.askToReject),
    ],
  ]
}

function acceptedActions(
  { kind, reason, trainCode, undoClosedAt }: ReviewedWorkbook,
  buttons: Labels,
  button: MakeButton,
): InlineKeyboardButton[][] {
  return [
    kind !== null && reason !== 'undo_requested' && !undoClosedAt ? [button(buttons.undo, actions.askToUndo)] : [],
    trainCode === null ? [] : [button(buttons.station, actions.nameStation)],
  ]
}
