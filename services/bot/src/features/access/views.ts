import type { Person } from '@atermtrack/data'
import type { Language } from '@atermtrack/domain'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import { callbackData } from '../../callback-data.ts'
import { bold, code, escapeHtml } from '../../html.ts'
import { texts } from './texts.ts'

type Named = Pick<Person, 'firstName' | 'lastName' | 'username'>

/** `Анна Петрова (@anna)`, as plain text. */
export function fullName({ firstName, lastName, username }: Named): string {
  const name = [firstName, lastName].filter(Boolean).join(' ')
  return username ? `${name} (@${username})` : name
}

/** What the admins are asked about somebody, as HTML. */
export function requestView(person: Named & Pick<Person, 'telegramId'>, language: Language): string {
  const { firstName, lastName, username, telegramId } = person
  const name = bold([firstName, lastName].filter(Boolean).join(' '))
  const handle = username ? ` (@${escapeHtml(username)})` : ''
  return texts[language].request(`${name}${handle}, id ${code(String(telegramId))}`)
}

export function requestKeyboard(personId: number, language: Language): InlineKeyboardMarkup {
  const { accept, deny } = texts[language]
  return {
    inline_keyboard: [
      [
        { text: `✅ ${accept}`, callback_data: callbackData('access-grant', personId) },
        { text: `⛔ ${deny}`, callback_data: callbackData('access-deny', personId) },
      ],
    ],
  }
}

export function askKeyboard(language: Language): InlineKeyboardMarkup {
  return { inline_keyboard: [[{ text: texts[language].ask, callback_data: callbackData('access-ask') }]] }
}
