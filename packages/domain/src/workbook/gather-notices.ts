import { escapeHtml } from '../values/html.ts'
import { mailReasonSentence } from './mail-notice.ts'
import { type Language, pluralRu } from '../values/wording.ts'
import type { Notice } from './workbook-notice.ts'
import { reasonSentence } from './workbook-reasons.ts'

/** What notices are gathered by: files of senders that nobody knows, other files, and mail that was not taken. */
export type NoticeTopic = 'strangers' | 'files' | 'mail'

/** One thing that admins are notified about. */
export interface NoticeEntry {
  /** A file name or a subject. */
  readonly name: string
  /** A code of the workbooks or, under `mail`, of messages. */
  readonly reason: string
}

/** What came to the notice of admins within one period. */
export interface NoticePeriod {
  /** Things that had a message of their own. */
  readonly single: number
  readonly gathered: number
  /** How many of the gathered have each reason. */
  readonly reasons: Readonly<Record<string, number>>
  /** Names of the newest gathered ones, the newest first. */
  readonly newest: readonly string[]
}

/** So many things of a topic have a message of their own within a period. */
const mostSingle: Readonly<Record<NoticeTopic, number>> = { strangers: 2, files: 5, mail: 2 }
const namesKept = 5
const longestName = 80
const reasonsShown = 8

export const emptyPeriod: NoticePeriod = { single: 0, gathered: 0, reasons: {}, newest: [] }

/** Adds one thing to a period and says whether it has a message of its own. */
export function addToPeriod(
  period: NoticePeriod,
  topic: NoticeTopic,
  { name, reason }: NoticeEntry,
): { readonly isSingle: boolean; readonly period: NoticePeriod } {
  if (period.single < mostSingle[topic]) return { isSingle: true, period: { ...period, single: period.single + 1 } }
  return {
    isSingle: false,
    period: {
      ...period,
      gathered: period.gathered + 1,
      reasons: { ...period.reasons, [reason]: (period.reasons[reason] ?? 0) + 1 },
      newest: [name, ...period.newest].slice(0, namesKept),
    },
  }
}

const ru = {
  strangers: (n: number) => `🛑 <b>Ещё ${n} ${pluralRu(n, 'файл', 'файла', 'файлов')} от неизвестных отправителей</b>`,
  files: (n: number) => `🛑 <b>Ещё ${n} ${pluralRu(n, 'файл', 'файла', 'файлов')} не в данных</b>`,
  mail: (n: number) =>
    `📭 <b>Ещё ${n} ${pluralRu(n, 'письмо не принято', 'письма не приняты', 'писем не принято')}</b>`,
  newest: 'Последние',
  open: '📚 Открыть список',
  openMail: '✉️ Открыть письма',
}

const en: typeof ru = {
  strangers: (n) => `🛑 <b>${n} more ${n === 1 ? 'file' : 'files'} of unknown senders</b>`,
  files: (n) => `🛑 <b>${n} more ${n === 1 ? 'file is' : 'files are'} not in the data</b>`,
  mail: (n) => `📭 <b>${n} more ${n === 1 ? 'message was' : 'messages were'} not taken</b>`,
  newest: 'The newest',
  open: '📚 Open the list',
  openMail: '✉️ Open the messages',
}

const texts: Readonly<Record<Language, typeof ru>> = { ru, en }

/** The message that gathers what came within a period beyond the single notices, with a button that opens the list. */
export function gatheredNotice(
  { gathered, reasons, newest }: NoticePeriod,
  topic: NoticeTopic,
  language: Language,
): Notice {
  const words = texts[language]
  const sentence = topic === 'mail' ? mailReasonSentence : reasonSentence
  const counts = Object.entries(reasons)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, reasonsShown)
  const names = newest.map((name) => `📄 ${escapeHtml(name.slice(0, longestName))}`)
  const button =
    topic === 'mail'
      ? { text: words.openMail, callback_data: 'v1:wb-open:mail' }
      : { text: words.open, callback_data: 'v1:wb-open:files' }
  return {
    html: [
      words[topic](gathered),
      ...counts.map(([reason, count]) => `• ${count}: ${escapeHtml(sentence(reason, language))}`),
      `${words.newest}:`,
      ...names,
    ].join('\n'),
    keyboard: { inline_keyboard: [[button]] },
  }
}
