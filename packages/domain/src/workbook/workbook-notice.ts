import { cutText } from '../values/clean-text.ts'
import { escapeHtml } from '../values/html.ts'
import type { SheetKind } from './recognise-sheet.ts'
import { formatWall, pluralRu, type Language } from '../values/wording.ts'
import { isSaidInReason, reasonSentence } from './workbook-reasons.ts'
import { toWall, zoneLabel } from '../values/zone.ts'

/** What is told of a workbook that waits for an admin's word. */
export interface QuarantinedWorkbook {
  readonly id: number
  readonly fileName: string
  readonly sender: string | null
  readonly kind?: SheetKind
  readonly rowCount?: number
  readonly skippedCount?: number
  readonly stamp?: Date
  readonly zone?: string
  readonly reason?: string
  readonly reasonDetail?: string
}

/** What is told of a workbook to who sent it by hand. */
export interface SettledWorkbook {
  readonly id: number
  readonly fileName: string
  readonly status: 'imported' | 'history_only' | 'duplicate' | 'held' | 'quarantined' | 'refused'
  readonly kind?: SheetKind
  readonly reason?: string
  readonly reasonDetail?: string
  readonly rowCount?: number
  readonly skippedCount?: number
  readonly stamp?: Date
  readonly zone?: string
  readonly newContainers?: number
  readonly trainCode?: string | undefined
}

interface Button {
  readonly text: string
  readonly callback_data: string
}

/** A message of Telegram HTML with its inline keyboard. */
export interface Notice {
  readonly html: string
  readonly keyboard: { readonly inline_keyboard: readonly (readonly Button[])[] }
}

const ru = {
  dislocation: 'Дислокация',
  terminal_report: 'Отчёт терминала',
  train_roster: 'Список поезда',
  archive: 'Архив',
  message: 'Письмо',
  rows: (n: number) => `${n.toLocaleString('ru-RU')} ${pluralRu(n, 'строка', 'строки', 'строк')}`,
  files: (n: number) => `${n} ${pluralRu(n, 'файл', 'файла', 'файлов')}`,
  asOf: (when: string) => `данные на ${when}`,
  fresh: (n: number) => `${n.toLocaleString('ru-RU')} ${pluralRu(n, 'новый', 'новых', 'новых')}`,
  skipped: (n: number) => `пропущено строк: ${n.toLocaleString('ru-RU')}`,
  waits: 'Ждёт решения администратора',
  waitsForYou: 'Файл ждёт решения',
  refused: 'Не принят',
  refusedFile: 'Файл не принят',
  reason: 'Причина',
  rejectedBefore: (id: number) => `Такой же файл администратор уже отклонял: №${id}`,
  transshipment: '🏗 Указать станцию перегруза',
  annotate: '📄 Дополнить статусами',
  noReport: 'Это не отчёт: в общие данные файл не вошёл. Дополняю его статусами.',
  show: '👁 Показать',
  accept: '✅ Принять всё же',
  teach: '🎓 Научить',
  reject: '🗑 Отклонить',
  original: '📎 Исходный файл',
}

const en: typeof ru = {
  dislocation: 'Dislocation',
  terminal_report: 'Terminal report',
  train_roster: 'Train roster',
  archive: 'Archive',
  message: 'Message',
  rows: (n) => `${n.toLocaleString('en-GB')} ${n === 1 ? 'row' : 'rows'}`,
  files: (n) => `${n} ${n === 1 ? 'file' : 'files'}`,
  asOf: (when) => `data as of ${when}`,
  fresh: (n) => `${n.toLocaleString('en-GB')} new`,
  skipped: (n) => `rows left out: ${n.toLocaleString('en-GB')}`,
  waits: 'Waits for an administrator',
  waitsForYou: 'A file waits for a decision',
  refused: 'Not taken',
  refusedFile: 'A file was not taken',
  reason: 'Reason',
  rejectedBefore: (id) => `An administrator has rejected the same file before: №${id}`,
  transshipment: '🏗 Set the transshipment station',
  annotate: '📄 Add statuses',
  noReport: 'This is no report: the common data stay as they are. I am adding the statuses to it.',
  show: '👁 Show',
  accept: '✅ Accept all the same',
  teach: '🎓 Teach',
  reject: '🗑 Reject',
  original: '📎 Original file',
}

