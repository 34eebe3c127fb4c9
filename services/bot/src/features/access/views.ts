import type { AccessRequest, Company, Person, PersonRole } from '@atermtrack/data'
import { accessRequestText, accessTexts as texts, type Language } from '@atermtrack/messages'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { callbackData } from '../../routing/callback-data.ts'
import { type Page, pageRow } from '../../text/pages.ts'

type Named = Pick<Person, 'firstName' | 'lastName' | 'username'>

/** With the rows of pages and of other choices they stay within eight rows of buttons. */
export const companiesPerPage = 4

/** `Анна Петрова (@anna)`, as plain text. */
export function fullName({ firstName, lastName, username }: Named): string {
  const name = [firstName, lastName].filter(Boolean).join(' ')
  return username ? `${name} (@${username})` : name
}

/** The same with how it ended. */
export function decisionView(request: AccessRequest, language: Language): string {
  const words = texts[language]
  const { person, companyName } = request
  const lines = [words.decided(endOf(request), deciderOf(request, language))]
  if (person.access === 'granted' && person.role !== null)
    lines.push(words.rights(words.role[person.role], companyName))
  return [accessRequestText(request, language), '', ...lines].join('\n')
}

/** The same in a passing note. */
export function decisionToast(request: AccessRequest, language: Language): string {
  return texts[language].decidedBefore(endOf(request), deciderOf(request, language))
}

export function requestKeyboard(personId: number, language: Language): InlineKeyboardMarkup {
  const { accept, deny } = texts[language]
  return keyboard([button(`✅ ${accept}`, 'access-grant', personId), button(`⛔ ${deny}`, 'access-deny', personId)])
}

export function rolesKeyboard(personId: number, language: Language): InlineKeyboardMarkup {
  const { roleButton, back } = texts[language]
  const choice = (role: PersonRole) => button(roleButton[role], 'access-role', personId, role)
  return keyboard([choice('viewer')], [choice('operator'), choice('admin')], [button(back, 'access-back', personId)])
}

export function companiesKeyboard(personId: number, page: Page<Company>, language: Language): InlineKeyboardMarkup {
  const { withoutCompany, newCompany, back } = texts[language]
  return keyboard(
    [button(withoutCompany, 'access-company', personId, 0)],
    ...page.rows.map(({ id, name }) => [button(`🏢 ${name}`, 'access-company', personId, id)]),
    ...pageRow(page, 'access-companies', String(personId)),
    [button(newCompany, 'access-new', personId)],
    [button(back, 'access-grant', personId)],
  )
}

export function askKeyboard(language: Language): InlineKeyboardMarkup {
  return keyboard([button(texts[language].ask, 'access-ask')])
}

export function skipKeyboard(language: Language): InlineKeyboardMarkup {
  return keyboard([button(texts[language].skip, 'access-skip')])
}

function endOf({ person }: AccessRequest): 'granted' | 'denied' {
  return person.access === 'granted' ? 'granted' : 'denied'
}

function deciderOf({ decidedBy }: AccessRequest, language: Language): string {
  return decidedBy ? fullName(decidedBy) || texts[language].nobody : texts[language].byCommandLine
}

function keyboard(...rows: InlineKeyboardButton[][]): InlineKeyboardMarkup {
  return { inline_keyboard: rows }
}

function button(text: string, action: string, ...ids: readonly (string | number)[]): InlineKeyboardButton {
  return { text, callback_data: callbackData(action, ...ids) }
}
