import { escapeHtml } from '../text/html.ts'

const ru = {
  reading: (name: string) => `📥 Принял файл «${escapeHtml(name)}», читаю.`,
  annotating: (name: string) => `📥 Принял файл «${escapeHtml(name)}», дополняю статусами.`,
  both: (name: string) => `📥 Принял файл «${escapeHtml(name)}»: читаю его и дополняю статусами.`,
  noted: 'Дополняю статусами, пришлю файлом',
  notedBefore: 'Уже дополняю, скоро пришлю',
  buttons: { annotate: '📄 Дополнить статусами' },
  nameless: 'без названия',
  tooBig: (name: string) =>
    `Файл «${escapeHtml(name)}» больше 20 МБ, Telegram мне такие не отдаёт. Пришлите его, пожалуйста, на почту.`,
  failed: {
    too_big: (name: string) => ru.tooBig(name),
    gone: (name: string) => `Telegram не отдаёт файл «${escapeHtml(name)}». Пришлите его, пожалуйста, ещё раз.`,
    unreachable: (name: string) =>
      `Не получилось забрать файл «${escapeHtml(name)}»: нет связи с Telegram. Пришлите его, пожалуйста, ещё раз.`,
  },
}

const en: typeof ru = {
  reading: (name: string) => `📥 I have the file “${escapeHtml(name)}” and am reading it.`,
  annotating: (name: string) => `📥 I have the file “${escapeHtml(name)}” and am adding the statuses.`,
  both: (name: string) => `📥 I have the file “${escapeHtml(name)}”: I am reading it and adding the statuses.`,
  noted: 'Adding the statuses, the file will follow',
  notedBefore: 'I am at it already, the file will follow',
  buttons: { annotate: '📄 Add statuses' },
  nameless: 'nameless',
  tooBig: (name: string) =>
    `The file “${escapeHtml(name)}” is over 20 MB, and Telegram does not give me such files. Please send it by mail.`,
  failed: {
    too_big: (name: string) => en.tooBig(name),
    gone: (name: string) => `Telegram does not give me the file “${escapeHtml(name)}”. Please send it again.`,
    unreachable: (name: string) =>
      `I could not fetch the file “${escapeHtml(name)}”: Telegram cannot be reached. Please send it again.`,
  },
}

export type FetchFailure = keyof typeof ru.failed

/** What is said of files that people send. */
export const texts = { ru, en }
