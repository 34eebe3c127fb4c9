import { clipText } from '@atermtrack/domain'
import type { Company, CompanyClient, KnownClient, VisibleCount } from '@atermtrack/data'
import { bold, companiesTexts as texts, type Language, picturesTexts } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { type Page, pageRow } from '../../text/pages.ts'
import { formatNumber } from '../lookup/card/distance.ts'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { listPeople } from '../people/actions.ts'

/** With the row of pages and the last rows, the keyboard stays within eight rows. */
export const rowsPerPage = 5

type PageOf<T> = Page<T> & { readonly total: number }

export function listView(page: PageOf<Company>, language: Language): View {
  const words = texts[language]
  const rows = page.rows.map(({ id, name, clients, people }) => [
    actions.viewCompany.button(`🏢 ${clipText(name, 40)} · ${words.clients(clients)} · ${words.people(people)}`, {
      companyId: id,
    }),
  ])
  return view(
    `${words.title(page.total)}\n${words.about}`,
    ...rows,
    ...pageRow(page, (target) => actions.listCompanies.data({ page: target })),
    [actions.addCompany.button(words.add)],
  )
}

/** `sees` is the number of containers, if the admin has asked for it. */
export function companyView(company: Company, sees: VisibleCount | undefined, language: Language): View {
  const { id: companyId, name, isShared, clients, people } = company
  const words = texts[language]
  const lines = [
    `🏢 ${bold(name)}`,
    ...(clients === 0 ? [words.noClients] : []),
    ...(isShared ? [words.shared] : []),
    ...(sees === undefined ? [] : [seesView(sees, language)]),
  ]
  return view(
    lines.join('\n'),
    [
      actions.listClients.button(words.clientsButton(clients), { companyId, page: 0 }),
      listPeople.button(words.peopleButton(people), { companyId, page: 0 }),
    ],
    [
      actions.countContainers.button(words.countButton, { companyId }),
      actions.renameCompany.button(words.renameButton, { companyId }),
    ],
    [actions.drawCompany.button(picturesTexts[language].buttons.map, { companyId })],
    [
      isShared
        ? actions.unshareCompany.button(words.unshareButton, { companyId })
        : actions.askToShare.button(words.shareButton, { companyId }),
      actions.askToRemoveCompany.button(words.removeButton, { companyId }),
    ],
    [actions.listCompanies.button(words.back, { page: 0 })],
  )
}

function seesView({ count, isCut }: VisibleCount, language: Language): string {
  const words = texts[language]
  return isCut ? words.seesMore(formatNumber(count, language)) : words.sees(count)
}

export function shareView({ id, name, clients }: Company, language: Language): View {
  const words = texts[language]
  return view(
    words.askShare(name, clients),
    [actions.shareCompany.button(words.confirmShare(clients), { companyId: id, clients })],
    [actions.viewCompany.button(words.back, { companyId: id })],
  )
}

export function removeView({ id, name, people }: Company, language: Language): View {
  const words = texts[language]
  return view(
    words.askRemove(name, people),
    [actions.removeCompany.button(words.confirmRemove(people), { companyId: id, people })],
    [actions.viewCompany.button(words.back, { companyId: id })],
  )
}

export function clientsView(
  { id, name }: Company,
  page: PageOf<CompanyClient & { readonly id: number }>,
  language: Language,
): View {
  const words = texts[language]
  const rows = page.rows.map((client) => [
    actions.askToRemoveClient.button(`✖ ${clientName(client, language)}`, { companyId: id, clientId: client.id }),
  ])
  return view(
    words.clientsTitle(name, page.total),
    ...rows,
    ...pageRow(page, (target) => actions.listClients.data({ companyId: id, page: target })),
    [actions.offerKnownClients.button(words.addClient, { companyId: id, page: 0 })],
    [actions.viewCompany.button(words.back, { companyId: id })],
  )
}

export function removeClientView(
  { id, name }: Company,
  client: CompanyClient & { readonly id: number },
  language: Language,
): View {
  const words = texts[language]
  return view(
    words.askRemoveClient(clientName(client, language), name),
    [actions.removeClient.button(words.confirmRemoveClient, { companyId: id, clientId: client.id })],
    [actions.listClients.button(words.back, { companyId: id, page: 0 })],
  )
}

/** Clients that the files name. `search` is the text that the admin has typed. */
export function knownView(
  { id, name }: Company,
  page: PageOf<KnownClient>,
  { search, language }: { readonly search: string | undefined; readonly language: Language },
): View {
  const words = texts[language]
  const rows = page.rows.map((client) => [
    actions.pickKnownClient.button(clientName(client, language), { companyId: id, spellingId: client.spellingId }),
  ])
  const found = search === undefined ? [] : [words.foundTitle(search, page.total)]
  return view(
    [words.knownTitle(name), ...found].join('\n'),
    ...rows,
    ...pageRow(page, (target) => actions.offerKnownClients.data({ companyId: id, page: target })),
    ...(search === undefined
      ? []
      : [[actions.addTypedClient.button(words.addTyped(clipText(search, 40)), { companyId: id })]]),
    [actions.listClients.button(words.back, { companyId: id, page: 0 })],
  )
}

/** `ООО «Ромашка» · ИНН 2536000001`, as plain text. */
export function clientName({ name, inn }: CompanyClient, language: Language): string {
  return [...(name === null ? [] : [clipText(name, 40)]), ...(inn === null ? [] : [texts[language].inn(inn)])].join(
    ' · ',
  )
}

function view(html: string, ...rows: InlineKeyboardButton[][]): View {
  return { html, keyboard: { inline_keyboard: rows } }
}
