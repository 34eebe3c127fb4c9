import { escapeHtml } from './html.ts'
import { type Language, pluralRu } from './wording.ts'
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
  reader_died: 'the reading of the message was cut short several times',
  gone: 'the message is not in the mailbox any more',
  no_attachments: 'the message has no attachments',
}

const sentences: Readonly<Record<Language, Readonly<Record<string, string>>>> = { ru, en }
const megabyte = 1_000_000

/** Why nothing was taken from a message, as a sentence; an unknown code is shown as it is. */
export function mailReasonSentence(code: string, language: Language = 'ru'): string {
  return sentences[language][code] ?? code
}

/** `12,3 МБ`, `0,4 КБ`. */
export function formatBytes(bytes: number, language: Language): string {
  const isLarge = bytes >= megabyte / 10
  const number = (bytes / (isLarge ? megabyte : 1_000)).toLocaleString(language === 'ru' ? 'ru-RU' : 'en-GB', {
    maximumFractionDigits: 1,
  })
  const units = language === 'ru' ? ['КБ', 'МБ'] : ['kB', 'MB']
  return `${number} ${units[isLarge ? 1 : 0]}`
}

/** The message to the admins about mail that was not taken. Russian: admins read it. */
export function refusedMailNotice(mail: RefusedMail): Notice {
  return notice(
    '📭 <b>Письмо не принято</b>',
    mail,
    [`Причина: ${escapeHtml(mailReasonSentence(mail.reason))}`],
    mail.id,
  )
}

/** The message to the admins about another try at a message. */
export function retriedMailNotice(mail: RetriedMail): Notice {
  if (mail.status === 'stored') {
    const { files } = mail
    const taken = `Файлов в нём: ${files}. ${pluralRu(files, 'Он читается', 'Они читаются', 'Они читаются')} как обычно.`
    return notice('✅ <b>Письмо принято</b>', mail, [taken])
  }
  const why = [`Причина: ${escapeHtml(mailReasonSentence(mail.reason))}`]
  return notice('📭 <b>Письмо снова не принято</b>', mail, why, mail.status === 'refused' ? mail.id : undefined)
}

/** The message to the admins about many messages at once that were not taken. */
export function refusedMailSummary(reasons: readonly { readonly reason: string; readonly count: number }[]): Notice {
  const total = reasons.reduce((sum, { count }) => sum + count, 0)
  const what = pluralRu(total, 'письмо не принято', 'письма не приняты', 'писем не принято')
  const lines = reasons.map(({ reason, count }) => `• ${count}: ${escapeHtml(mailReasonSentence(reason))}`)
  return {
    html: [`📭 <b>Ещё ${total} ${what}</b>`, ...lines].join('\n'),
    keyboard: { inline_keyboard: [[{ text: '✉️ Показать письма', callback_data: 'v1:wb-mails:0' }]] },
  }
}

function notice(
  title: string,
  { id, sender, subject, size }: RefusedMail,
  rest: readonly string[],
  shown?: number,
): Notice {
  const lines = [
    `${title} №${id}`,
    `✉️ ${sender ? escapeHtml(sender) : 'отправитель неизвестен'}`,
    ...(subject ? [escapeHtml(subject.slice(0, 200))] : []),
    ...(size ? [`Размер: ${formatBytes(size, 'ru')}`] : []),
    ...rest,
  ]
  const rows =
    shown === undefined
      ? []
      : [
          [
            { text: '👁 Показать', callback_data: `v1:wb-mail:${shown}` },
            { text: '🔁 Попробовать ещё раз', callback_data: `v1:wb-mail-again:${shown}` },
          ],
        ]
  return { html: lines.join('\n'), keyboard: { inline_keyboard: rows } }
}