const texts = { ru, en }
const detailLength = 300
/** Reasons of files that nobody takes for a table. */
const neverTables: ReadonlySet<string> = new Set(['not_a_workbook', 'empty'])
const namedLikeTable = /\.(?:xls[xmb]?|ods|csv|zip|rar|7z)$/iu
/** What can be let in by a word, and the guard that this lifts; the others need a lesson or a better file. */
const guards: Readonly<Record<string, string | undefined>> = {
  unknown_sender: 'unknown_sender',
  unproven_sender: 'unproven_sender',
  future_stamp: 'future_stamp',
  shrunk: 'shrunk',
  lost_parties: 'lost_parties',
  undone: undefined,
}
/** A report of foreign headings can look like a roster. */
const teachable: ReadonlySet<string> = new Set(['unknown_layout', 'missing_columns', 'no_train_code'])

/** Whether an admin may let a workbook in that waits for this reason. */
export function isAcceptable(reason: string): boolean {
  return Object.hasOwn(guards, reason)
}

/** The guard that is lifted when a workbook is let in; undefined when none holds it. */
export function guardOf(reason: string): string | undefined {
  return isAcceptable(reason) ? guards[reason] : undefined
}

/** Whether a workbook that waits for this reason can be read once somebody tells what its columns mean. */
export function isTeachable(reason: string, kind: SheetKind | null | undefined): boolean {
  return teachable.has(reason) && kind !== 'terminal_report'
}

/** The name of a kind of workbook, for people. */
export function kindName(kind: SheetKind, language: Language): string {
  return texts[language][kind]
}

export interface NoticeOptions {
  readonly language: Language
  /** Who brought it by hand may have it back with statuses. */
  readonly isOwn?: boolean
  /** A file with the same bytes that an admin has rejected. */
  readonly rejectedTwin?: number | undefined
}

/** The message to an admin about a quarantined workbook, with what can be done about it. */
export function quarantineNotice(
  workbook: QuarantinedWorkbook,
  { language, isOwn = false, rejectedTwin }: NoticeOptions,
): Notice {
  const { id, kind, reason = '', reasonDetail } = workbook
  const words = texts[language]
  const detail = isSaidInReason(reason) ? undefined : reasonDetail
  const lines = [
    ...noticeHead(workbook, `🛑 <b>${words.waitsForYou}</b>`),
    ...(kind ? [workbookFacts(workbook, language)] : []),
    `${words.reason}: ${escapeHtml(reasonSentence(reason, language, workbook))}`,
    ...(detail === undefined ? [] : [`<blockquote expandable>${escapeHtml(shortened(detail))}</blockquote>`]),
    ...(rejectedTwin === undefined ? [] : [`♻️ ${words.rejectedBefore(rejectedTwin)}`]),
  ]
  const rows = [
    [button(words.show, 'wb-show', id), ...(isAcceptable(reason) ? [button(words.accept, 'wb-accept', id)] : [])],
    [
      ...(isTeachable(reason, kind) ? [button(words.teach, 'wb-teach', id)] : []),
      button(words.reject, 'wb-reject', id),
    ],
    ...(isOwn ? [[button(words.annotate, 'wb-annotate', id)]] : []),
  ]
  return { html: lines.join('\n'), keyboard: { inline_keyboard: rows } }
}

/** The message to an admin about a workbook that came by itself and cannot be read. */
export function refusalNotice(workbook: QuarantinedWorkbook, language: Language): Notice {
  const { id, reason = '' } = workbook
  const words = texts[language]
  const lines = [
    ...noticeHead(workbook, `⛔ <b>${words.refusedFile}</b>`),
    `${words.reason}: ${escapeHtml(reasonSentence(reason, language, workbook))}`,
  ]
  const row = [button(words.show, 'wb-show', id), button(words.original, 'wb-file', id)]
  return { html: lines.join('\n'), keyboard: { inline_keyboard: [row] } }
}

