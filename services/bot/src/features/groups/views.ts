import type { Company, Group } from '@atermtrack/data'
import { groupsTexts as texts, type Language } from '@atermtrack/messages'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { callbackData } from '../../routing/callback-data.ts'
import { type Page, pageRow } from '../../text/pages.ts'

export interface View {
  readonly html: string
  readonly keyboard: InlineKeyboardMarkup
}

/** Whose containers a group is to see. */
export function scopeView({ id, title }: Group, page: Page<Company>, language: Language): View {
  const words = texts[language]
  return view(
    `${words.request(title)}\n\n${words.chooseScope}`,
    [button(words.everything, 'grp-scope', id, 0)],
    ...page.rows.map((company) => [button(`🏢 ${company.name}`, 'grp-scope', id, company.id)]),
    ...pageRow(page, 'grp-allow', String(id)),
    [button(words.back, 'grp-view', id)],
  )
}

/** How a group stands, with what can be changed. */
export function groupView(group: Group, language: Language): View {
  const words = texts[language]
  const { id, title, status, companyName, isCompanyRemoved, leftAt } = group
  const sight = status === 'allowed' ? [isCompanyRemoved ? words.removedCompany : words.sees(companyName)] : []
  const lines = [words.request(title), words.status[status], ...sight, ...(leftAt === null ? [] : [words.left])]
  return view(
    lines.join('\n'),
    status === 'allowed'
      ? [button(words.change, 'grp-allow', id, 0)]
      : [button(`✅ ${words.allow}`, 'grp-allow', id, 0)],
    status === 'declined' ? [] : [button(words.close, 'grp-close', id)],
    [button(words.back, 'grp-list', 0)],
  )
}

/** The groups in which the bot is. */
export function listView(page: Page<Group> & { readonly total: number }, language: Language): View {
  const words = texts[language]
  return view(
    words.list(page.total),
    ...page.rows.map((group) => [
      button(`${words.status[group.status].split(' ', 1)[0]} ${group.title.slice(0, 40)}`, 'grp-view', group.id),
    ]),
    ...pageRow(page, 'grp-list'),
  )
}

function view(html: string, ...rows: InlineKeyboardButton[][]): View {
  return { html, keyboard: { inline_keyboard: rows.filter((row) => row.length > 0) } }
}

function button(text: string, action: string, ...ids: readonly (string | number)[]): InlineKeyboardButton {
  return { text, callback_data: callbackData(action, ...ids) }
}
