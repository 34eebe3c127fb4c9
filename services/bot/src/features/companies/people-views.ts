import type { Company, Member } from '@atermtrack/data'
import { type Language, membersTexts as texts, personLine } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { callbackData } from '../../routing/callback-data.ts'
import { type Page, pageRow } from '../../text/pages.ts'
import { fullName } from '../access/views.ts'
import type { View } from './views.ts'

type PageOf<T> = Page<T> & { readonly total: number }

/** The people of a company, or everybody. */
export function peopleView(page: PageOf<Member>, company: Company | undefined, language: Language): View {
  const words = texts[language]
  const rows = page.rows.map((member) => [
    button(`${member.isStranded ? '⚠️ ' : ''}${clip(shortLine(member, language))}`, 'pe-view', member.id),
  ])
  return view(
    company ? words.titleOf(company.name, page.total) : words.title(page.total),
    ...rows,
    ...pageRow(page, 'pe-list', String(company?.id ?? 0)),
    company ? [button(words.back, 'co-view', company.id)] : [],
  )
}

/** What somebody may do, with buttons to change it; nobody changes their own rights. */
export function memberView(member: Member, { isOwn, language }: { isOwn: boolean; language: Language }): View {
  const words = texts[language]
  const { id, role, companyId, companyName, isStranded } = member
  const sight = companyName === null ? words.noCompany : words.company(companyName)
  const title = [words.role[role ?? 'viewer'], ...(role === 'viewer' || role === null ? [sight] : [])].join(', ')
  const lines = [
    personLine(member),
    title,
    ...(isStranded ? ['', words.stranded] : []),
    ...(isOwn ? ['', words.own] : []),
  ]
  const change = [
    [button(words.viewerButton, 'pe-companies', id, 0)],
    ...(['operator', 'admin'] as const)
      .filter((other) => other !== role)
      .map((other) => [button(words.roleButton[other], 'pe-role', id, other)]),
    [button(words.dismissButton, 'pe-dismiss', id)],
  ]
  return view(lines.join('\n'), ...(isOwn ? [] : change), [
    button(words.back, 'pe-list', isStranded ? 0 : (companyId ?? 0), 0),
  ])
}

export function chooseCompanyView(member: Member, page: PageOf<Company>, language: Language): View {
  const words = texts[language]
  return view(
    `${personLine(member)}\n${words.chooseCompany}`,
    [button(words.withoutCompany, 'pe-company', member.id, 0)],
    ...page.rows.map(({ id, name }) => [button(`🏢 ${clip(name)}`, 'pe-company', member.id, id)]),
    ...pageRow(page, 'pe-companies', String(member.id)),
    [button(words.back, 'pe-view', member.id)],
  )
}

export function dismissView(member: Member, language: Language): View {
  const words = texts[language]
  return view(
    words.askDismiss(fullName(member)),
    [button(words.confirmDismiss, 'pe-dismiss-yes', member.id)],
    [button(words.back, 'pe-view', member.id)],
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

function button(text: string, action: string, ...ids: readonly (string | number)[]): InlineKeyboardButton {
  return { text, callback_data: callbackData(action, ...ids) }
}

/** Buttons show little of a long text. */
function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59).replace(/\p{Cs}$/u, '')}…` : text
}