/** Whether a refusal is worth a message: a letter may bring pictures and papers, which were never meant to be read. */
export function isWorthTelling({ reason, fileName }: { readonly reason?: string; readonly fileName: string }): boolean {
  return !neverTables.has(reason ?? '') || namedLikeTable.test(fileName)
}

/**
 * How the import of a workbook ended, for who sent it by hand or asked for it. An admin is offered to say more about a train
 * and to look at the file.
 */
export function resultNotice(
  workbook: SettledWorkbook,
  { language, isAdmin }: { readonly language: Language; readonly isAdmin: boolean },
): Notice {
  const { id, fileName, status, kind } = workbook
  const words = texts[language]
  const lines = [`📄 ${escapeHtml(fileName)}${isAdmin ? ` №${id}` : ''}`, resultLine(workbook, language)]
  const offersStation = isAdmin && kind === 'train_roster' && status === 'imported'
  const rows = [
    ...(offersStation ? [[button(words.transshipment, 'wb-station', id)]] : []),
    ...(status === 'quarantined' ? [[button(words.annotate, 'wb-annotate', id)]] : []),
    ...(isAdmin ? [[button(words.show, 'wb-show', id)]] : []),
  ]
  return { html: lines.join('\n'), keyboard: { inline_keyboard: rows } }
}

/** A file that somebody brought is no report and comes back with statuses. An admin may still teach its layout. */
export function givenBackNotice(
  { id, fileName }: Pick<SettledWorkbook, 'id' | 'fileName'>,
  { language, isAdmin }: { readonly language: Language; readonly isAdmin: boolean },
): Notice {
  const words = texts[language]
  const row = [button(words.show, 'wb-show', id), button(words.teach, 'wb-teach', id)]
  return {
    html: `📄 ${escapeHtml(fileName)}\n${words.noReport}`,
    keyboard: { inline_keyboard: isAdmin ? [row] : [] },
  }
}

function resultLine(workbook: SettledWorkbook, language: Language): string {
  const words = texts[language]
  const { status, reason = '' } = workbook
  const why = escapeHtml(reasonSentence(reason, language, workbook))
  if (status === 'refused') return `⛔ ${words.refused}: ${why}`
  if (status === 'quarantined') return `🛑 ${words.waits}: ${why}`
  if (status === 'duplicate') return `♻️ ${capitalised(why)}`
  const held = `${words.files(workbook.rowCount ?? 0)}: ${why}`
  if (reason === 'unpacked') return `📦 ${words.archive}, ${held}`
  if (reason === 'message_opened') return `📨 ${words.message}, ${held}`
  const facts = workbookFacts(workbook, language)
  return status === 'imported' ? `✅ ${facts}` : `🕓 ${facts}\n${capitalised(why)}`
}

/** `Дислокация, 1 204 строки, данные на 02.09.2025 08:00 (МСК); 37 новых` */
function workbookFacts(workbook: Partial<SettledWorkbook>, language: Language): string {
  const words = texts[language]
  const { kind, trainCode, rowCount, stamp, zone, newContainers = 0, skippedCount = 0 } = workbook
  const title = [kind && words[kind], trainCode].filter(Boolean).join(' ')
  const rows = rowCount === undefined ? undefined : words.rows(rowCount)
  const when = stamp && zone && words.asOf(`${formatWall(toWall(stamp, zone))} (${zoneLabel(zone, stamp)})`)
  const facts = [title, rows, when].filter(Boolean).join(', ')
  const news = newContainers > 0 ? [words.fresh(newContainers)] : []
  const losses = skippedCount > 0 ? [words.skipped(skippedCount)] : []
  return [facts, ...news, ...losses].join('; ')
}

function noticeHead({ id, fileName, sender }: QuarantinedWorkbook, title: string): string[] {
  return [`${title} №${id}`, `📄 ${escapeHtml(fileName)}`, ...(sender ? [`✉️ ${escapeHtml(sender)}`] : [])]
}

function shortened(text: string): string {
  return text.length <= detailLength ? text : `${cutText(text, detailLength)}…`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function button(text: string, action: string, id: number): Button {
  return { text, callback_data: `v1:${action}:${id}` }
}
