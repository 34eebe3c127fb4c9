import type { AccessRequest, Company, Person, PersonRole } from '@atermtrack/data'
import type { Language } from '@atermtrack/domain'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { bold, code, escapeHtml } from '../../text/html.ts'
import { type Page, pageRow } from '../../text/pages.ts'
import * as actions from './actions.ts'
import { texts } from './texts.ts'

type Named = Pick<Person, 'firstName' | 'lastName' | 'username'>

/** With the rows of pages and of other choices they stay within eight rows of buttons. */
export const companiesPerPage = 4

/** `Анна Петрова (@anna)`, as plain text. */
export function fullName({ firstName, lastName, username }: Named): string {
  const name = [firstName, lastName].filter(Boolean).join(' ')
  return username ? `${name} (@${username})` : name
}

/** `Анна Петрова (@anna), id 1001`, as HTML. */
export function personLine({ firstName, lastName, username, telegramId }: Named & Pick<Person, 'telegramId'>): string {
  const name = bold([firstName, lastName].filter(Boolean).join(' '))
  const handle = username ? ` (@${escapeHtml(username)})` : ''
  return `${name}${handle}, id ${code(String(telegramId))}`
}

/** What the admins are asked about somebody, as HTML. */
export function requestView({ person, about }: Pick<AccessRequest, 'person' | 'about'>, language: Language): string {
  const words = texts[language]
  return [words.request(personLine(person)), ...(about === null ? [] : [words.about(about)])].join('\n')
}

/** The same with how it ended. */
export function decisionView(request: AccessRequest, language: Language): string {
  const words = texts[language]
  const { person, companyName } = request
  const lines = [words.decided(endOf(request), deciderOf(request, language))]
  if (person.access === 'granted' && person.role !== null)
    lines.push(words.rights(words.role[person.role], companyName))
  return [requestView(request, language), '', ...lines].join('\n')
}

/** The same in a passing note. */
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

/** What somebody who was let in reads. */
export function grantedView(person: Person, companyName: string | null): string {
  const words = texts[person.language]
  if (person.role === 'viewer' && companyName !== null) return words.grantedWithCompany(companyName)
  return words.grantedAs[person.role ?? 'viewer']
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
