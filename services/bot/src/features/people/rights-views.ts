import type { Company, ListedPerson } from '@atermtrack/data'
import { clipText } from '@atermtrack/domain'
import { type Language, membersTexts as texts, personLine } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import type { View } from '../../routing/view.ts'
import { type Page, pageRow } from '../../text/pages.ts'
import { fullName } from '../access/views.ts'
import * as actions from './actions.ts'

type PageOf<T> = Page<T> & { readonly total: number }

/** The roles that somebody can be given, besides the one that they have. */
export function chooseRightsView(person: ListedPerson, language: Language): View {
  const words = texts[language]
  const { id: personId, role, access } = person
  const letIn = access === 'granted' ? undefined : 'in'
  return view(
    `${personLine(person)}\n${words.chooseRights}`,
    [actions.offerCompanies.button(words.viewerButton, { personId, page: 0, letIn })],
    ...(letIn || role !== 'operator'
      ? [[actions.setRole.button(words.roleButton.operator, { personId, role: 'operator', letIn })]]
      : []),
    ...(letIn || role !== 'admin' ? [[actions.askToAppoint.button(words.roleButton.admin, { personId, letIn })]] : []),
    [actions.viewPerson.button(words.back, { personId })],
  )
}

export function chooseCompanyView(
  person: ListedPerson,
  page: PageOf<Company>,
  { letIn, language }: { readonly letIn: 'in' | undefined; readonly language: Language },
): View {
  const words = texts[language]
  const { id: personId } = person
  return view(
    `${personLine(person)}\n${words.chooseCompany}`,
    [actions.setCompany.button(words.withoutCompany, { personId, companyId: undefined, letIn })],
    ...page.rows.map(({ id, name }) => [
      actions.setCompany.button(`🏢 ${clipText(name, 60)}`, { personId, companyId: id, letIn }),
    ]),
    ...pageRow(page, (target) => actions.offerCompanies.data({ personId, page: target, letIn })),
    [actions.offerRights.button(words.back, { personId })],
  )
}

/** Asks before somebody becomes an administrator, who may do everything here. */
export function appointView(
  person: ListedPerson,
  { letIn, language }: { readonly letIn: 'in' | undefined; readonly language: Language },
): View {
  const words = texts[language]
  const { id: personId } = person
  return view(
    words.askAppoint(fullName(person)),
    [actions.setRole.button(words.confirmAppoint, { personId, role: 'admin', letIn })],
    [actions.offerRights.button(words.back, { personId })],
  )
}

/** Asks before access is closed, or before a request is declined. */
export function dismissView(person: ListedPerson, language: Language): View {
  const words = texts[language]
  const isWaiting = person.access === 'requested'
  const ask = isWaiting ? words.askDecline : words.askDismiss
  return view(
    ask(fullName(person)),
    [actions.dismissPerson.button(isWaiting ? words.confirmDecline : words.confirmDismiss, { personId: person.id })],
    [actions.viewPerson.button(words.back, { personId: person.id })],
  )
}

function view(html: string, ...rows: InlineKeyboardButton[][]): View {
  return { html, keyboard: { inline_keyboard: rows } }
}
