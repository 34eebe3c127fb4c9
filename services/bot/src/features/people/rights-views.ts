import { clipText } from '@atermtrack/domain'
import type { Company, Member } from '@atermtrack/data'
import { type Language, membersTexts as texts, personLine } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { type Page, pageRow } from '../../text/pages.ts'
import { fullName } from '../access/views.ts'
import type { View } from '../../routing/view.ts'
import { viewCompany } from './actions.ts'
import * as actions from './people-actions.ts'

type PageOf<T> = Page<T> & { readonly total: number }

/** The people of a company or of all companies. */
export function peopleView(page: PageOf<Member>, company: Company | undefined, language: Language): View {
  const words = texts[language]
  const rows = page.rows.map((member) => [
    actions.viewPerson.button(`${member.isStranded ? '⚠️ ' : ''}${clipText(shortLine(member, language), 60)}`, {
      personId: member.id,
    }),
  ])
  return view(
    company ? words.titleOf(company.name, page.total) : words.title(page.total),
    ...rows,
    ...pageRow(page, (target) => actions.listPeople.data({ companyId: company?.id, page: target })),
    company ? [viewCompany.button(words.back, { companyId: company.id })] : [],
  )
}

/** The rights of a person, with buttons to change them. Admins cannot change their own rights. */
export function memberView(member: Member, { isOwn, language }: { isOwn: boolean; language: Language }): View {
  const words = texts[language]
  const { id: personId, role, companyId, companyName, isStranded } = member
  const sight = companyName === null ? words.noCompany : words.company(companyName)
  const title = [words.role[role ?? 'viewer'], ...(role === 'viewer' || role === null ? [sight] : [])].join(', ')
  const lines = [
    personLine(member),
    title,
    ...(isStranded ? ['', words.stranded] : []),
    ...(isOwn ? ['', words.own] : []),
  ]
  const change = [
    [actions.offerCompanies.button(words.viewerButton, { personId, page: 0 })],
    ...(['operator', 'admin'] as const)
      .filter((other) => other !== role)
      .map((other) => [actions.setRole.button(words.roleButton[other], { personId, role: other })]),
    [actions.askToDismiss.button(words.dismissButton, { personId })],
  ]
  return view(lines.join('\n'), ...(isOwn ? [] : change), [
    actions.listPeople.button(words.back, { companyId: isStranded ? undefined : (companyId ?? undefined), page: 0 }),
  ])
}

export function chooseCompanyView(member: Member, page: PageOf<Company>, language: Language): View {
  const words = texts[language]
  const { id: personId } = member
  return view(
    `${personLine(member)}\n${words.chooseCompany}`,
    [actions.setCompany.button(words.withoutCompany, { personId })],
    ...page.rows.map(({ id, name }) => [
      actions.setCompany.button(`🏢 ${clipText(name, 60)}`, { personId, companyId: id }),
    ]),
    ...pageRow(page, (target) => actions.offerCompanies.data({ personId, page: target })),
    [actions.viewPerson.button(words.back, { personId })],
  )
}

export function dismissView(member: Member, language: Language): View {
  const words = texts[language]
  return view(
    words.askDismiss(fullName(member)),
    [actions.dismissPerson.button(words.confirmDismiss, { personId: member.id })],
    [actions.viewPerson.button(words.back, { personId: member.id })],
  )
}

function shortLine(member: Member, language: Language): string {
  const { role, companyName } = member
  return [
    fullName(member),
    texts[language].role[role ?? 'viewer'],
    ...(companyName === null ? [] : [companyName]),
  ].join(' · ')
}

function view(html: string, ...rows: InlineKeyboardButton[][]): View {
  return { html, keyboard: { inline_keyboard: rows.filter(({ length }) => length > 0) } }
}
