import { escapeHtml } from '../values/html.ts'
import type { Notice } from './workbook-notice.ts'
import { formatWall, pluralRu, type Language } from '../values/wording.ts'
import { toWall, zoneLabel } from '../values/zone.ts'

/** A report of the same source that counts as newer than the one received last. */
export interface ReportAhead {
  readonly id: number
  readonly fileName: string
  readonly stamp: Date
  readonly zone: string | null
}

/** A report that was taken in, and about which an admin should know more. */
export interface DoubtfulImport {
  readonly id: number
  readonly fileName: string
  readonly sender: string | null
  readonly stamp?: Date
  readonly zone?: string
  /** Rows that were refused because they tell of what is still to come. */
  readonly futureCount: number
  /** Why the report went into the history only, although none was received after it. */
  readonly ahead?: ReportAhead | undefined
}

const ru = {
  partly: 'Отчёт принят не целиком',
  behind: 'Новый отчёт попал только в историю',
  future: (n: number) =>
    `${n.toLocaleString('ru-RU')} ${pluralRu(n, 'строка не принята', 'строки не приняты', 'строк не принято')}: время в ${n === 1 ? 'ней' : 'них'} позже, чем пришёл файл.`,
  asOf: (when: string) => `Данные в нём на ${when}.`,
  ahead: (name: string, when: string) => `Впереди него ${name}, данные на ${when}.`,
  advice: 'Если время в том отчёте неверное, отмените его импорт: положение контейнеров пересчитается по остальным.',
  show: '👁 Показать',
  undo: (id: number) => `↩️ Отменить импорт №${id}`,
}

const en: typeof ru = {
  partly: 'A report was taken in part',
  behind: 'A new report went into the history only',
  future: (n) =>
    `${n.toLocaleString('en-GB')} ${n === 1 ? 'row was' : 'rows were'} refused: the time in ${n === 1 ? 'it' : 'them'} is later than the file came.`,
  asOf: (when) => `Its data are as of ${when}.`,
  ahead: (name, when) => `Ahead of it is ${name}, data as of ${when}.`,
  advice:
    'If the time in that report is wrong, undo its import: the containers are put together from the other reports.',
  show: '👁 Show',
  undo: (id) => `↩️ Undo the import №${id}`,
}

const texts: Readonly<Record<Language, typeof ru>> = { ru, en }

/** The message to the admins about a report that was taken in although times in it, or in another one, cannot be. */
export function doubtfulImportNotice(report: DoubtfulImport, language: Language): Notice {
  const words = texts[language]
  const { id, fileName, sender, futureCount, ahead, stamp, zone = null } = report
  const lines = [
    `⚠️ <b>${ahead ? words.behind : words.partly}</b> №${id}`,
    `📄 ${escapeHtml(fileName)}`,
    ...(sender ? [`✉️ ${escapeHtml(sender)}`] : []),
    ...(ahead && stamp ? [words.asOf(formatMoment(stamp, zone))] : []),
    ...(ahead
      ? [words.ahead(`№${ahead.id} (${escapeHtml(ahead.fileName)})`, formatMoment(ahead.stamp, ahead.zone))]
      : []),
    ...(ahead ? [words.advice] : []),
    ...(futureCount > 0 ? [words.future(futureCount)] : []),
  ]
  const show = { text: words.show, callback_data: `v1:wb-show:${id}` }
  const inspect = ahead && { text: `👁 №${ahead.id}`, callback_data: `v1:wb-show:${ahead.id}` }
  const undo = ahead && { text: words.undo(ahead.id), callback_data: `v1:wb-undo:${ahead.id}` }
  return {
    html: lines.join('\n'),
    keyboard: { inline_keyboard: [[show, ...(inspect ? [inspect] : [])], ...(undo ? [[undo]] : [])] },
  }
}

function formatMoment(at: Date, zone: string | null): string {
  const shown = zone ?? 'UTC'
  return `${formatWall(toWall(at, shown))} (${zoneLabel(shown, at)})`
}
