import type { MailList } from '@atermtrack/data'
import { eventKinds } from '@atermtrack/domain'
import { bold, escapeHtml, eventMailTexts, type Language, mailListsTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { pageOf, pageRow } from '../../text/pages.ts'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'

/** The fields of a list that are typed, besides its name. */
export type TypedField = 'addresses' | 'clients' | 'trains'

/** With the row of pages and the last row, the keyboard stays within eight rows. */
const listsPerPage = 6
/** So much of a field is shown; all of them fit a message. */
const longestShown = { addresses: 1_500, clients: 800, trains: 400 } as const
/** A text to copy, which its admin sends back changed. */
const longestCopy = 3_000

/** All lists, each with the button that opens it. */
export function listView(
  lists: readonly MailList[],
  { page, isOn, language }: { readonly page: number; readonly isOn: boolean; readonly language: Language },
): View {
  const words = texts[language]
  const shown = pageOf(lists, page, listsPerPage)
  const rows = shown.rows.map(({ id, name, addresses }) => [
    actions.openMailList.button(`📮 ${name} · ${words.addressCount(addresses.length)}`, { listId: id }),
  ])
  return view(
    [words.title(lists.length), words.about, ...(isOn ? [] : [words.off])].join('\n'),
    ...rows,
    ...pageRow(shown, (target) => actions.showMailLists.data({ page: target })),
    [actions.addMailList.button(words.add)],
  )
}

/** One list with all that it says, and the buttons that change it. */
export function cardView(list: MailList, language: Language): View {
  const words = texts[language]
  const { id: listId, addresses } = list
  const ask = (field: 'name' | TypedField) => actions.askMailListField.button(words.change[field], { listId, field })
  return view(
    [
      `📮 ${bold(list.name)}`,
      `${words.fields.addresses}: ${addresses.length === 0 ? words.noAddresses : partsOf(list, 'addresses')}`,
      `${words.fields.kinds}: ${kindNames(list, language)}`,
      `${words.fields.clients}: ${list.clients.length === 0 ? words.all : partsOf(list, 'clients')}`,
      `${words.fields.trains}: ${list.trains.length === 0 ? words.all : partsOf(list, 'trains')}`,
    ].join('\n'),
    [ask('addresses'), actions.chooseMailListKinds.button(words.change.kinds, { listId })],
    [ask('clients'), ask('trains')],
    [ask('name'), actions.askToRemoveMailList.button(words.remove, { listId })],
    ...(addresses.length === 0 ? [] : [[actions.testMailList.button(words.test, { listId })]]),
    [actions.showMailLists.button(words.back)],
  )
}

/** The events that are mailed to a list, on and off. */
export function kindsView({ id: listId, name, eventKinds: chosen }: MailList, language: Language): View {
  const words = texts[language]
  const buttons = eventKinds.map((kind) =>
    actions.toggleMailListKind.button(
      `${chosen.includes(kind) ? '✅' : '◻️'} ${eventMailTexts[language].kinds[kind]}`,
      { listId, kind },
    ),
  )
  const rows = Array.from({ length: Math.ceil(buttons.length / 2) }, (_, n) => buttons.slice(2 * n, 2 * n + 2))
  return view(words.chooseKinds(name), ...rows, [actions.openMailList.button(words.back, { listId })])
}

/** Asks for a field: the parts that it has now can be copied. */
export function askView(list: MailList, field: TypedField, language: Language): View {
  const words = texts[language]
  const { id: listId } = list
  const now = list[field].join('\n')
  const copy =
    now === '' || now.length > longestCopy ? [] : ['', words.now, `<code>${escapeHtml(now, longestCopy)}</code>`]
  const empty = now === '' ? [] : [[actions.emptyMailListField.button(words.empty[field], { listId, field })]]
  return view([words.ask[field], ...copy].join('\n'), ...empty, [actions.openMailList.button(words.back, { listId })])
}

export function removeView({ id: listId, name }: MailList, language: Language): View {
  const words = texts[language]
  return view(
    words.askRemove(name),
    [actions.removeMailList.button(words.confirmRemove, { listId })],
    [actions.openMailList.button(words.back, { listId })],
  )
}

/** The names of the events of a list, as plain text; kinds of a later release go by the name that is stored. */
export function kindNames({ eventKinds: kinds }: MailList, language: Language): string {
  const names: Readonly<Record<string, string>> = eventMailTexts[language].kinds
  return kinds.map((kind) => names[kind] ?? kind).join(', ')
}

function partsOf(list: MailList, field: TypedField): string {
  return escapeHtml(list[field].join(', '), longestShown[field])
}

function view(html: string, ...rows: InlineKeyboardButton[][]): View {
  return { html, keyboard: { inline_keyboard: rows } }
}
