import { escapeHtml } from '../values/html.ts'
import type { SheetKind } from './recognise-sheet.ts'
import { type Language, pluralRu } from '../values/wording.ts'
import type { Notice } from './workbook-notice.ts'

/** An import that was taken back, or could not be. */
export interface UndoneWorkbook {
  readonly id: number
  readonly fileName: string
  readonly kind: SheetKind
}

/** What became of the containers of a report that was taken back. */
export interface UndoneContainers {
  /** Those whose older data count again. */
  readonly restored: number
  /** Those that no other report holds. */
  readonly forgotten: number
}

const ru = {
  undone: 'Импорт отменён',
  failed: 'Импорт пока не отменён',
  restored: (n: number) =>
    `${n.toLocaleString('ru-RU')} ${pluralRu(n, 'контейнер вернулся', 'контейнера вернулись', 'контейнеров вернулись')} к прежним данным`,
  forgotten: (n: number) =>
    `${n.toLocaleString('ru-RU')} ${pluralRu(n, 'контейнера', 'контейнеров', 'контейнеров')} больше нет в базе: ${n === 1 ? 'его' : 'их'} знал только этот файл`,
  nothing: 'На положение контейнеров он не влиял.',
  roster: 'Состав поезда снова такой, каким был до этого списка.',
  why: 'Ошибка на нашей стороне, попытки продолжаются. Данные файла пока остаются в базе.',
  show: '👁 Показать',
}

const en: typeof ru = {
  undone: 'The import is undone',
  failed: 'The import is not undone yet',
  restored: (n) =>
    `${n.toLocaleString('en-GB')} ${n === 1 ? 'container has its' : 'containers have their'} earlier data back`,
  forgotten: (n) =>
    `${n.toLocaleString('en-GB')} ${n === 1 ? 'container is' : 'containers are'} known no more: only this file held ${n === 1 ? 'it' : 'them'}`,
  nothing: 'It had no part in where containers are.',
  roster: 'The train is made up as it was before this roster.',
  why: 'The fault is on our side, and it is tried again. The data of the file are still in the database.',
  show: '👁 Show',
}

const texts: Readonly<Record<Language, typeof ru>> = { ru, en }

/** The message to the admins after an import was undone. */
export function undoneNotice(workbook: UndoneWorkbook, containers: UndoneContainers, language: Language): Notice {
  const words = texts[language]
  return notice(workbook, `↩️ <b>${words.undone}</b>`, outcome(workbook, containers, language), words.show)
}

/** The message to the admins when the undoing of an import fails; it is tried again. */
export function undoFailedNotice(workbook: UndoneWorkbook, language: Language): Notice {
  const words = texts[language]
  return notice(workbook, `⚠️ <b>${words.failed}</b>`, words.why, words.show)
}

function outcome({ kind }: UndoneWorkbook, { restored, forgotten }: UndoneContainers, language: Language): string {
  const words = texts[language]
  if (kind === 'train_roster') return words.roster
  const parts = [
    ...(restored > 0 ? [words.restored(restored)] : []),
    ...(forgotten > 0 ? [words.forgotten(forgotten)] : []),
  ]
  return parts.length > 0 ? `${parts.join('; ')}.` : words.nothing
}

function notice({ id, fileName }: UndoneWorkbook, title: string, text: string, show: string): Notice {
  return {
    html: [`${title} №${id}`, `📄 ${escapeHtml(fileName)}`, text].join('\n'),
    keyboard: { inline_keyboard: [[{ text: show, callback_data: `v1:wb-show:${id}` }]] },
  }
}
