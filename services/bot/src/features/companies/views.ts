import type { Company, CompanyClient, KnownClient, VisibleCount } from '@atermtrack/data'
import { bold, companiesTexts as texts, type Language } from '@atermtrack/messages'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { callbackData } from '../../routing/callback-data.ts'
import { type Page, pageRow } from '../../text/pages.ts'
import { formatNumber } from '../lookup/card/distance.ts'

export interface View {
  readonly html: string
  readonly keyboard: InlineKeyboardMarkup
}

/** With the row of pages and the last one they stay within eight rows of buttons. */
export const rowsPerPage = 5

type PageOf<T> = Page<T> & { readonly total: number }

export function listView(page: PageOf<Company>, language: Language): View {
  const words = texts[language]
  const rows = page.rows.map(({ id, name, clients, people }) => [
    button(`🏢 ${clip(name)} · ${words.clients(clients)} · ${words.people(people)}`, 'co-view', id),
  ])
  return view(`${words.title(page.total)}\n${words.about}`, ...rows, ...pageRow(page, 'co-list'), [
    button(words.add, 'co-add'),
  ])
}

/** `sees` is the number of containers, once it was asked for. */
export function companyView(company: Company, sees: VisibleCount | undefined, language: Language): View {
  const { id, name, isShared, clients, people } = company
  const words = texts[language]
  const lines = [
    `🏢 ${bold(name)}`,
    ...(clients === 0 ? [words.noClients] : []),
    ...(isShared ? [words.shared] : []),
    ...(sees === undefined ? [] : [seesView(sees, language)]),
  ]
  return view(
    lines.join('\n'),
    [button(words.clientsButton(clients), 'co-clients', id, 0), button(words.peopleButton(people), 'pe-list', id, 0)],
    [button(words.countButton, 'co-count', id), button(words.renameButton, 'co-rename', id)],
    [
      isShared ? button(words.unshareButton, 'co-unshare', id) : button(words.shareButton, 'co-share', id),
      button(words.removeButton, 'co-remove', id),
    ],
    [button(words.back, 'co-list', 0)],
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
    [button(words.confirmShare(clients), 'co-share-yes', id, clients)],
    [button(words.back, 'co-view', id)],
  )
}

export function removeView({ id, name, people }: Company, language: Language): View {
  const words = texts[language]
  return view(
    words.askRemove(name, people),
    [button(words.confirmRemove(people), 'co-remove-yes', id, people)],
    [button(words.back, 'co-view', id)],
  )
}

export function clientsView(
  { id, name }: Company,
  page: PageOf<CompanyClient & { readonly id: number }>,
  language: Language,
): View {
  const words = texts[language]
  const rows = page.rows.map((client) => [button(`✖ ${clientName(client, language)}`, 'co-client', id, client.id)])
  return view(
    words.clientsTitle(name, page.total),
    ...rows,
    ...pageRow(page, 'co-clients', String(id)),
    [button(words.addClient, 'co-known', id, 0)],
    [button(words.back, 'co-view', id)],
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
    [button(words.confirmRemoveClient, 'co-client-yes', id, client.id)],
    [button(words.back, 'co-clients', id, 0)],
  )
}

/** Whom the files name; `search` is what the admin has typed. */
export function knownView(
  { id, name }: Company,
  page: PageOf<KnownClient>,
  { search, language }: { readonly search: string | undefined; readonly language: Language },
): View {
  const words = texts[language]
  const rows = page.rows.map((client) => [button(clientName(client, language), 'co-pick', id, client.spellingId)])
  const found = search === undefined ? [] : [words.foundTitle(search, page.total)]
  return view(
    [words.knownTitle(name), ...found].join('\n'),
    ...rows,
    ...pageRow(page, 'co-known', String(id)),
    ...(search === undefined ? [] : [[button(words.addTyped(clip(search)), 'co-typed', id)]]),
    [button(words.back, 'co-clients', id, 0)],
  )
}

/** `ООО «Ромашка» · ИНН 2536000001`, as plain text. */
export function clientName({ name, inn }: CompanyClient, language: Language): string {
  return [...(name === null ? [] : [clip(name)]), ...(inn === null ? [] : [texts[language].inn(inn)])].join(' · ')
}

function view(html: string, ...rows: InlineKeyboardButton[][]): View {
  return { html, keyboard: { inline_keyboard: rows } }
}

function button(text: string, action: string, ...ids: readonly (string | number)[]): InlineKeyboardButton {
  return { text, callback_data: callbackData(action, ...ids) }
}

/** Buttons show little of a long text. */
function clip(name: string): string {
  return name.length > 40 ? `${name.slice(0, 39).replace(/\p{Cs}$/u, '')}…` : name
}
