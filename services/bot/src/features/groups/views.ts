import type { Company, Group } from '@atermtrack/data'
import { groupsTexts as texts, type Language } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { type Page, pageRow } from '../../text/pages.ts'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'

/** The choice of the company whose containers a group may see. */
export function scopeView({ id, title }: Group, page: Page<Company>, language: Language): View {
  const words = texts[language]
  return view(
    `${words.request(title)}\n\n${words.chooseScope}`,
    [actions.letGroupIn.button(words.everything, { groupId: id })],
    ...page.rows.map((company) => [
      actions.letGroupIn.button(`🏢 ${company.name}`, { groupId: id, companyId: company.id }),
    ]),
    ...pageRow(page, (target) => actions.offerScopes.data({ groupId: id, page: target })),
    [actions.viewGroup.button(words.back, { groupId: id })],
  )
}

/** The state of a group, with the buttons that change it. */
export function groupView(group: Group, language: Language): View {
  const words = texts[language]
  const { id, title, status, companyName, isCompanyRemoved, leftAt } = group
  const sight = status === 'allowed' ? [isCompanyRemoved ? words.removedCompany : words.sees(companyName)] : []
  const lines = [words.request(title), words.status[status], ...sight, ...(leftAt === null ? [] : [words.left])]
  return view(
    lines.join('\n'),
    [actions.offerScopes.button(status === 'allowed' ? words.change : `✅ ${words.allow}`, { groupId: id, page: 0 })],
    status === 'declined' ? [] : [actions.closeGroup.button(words.close, { groupId: id })],
    [actions.listGroups.button(words.back, { page: 0 })],
  )
}

/** The groups in which the bot is. */
export function listView(page: Page<Group> & { readonly total: number }, language: Language): View {
  const words = texts[language]
  return view(
    words.list(page.total),
    ...page.rows.map((group) => [
      actions.viewGroup.button(`${words.status[group.status].split(' ', 1)[0]} ${group.title.slice(0, 40)}`, {
        groupId: group.id,
      }),
    ]),
    ...pageRow(page, (target) => actions.listGroups.data({ page: target })),
  )
}

function view(html: string, ...rows: InlineKeyboardButton[][]): View {
  return { html, keyboard: { inline_keyboard: rows.filter((row) => row.length > 0) } }
}
