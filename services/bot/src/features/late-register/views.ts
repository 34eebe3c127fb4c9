import type { companies, lateRegister } from '@atermtrack/data'
import { monthBefore } from '@atermtrack/domain'
import { escapeHtml, type Language, lateRegisterTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'

export interface RegisterMenu {
  /** `YYYY-MM-DD` in the railway's zone. */
  readonly today: string
  /** Undefined: everybody that the reader sees. */
  readonly company: { readonly id: number; readonly name: string } | undefined
  /** Whether the reader may choose a company. */
  readonly mayChoose: boolean
  /** Undefined in a group, where nothing is sent without asking. */
  readonly wishes: lateRegister.RegisterWishes | undefined
}

const monthsOffered = 6
export const pageSize = 8

/** The choice of a month, with what the reader gets without asking. */
export function registerView({ today, company, mayChoose, wishes }: RegisterMenu, language: Language): View {
  const words = texts[language]
  const companyId = company?.id
  const months = monthsUntil(today).map((month) =>
    actions.orderRegister.button(words.month(month), companyId === undefined ? { month } : { month, companyId }),
  )
  const whose = actions.chooseCompany.button(words.whose(company?.name ?? words.everybody), { page: 0 })
  const wish = (name: 'monthly' | 'warned', isOn: boolean) => [
    actions.toggleWish.button(words.wishes(isOn, name), { wish: name }),
  ]
  return {
    html: words.intro,
    keyboard: {
      inline_keyboard: [
        months.slice(0, 3),
        months.slice(3),
        ...(mayChoose ? [[whose]] : []),
        ...(wishes ? [wish('monthly', wishes.isMonthly), wish('warned', wishes.isWarned)] : []),
      ],
    },
  }
}

/** A page of companies; the first button is for all. */
export function companiesView(
  { total, rows, page }: companies.Paged<{ readonly id: number; readonly name: string }> & { readonly page: number },
  { language, unknown }: { readonly language: Language; readonly unknown?: string | undefined },
): View {
  const words = texts[language]
  const buttons = rows.map(({ id, name }) => [actions.showRegister.button(name, { companyId: id })])
  const turn = (text: string, to: number): InlineKeyboardButton => actions.chooseCompany.button(text, { page: to })
  const back = page > 0 ? [turn(words.back, page - 1)] : []
  const forth = (page + 1) * pageSize < total ? [turn(words.forth, page + 1)] : []
  return {
    html: unknown === undefined ? words.intro : words.unknownCompany(escapeHtml(unknown)),
    keyboard: {
      inline_keyboard: [
        [actions.showRegister.button(words.whose(words.everybody))],
        ...buttons,
        ...(back.length + forth.length > 0 ? [[...back, ...forth]] : []),
      ],
    },
  }
}

/** The month before the present one first, as its register is the one to claim from. */
function monthsUntil(today: string): readonly string[] {
  const newest = monthBefore(today)
  const months = [newest, `${today.slice(0, 8)}01`]
  for (let month = monthBefore(newest); months.length < monthsOffered; month = monthBefore(month)) months.push(month)
  return months
}
