import { escapeHtml } from './html.ts'
import type { SheetKind } from './recognise-sheet.ts'
import { formatWall, pluralRu, type Language } from './wording.ts'
import { reasonSentence } from './workbook-reasons.ts'
import { toWall, zoneLabel } from './zone.ts'

/** What is told of a workbook that waits for an admin's word. */
export interface QuarantinedWorkbook {
  readonly id: number
  readonly fileName: string
  readonly sender: string | null
  readonly kind?: SheetKind
  readonly rowCount?: number
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
  rows: (n: number) => `${n.toLocaleString('ru-RU')} ${pluralRu(n, 'строка', 'строки', 'строк')}`,
  files: (n: number) => `${n} ${pluralRu(n, 'файл', 'файла', 'файлов')}`,
  asOf: (when: string) => `данные на ${when}`,
  fresh: (n: number) => `${n.toLocaleString('ru-RU')} ${pluralRu(n, 'новый', 'новых', 'новых')}`,
  skipped: (n: number) => `пропущено строк: ${n.toLocaleString('ru-RU')}`,
  waits: 'Ждёт решения администратора',
  refused: 'Не принят',
  transshipment: '🏗 Указать станцию перегруза',
  annotate: '📄 Дополнить статусами',
  noReport: 'Это не отчёт: в общие данные файл не вошёл. Дополняю его статусами.',
  show: '👁 Показать',
  teach: '🎓 Научить',
}

const en: typeof ru = {
  dislocation: 'Dislocation',
  terminal_report: 'Terminal report',
  train_roster: 'Train roster',
  archive: 'Archive',
  rows: (n) => `${n.toLocaleString('en-GB')} ${n === 1 ? 'row' : 'rows'}`,
  files: (n) => `${n} ${n === 1 ? 'file' : 'files'}`,
  asOf: (when) => `data as of ${when}`,
  fresh: (n) => `${n.toLocaleString('en-GB')} new`,
  skipped: (n) => `rows left out: ${n.toLocaleString('en-GB')}`,
  waits: 'Waits for an administrator',
  refused: 'Not taken',
  transshipment: '🏗 Set the transshipment station',
  annotate: '📄 Add statuses',
  noReport: 'This is no report: the common data stay as they are. I am adding the statuses to it.',
  show: '👁 Show',
  teach: '🎓 Teach',
}

const texts = { ru, en }
const detailLength = 300
/** What can be let in by a word, and the guard that this lifts; the others need a lesson or a better file. */
const guards: Readonly<Record<string, string | undefined>> = {
  unknown_sender: 'unknown_sender',
  unproven_sender: 'unproven_sender',
  future_stamp: 'future_stamp',
  shrunk: 'shrunk',
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

/**
 * The message to the admins about a quarantined workbook, with what they can do about it. Russian: admins read it. Who brought
 * it by hand may have it back with statuses.
 */
export function quarantineNotice(
  workbook: QuarantinedWorkbook,
  { isOwn }: { readonly isOwn: boolean } = { isOwn: false },
): Notice {
  const { id, fileName, sender, kind, rowCount, reason = '', reasonDetail } = workbook
  const what = [kind && ru[kind], rowCount === undefined ? undefined : `строк: ${rowCount}`].filter(Boolean).join(', ')
  const lines = [
    `🛑 <b>Файл ждёт решения</b> №${id}`,
    `📄 ${escapeHtml(fileName)}`,
    sender === null ? undefined : `✉️ ${escapeHtml(sender)}`,
    what === '' ? undefined : what,
    `Причина: ${escapeHtml(reasonSentence(reason))}`,
    reasonDetail === undefined
      ? undefined
      : `<blockquote expandable>${escapeHtml(reasonDetail.slice(0, detailLength))}</blockquote>`,
  ]
  const rows = [
    [button(ru.show, 'wb-show', id), ...(isAcceptable(reason) ? [button('✅ Принять всё же', 'wb-accept', id)] : [])],
    [...(isTeachable(reason, kind) ? [button(ru.teach, 'wb-teach', id)] : []), button('🗑 Отклонить', 'wb-reject', id)],
    ...(isOwn ? [[button(ru.annotate, 'wb-annotate', id)]] : []),
  ]
  return { html: lines.filter((line) => line !== undefined).join('\n'), keyboard: { inline_keyboard: rows } }
}

/** How the import of a workbook ended, for who sent it by hand. An admin is offered to say more about a train. */
export function resultNotice(
  workbook: SettledWorkbook,
  { language, isAdmin }: { readonly language: Language; readonly isAdmin: boolean },
): Notice {
  const { id, fileName, status, kind } = workbook
  const words = texts[language]
  const lines = [`📄 ${escapeHtml(fileName)}`, resultLine(workbook, language)]
  const offersStation = isAdmin && kind === 'train_roster' && status === 'imported'
  const rows = [
    ...(offersStation ? [[button(words.transshipment, 'wb-station', id)]] : []),
    ...(status === 'quarantined' ? [[button(words.annotate, 'wb-annotate', id)]] : []),
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
  const why = escapeHtml(reasonSentence(reason, language))
  if (status === 'refused') return `⛔ ${words.refused}: ${why}`
  if (status === 'quarantined') return `🛑 ${words.waits}: ${why}`
  if (status === 'duplicate') return `♻️ ${capitalised(why)}`
  if (reason === 'unpacked') return `📦 ${words.archive}, ${words.files(workbook.rowCount ?? 0)}: ${why}`
  const facts = resultFacts(workbook, language)
  return status === 'imported' ? `✅ ${facts}` : `🕓 ${facts}\n${capitalised(why)}`
}

/** `Дислокация, 1 204 строки, данные на 02.09.2025 08:00 (МСК); 37 новых` */
function resultFacts(workbook: SettledWorkbook, language: Language): string {
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

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function button(text: string, action: string, id: number): Button {
  return { text, callback_data: `v1:${action}:${id}` }
}
