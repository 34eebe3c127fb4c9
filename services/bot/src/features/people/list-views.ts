import { type Company, type ListedPerson, type PeopleFilter, peopleList } from '@atermtrack/data'
import { accessOf, type AccessPolicy, clipText } from '@atermtrack/domain'
import { type Language, membersTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { inPairs, type View } from '../../routing/view.ts'
import { type Page, pageRow } from '../../text/pages.ts'
import { fullName } from '../access/views.ts'
import { viewCompany } from '../companies/actions.ts'
import * as actions from './actions.ts'

/** With the rows of pages, filters and the way back, a page stays within eight rows of buttons. */
export const peoplePerPage = 6

type PeoplePage = Page<ListedPerson> & { readonly total: number }
type Back = 'company' | 'found' | PeopleFilter

interface Reading {
  readonly policy: AccessPolicy
  readonly language: Language
}

/** The people of a filter. */
export function peopleView(
  page: PeoplePage,
  { filter, ...reading }: Reading & { readonly filter: PeopleFilter },
): View {
  const words = texts[reading.language]
  const title = words.title(page.total)
  return view(
    filter === 'all' ? title : `${title}\n${words.filterLine(words.filters[filter])}`,
    ...rows(page, filter, reading),
    ...pageRow(page, (target) => actions.browsePeople.data({ filter, page: target })),
    [actions.askSearch.button(words.search), actions.chooseFilter.button(words.filterButton(words.filters[filter]))],
  )
}

export function companyPeopleView(page: PeoplePage, { id: companyId, name }: Company, reading: Reading): View {
  const words = texts[reading.language]
  return view(
    words.titleOf(name, page.total),
    ...rows(page, 'company', reading),
    ...pageRow(page, (target) => actions.listPeople.data({ companyId, page: target })),
    [viewCompany.button(words.back, { companyId })],
  )
}

export function foundView(page: PeoplePage, { text, ...reading }: Reading & { readonly text: string }): View {
  const words = texts[reading.language]
  return view(
    words.found(text, page.total),
    ...rows(page, 'found', reading),
    ...pageRow(page, (target) => actions.turnFound.data({ page: target })),
    [actions.browsePeople.button(words.toList, { filter: 'all', page: 0 }), actions.askSearch.button(words.search)],
  )
}

export function filtersView(language: Language): View {
  const words = texts[language]
  return view(
    words.chooseFilter,
    ...inPairs(
      peopleList.peopleFilters.map((filter) => actions.browsePeople.button(words.filters[filter], { filter, page: 0 })),
    ),
  )
}

function rows(page: PeoplePage, back: Back, reading: Reading): InlineKeyboardButton[][] {
  return page.rows.map((person) => [
    actions.viewPerson.button(clipText(labelOf(person, reading), 60), {
      personId: person.id,
      back,
      page: page.page,
    }),
  ])
}

/** `⏳ Анна Петрова (@anna) · наблюдатель · Ромашка`, as plain text. */
function labelOf(person: ListedPerson, { policy, language }: Reading): string {
  const words = texts[language]
  const access = accessOf(person, policy)
  const { companyName, isCompanyRemoved, unreachableSince, telegramId } = person
  const sign = signOf({ access: access.kind, isStranded: isCompanyRemoved, isAway: unreachableSince !== null })
  return [
    `${sign}${fullName(person) || telegramId}`,
    ...(access.kind === 'allowed' ? [words.role[access.role]] : []),
    ...(companyName === null ? [] : [companyName]),
  ].join(' · ')
}

function signOf({ access, isStranded, isAway }: { access: string; isStranded: boolean; isAway: boolean }): string {
  if (access === 'waiting') return '⏳ '
  if (access === 'declined' || access === 'removed') return '⛔ '
  if (isStranded) return '⚠️ '
  return isAway ? '🔕 ' : ''
}

function view(html: string, ...rows: InlineKeyboardButton[][]): View {
  return { html, keyboard: { inline_keyboard: rows.filter(({ length }) => length > 0) } }
}
