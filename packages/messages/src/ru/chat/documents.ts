import { escapeHtml } from '../../format/html.ts'

/** What is said of files that people send. */
export const documents = {
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
    too_big: (name: string) => documents.tooBig(name),
    gone: (name: string) => `Telegram не отдаёт файл «${escapeHtml(name)}». Пришлите его, пожалуйста, ещё раз.`,
    unreachable: (name: string) =>
      `Не получилось забрать файл «${escapeHtml(name)}»: нет связи с Telegram. Пришлите его, пожалуйста, ещё раз.`,
  },
}
