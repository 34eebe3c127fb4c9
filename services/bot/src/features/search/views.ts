import { type FoundPosition, mostCandidates, type SearchResult } from '@atermtrack/data'
import { arrivalMoment, clipText, countBy, type Filter, forecastIn } from '@atermtrack/domain'
import { code, escapeHtml, formatDay, lookupTexts, picturesTexts, searchTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import { pageOf, pageRow } from '../../text/pages.ts'
import { openCard } from '../lookup/actions.ts'
import { subscribeToQuestion } from '../subscriptions/actions.ts'
import { formatNumber, kmView } from '../lookup/card/distance.ts'
import { absenceView, isAbsent } from '../lookup/card/facts/absence.ts'
import { arrivalPart } from '../lookup/card/facts/arrival.ts'
import { countNorms, normPart } from '../lookup/card/facts/norm.ts'
import { statusView } from '../lookup/card/facts/status.ts'
import { idlenessView } from '../lookup/card/facts/idleness.ts'
import { nameView, wayView } from '../lookup/card/way.ts'
import { momentReaderOf, type ViewOptions } from '../lookup/view-options.ts'
import { inPairs } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { changesOf } from './changes.ts'
import { describeFilter } from './describe-filter.ts'
import { encodeFilter } from './filter-code.ts'

export interface SearchAnswer extends SearchResult {
  readonly filter: Filter
  /** From 0; a number beyond the last page shows the last page. */
  readonly page: number
  /** Words of the question that were not understood. */
  readonly unread: readonly string[]
  /** The lines that say how old the data are. */
  readonly freshness: string
}

const perPage = 10
const mostGroups = 8
const mostRows = 8
const mostCards = 4

/** How the question was understood, the number of containers, their groups, and a page of them. */
export function searchView(answer: SearchAnswer, options: ViewOptions): string {
  const { filter, found, isCut, page, unread, freshness } = answer
  const words = texts[options.language]
  const shown = pageOf(found, page, perPage)
  return [
    [
      words.understood(describeFilter(filter, options)),
      ...(unread.length > 0 ? [words.unread(escapeHtml(unread.join(', ')))] : []),
    ].join('\n'),
    ...(found.length === 0
      ? [nothingView(filter, options)]
      : [[words.found(found.length), ...normView(answer, options)].join('\n'), ...groupViews(answer, options)]),
    ...(isCut ? [words.cut(formatNumber(mostCandidates, options.language))] : []),
    ...shown.rows.map((position) => itemView(position, options)),
    freshness,
  ].join('\n\n')
}

/** Buttons for pages, for the cards of a few containers, for other readings of the question and for the workbook. */
export function searchKeyboard(
  { filter, found, page }: SearchAnswer,
  { language }: ViewOptions,
  question?: number,
): InlineKeyboardMarkup {
  const words = texts[language]
  const own = encodeFilter(filter)
  const cards =
    found.length <= mostCards ? found.map(({ container }) => openCard.button(`📦 ${container}`, { container })) : []
  const pages = pageRow(pageOf(found, page, perPage), (target) => actions.showFound.data({ filter: own, page: target }))
  const first = [...inPairs(cards), ...pages]
  const changes = changesOf(filter, language).map((row) =>
    row.map((change) =>
      actions.showFound.button(clipText(change.label, 32), { filter: encodeFilter(change.filter), page: 0 }),
    ),
  )
  const { map, arrivals } = picturesTexts[language].buttons
  const drawn =
    found.length > 1
      ? [
          [
            actions.drawFoundMap.button(map, { filter: own }),
            actions.drawFoundArrivals.button(arrivals, { filter: own }),
          ],
        ]
      : []
  const last = [
    ...(found.length > 0 ? [actions.sendFoundWorkbook.button(words.excel, { filter: own })] : []),
    actions.refreshFound.button(words.refresh, { filter: own, page }),
  ]
  // The text of the question is not in the buttons: only the answer itself knows where it stands.
  const subscribe = question === undefined ? [] : [[subscribeToQuestion.button(words.subscribe, { question })]]
  const room = mostRows - first.length - drawn.length - 1
  return { inline_keyboard: [...first, ...changes.slice(0, room), ...drawn, last, ...subscribe] }
}

function nothingView(filter: Filter, { language }: ViewOptions): string {
  const words = texts[language]
  return `${words.nothing}\n${changesOf(filter, language).length > 0 ? words.loosen : words.askOtherwise}`
}

/** How many are late or will be, where the question leaves that open. */
function normView({ filter, found }: SearchAnswer, { language }: ViewOptions): readonly string[] {
  if (filter.norm) return []
  const counts = countNorms(found.map(({ facts }) => facts)).filter(
    ([group]) => group === 'late' || group === 'at_risk',
  )
  return counts.length === 0
    ? []
    : [counts.map(([group, count]) => `${lookupTexts[language].normGroups[group]}: ${count}`).join(', ')]
}

/** Groups by what the filter leaves open: by status, by station, or else by day of arrival. */
function groupViews({ filter, found }: SearchAnswer, options: ViewOptions): readonly string[] {
  const words = texts[options.language]
  const byStatus = countBy(found, (position) => statusView(position, position.facts, options.language))
  const byStation = countBy(found, ({ station }) => nameView(station.name, options.language))
  const reader = momentReaderOf(options)
  const arrivals = found
    .flatMap(
      ({ facts: { arrival } }) => (filter.arrives ? arrivalMoment(arrival) : forecastIn(arrival)?.arrivesAt) ?? [],
    )
    .toSorted((a, b) => a.getTime() - b.getTime())
  const isDayOpen = filter.arrives === undefined || filter.arrives.from !== filter.arrives.to
  const sections = [
    groupView(words.byStatus, byStatus, options),
    groupView(words.byStation, byStation, options),
    ...(isDayOpen ? [groupView(words.byDay, inTurn(arrivals.map((at) => formatDay(at, reader))), options)] : []),
  ]
  return sections.filter((section) => section !== undefined).slice(0, 2)
}

/** Undefined for a single group, which adds no information. */
function groupView(
  title: string,
  groups: readonly (readonly [string, number])[],
  { language }: ViewOptions,
): string | undefined {
  if (groups.length < 2) return undefined
  const rest = groups.slice(mostGroups).reduce((sum, [, count]) => sum + count, 0)
  const lines = groups.slice(0, mostGroups).map(([name, count]) => `• ${name}: ${count}`)
  return [title, ...lines, ...(rest > 0 ? [texts[language].more(rest)] : [])].join('\n')
}

function itemView(position: FoundPosition, options: ViewOptions): string {
  const { language } = options
  const { container, kmLeft, facts } = position
  const idleness = idlenessView(facts.idleness, language)
  const isOver = facts.status === 'unloaded' || facts.status === 'at_destination'
  const details = [
    wayView(position, facts, language),
    ...(idleness === undefined ? [] : [idleness]),
    ...(kmLeft === null || isOver ? [] : [kmView(kmLeft, language)]),
    ...arrivalPart(facts, options),
    ...normPart(position, facts, options),
    ...(isAbsent(facts) ? [absenceView(position, options)] : []),
  ]
  return `${code(container)} ${statusView(position, facts, language)}\n${details.join(', ')}`
}

/** How many there are of each, in the order in which they come first. */
function inTurn(names: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
}
