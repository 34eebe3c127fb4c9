import { escapeHtml } from '../values/html.ts'
import { type Language, pluralRu } from '../values/wording.ts'
import type { Notice } from './workbook-notice.ts'

/** A message of mail from which nothing was taken. */
export interface RefusedMail {
  readonly id: number
  readonly sender?: string | null | undefined
  readonly subject?: string | null | undefined
  /** In bytes. */
  readonly size?: number | null | undefined
  readonly reason: string
}

/** How another try at a refused message ended. */
export type RetriedMail = RefusedMail & { readonly status: 'stored' | 'ignored' | 'refused'; readonly files: number }

const ru = {
  too_big: 'письмо больше, чем разрешено принимать (MAIL_MAX_MESSAGE_MB)',
  too_many_attachments: 'в письме слишком много вложений (MAIL_MAX_ATTACHMENTS)',
  unreadable_message: 'письмо устроено так, что его не удаётся разобрать',
  uuencoded: 'файл вложен устаревшим способом (uuencode): попросите прислать его обычным вложением',
  not_handed_out: 'почтовый сервер не отдаёт это письмо',
  stranger_quota:
    'от неизвестных отправителей сегодня пришло слишком много, файлы не сохранены (STRANGER_MAX_FILES, STRANGER_MAX_MB)',
  download_cut: 'загрузка письма каждый раз обрывается',
  taking_failed: 'письмо не удаётся сохранить из-за ошибки на нашей стороне',
  reader_died: 'чтение письма несколько раз обрывалось',
  gone: 'письма больше нет в ящике',
  no_attachments: 'в письме нет вложений',
}

const en: typeof ru = {
  too_big: 'the message is bigger than is taken (MAIL_MAX_MESSAGE_MB)',
  too_many_attachments: 'the message has too many attachments (MAIL_MAX_ATTACHMENTS)',
  unreadable_message: 'the message is built in a way that cannot be taken apart',
  uuencoded: 'the file is attached in an outdated way (uuencode): ask for it as an ordinary attachment',
  not_handed_out: 'the mail server does not hand this message out',
  stranger_quota:
    'too much came from unknown senders today, the files are not stored (STRANGER_MAX_FILES, STRANGER_MAX_MB)',
  download_cut: 'the download of the message breaks off each time',
  taking_failed: 'the message cannot be stored because of an error on our side',
  reader_died: 'the reading of the message was cut short several times',
  gone: 'the message is not in the mailbox any more',
  no_attachments: 'the message has no attachments',
}

const sentences: Readonly<Record<Language, Readonly<Record<string, string>>>> = { ru, en }
const megabyte = 1_000_000
const gigabyte = 1_000_000_000

const ruWords = {
  refused: 'Письмо не принято',
  refusedAgain: 'Письмо снова не принято',
  deferred: 'Письмо пока не скачивается',
  goesOn: 'Остальные письма принимаются, а это пробую забрать снова: сначала часто, потом раз в час.',
  taken: 'Письмо принято',
  files: (n: number) => `Файлов в нём: ${n}. ${pluralRu(n, 'Он читается', 'Они читаются', 'Они читаются')} как обычно.`,
  reason: 'Причина',
  unknownSender: 'отправитель неизвестен',
  sizeOf: (size: string) => `Размер: ${size}`,
  show: '👁 Показать',
  tryAgain: '🔁 Попробовать ещё раз',
}

const enWords: typeof ruWords = {
  refused: 'A message was not taken',
  refusedAgain: 'The message was not taken again',
  deferred: 'A message cannot be downloaded yet',
  goesOn: 'Other mail is taken, and this message is tried again: often at first, then once an hour.',
  taken: 'The message is taken',
  files: (n) => `Files in it: ${n}. ${n === 1 ? 'It is' : 'They are'} read as usual.`,
  reason: 'Reason',
  unknownSender: 'the sender is unknown',
  sizeOf: (size) => `Size: ${size}`,
  show: '👁 Show',
  tryAgain: '🔁 Try once more',
}

const words: Readonly<Record<Language, typeof ruWords>> = { ru: ruWords, en: enWords }

/** Why nothing was taken from a message, as a sentence; an unknown code is shown as it is. */
export function mailReasonSentence(code: string, language: Language = 'ru'): string {
  return sentences[language][code] ?? code
}

/** `1,2 ГБ`, `12,3 МБ`, `0,4 КБ`. */
export function formatBytes(bytes: number, language: Language): string {
  const units = language === 'ru' ? ['КБ', 'МБ', 'ГБ'] : ['kB', 'MB', 'GB']
  const power = bytes >= gigabyte ? 2 : bytes >= megabyte / 10 ? 1 : 0
  const number = (bytes / 1_000 ** (power + 1)).toLocaleString(language === 'ru' ? 'ru-RU' : 'en-GB', {
    maximumFractionDigits: 1,
  })
  return `${number} ${units[power]}`
}

/** The message to an admin about mail that was not taken. */
export function refusedMailNotice(mail: RefusedMail, language: Language): Notice {
  return notice(mail, {
    title: `📭 <b>${words[language].refused}</b>`,
    rest: why(mail, language),
    shown: mail.id,
    language,
  })
}

/** The message to an admin about mail that could not be downloaded several times and is tried again. */
export function deferredMailNotice(mail: RefusedMail, language: Language): Notice {
  const { deferred, goesOn } = words[language]
  const rest = [...why(mail, language), goesOn]
  return notice(mail, { title: `⏳ <b>${deferred}</b>`, rest, shown: mail.id, language })
}

/** The message to an admin about another try at a message. */
export function retriedMailNotice(mail: RetriedMail, language: Language): Notice {
  const { taken, refusedAgain, files } = words[language]
  if (mail.status === 'stored')
    return notice(mail, { title: `✅ <b>${taken}</b>`, rest: [files(mail.files)], shown: undefined, language })
  const shown = mail.status === 'refused' ? mail.id : undefined
  return notice(mail, { title: `📭 <b>${refusedAgain}</b>`, rest: why(mail, language), shown, language })
}

function why({ reason }: RefusedMail, language: Language): readonly string[] {
  return [`${words[language].reason}: ${escapeHtml(mailReasonSentence(reason, language))}`]
}

interface NoticeParts {
  readonly title: string
  readonly rest: readonly string[]
  /** The message that the buttons are about; undefined for none. */
  readonly shown: number | undefined
  readonly language: Language
}

function notice({ id, sender, subject, size }: RefusedMail, { title, rest, shown, language }: NoticeParts): Notice {
  const { unknownSender, sizeOf, show, tryAgain } = words[language]
  const lines = [
    `${title} №${id}`,
    `✉️ ${sender ? escapeHtml(sender) : unknownSender}`,
    ...(subject ? [escapeHtml(subject.slice(0, 200))] : []),
    ...(size ? [sizeOf(formatBytes(size, language))] : []),
    ...rest,
  ]
  const buttons = [
    { text: show, callback_data: `v1:wb-mail:${shown}` },
    { text: tryAgain, callback_data: `v1:wb-mail-again:${shown}` },
  ]
  return { html: lines.join('\n'), keyboard: { inline_keyboard: shown === undefined ? [] : [buttons] } }
}
