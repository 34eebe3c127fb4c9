import type { AccessRequest, Company, Person, PersonRole } from '@atermtrack/data'
import { accessRequestText, accessTexts as texts, type Language } from '@atermtrack/messages'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { type Page, pageRow } from '../../text/pages.ts'
import * as actions from './actions.ts'

type Named = Pick<Person, 'firstName' | 'lastName' | 'username'>

/** Together with the rows for pages and other choices this gives at most eight rows of buttons. */
export const companiesPerPage = 4

/** `Анна Петрова (@anna)`, as plain text. */
export function fullName({ firstName, lastName, username }: Named): string {
  const name = [firstName, lastName].filter(Boolean).join(' ')
  return username ? `${name} (@${username})` : name
}

/** The request with its decision. */
export function decisionView(request: AccessRequest, language: Language): string {
  const words = texts[language]
  const { person, companyName } = request
  const lines = [words.decided(endOf(request), deciderOf(request, language))]
  if (person.access === 'granted' && person.role !== null)
    lines.push(words.rights(words.role[person.role], companyName))
  return [accessRequestText(request, language), '', ...lines].join('\n')
}

/** The decision as a toast. */
export function decisionToast(request: AccessRequest, language: Language): string {
  return texts[language].decidedBefore(endOf(request), deciderOf(request, language))
}

export function requestKeyboard(personId: number, language: Language): InlineKeyboardMarkup {
  const { accept, deny } = texts[language]
  return keyboard([
    actions.offerRoles.button(`✅ ${accept}`, { personId }),
    actions.denyAccess.button(`⛔ ${deny}`, { personId }),
  ])
}

export function rolesKeyboard(personId: number, language: Language): InlineKeyboardMarkup {
  const { roleButton, back } = texts[language]
  const choice = (role: PersonRole) => actions.chooseRole.button(roleButton[role], { personId, role })
  const backButton = actions.backToRequest.button(back, { personId })
  return keyboard([choice('viewer')], [choice('operator'), choice('admin')], [backButton])
}

export function companiesKeyboard(personId: number, page: Page<Company>, language: Language): InlineKeyboardMarkup {
  const { withoutCompany, newCompany, back } = texts[language]
  return keyboard(
    [actions.chooseCompany.button(withoutCompany, { personId })],
    ...page.rows.map(({ id, name }) => [actions.chooseCompany.button(`🏢 ${name}`, { personId, companyId: id })]),
    ...pageRow(page, (target) => actions.offerCompanies.data({ personId, page: target })),
    [actions.nameCompany.button(newCompany, { personId })],
    [actions.offerRoles.button(back, { personId })],
  )
}

export function askKeyboard(language: Language): InlineKeyboardMarkup {
  return keyboard([actions.askForAccess.button(texts[language].ask)])
}

export function skipKeyboard(language: Language): InlineKeyboardMarkup {
  return keyboard([actions.skipAbout.button(texts[language].skip)])
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
