import { type FoundPosition, mostCandidates, type SearchResult } from '@atermtrack/data'
import { arrivalMoment, countBy, type Filter, forecastIn } from '@atermtrack/domain'
import { code, escapeHtml, formatDay, lookupTexts, searchTexts as texts } from '@atermtrack/messages'
import { pageOf } from '../../text/pages.ts'
import { formatNumber, kmView } from '../lookup/card/distance.ts'
import { absenceView, isAbsent } from '../lookup/card/facts/absence.ts'
import { arrivalPart } from '../lookup/card/facts/arrival.ts'
import { countNorms, normPart } from '../lookup/card/facts/norm.ts'
import { statusView } from '../lookup/card/facts/status.ts'
import { idlenessView } from '../lookup/card/facts/idleness.ts'
import { nameView, wayView } from '../lookup/card/way.ts'
import { momentReaderOf, type ViewOptions } from '../lookup/view-options.ts'
import { changesOf } from './changes.ts'
import { describeFilter } from './describe-filter.ts'
import { groupView, type TrainCodes } from './group-view.ts'
import { farView } from './km-view.ts'
import { entriesOf, isGroup } from './train-groups.ts'

export interface SearchAnswer extends SearchResult {
  readonly filter: Filter
  /** From 0; a number beyond the last page shows the last page. */
  readonly page: number
  /** Words of the question that were not understood. */
  readonly unread: readonly string[]
  /** Of the containers of trains on the page, or of one that is asked for. */
  readonly codes: TrainCodes
  /** The lines that say how old the data are. */
  readonly freshness: string
}

/** Lines of a list: containers, or trains with many. */
export const perPage = 10
const mostGroups = 8

/** How the question was understood, the number of containers, their groups, and a page of them. */
export function searchView(answer: SearchAnswer, options: ViewOptions): string {
  const { filter, found, isCut, page, unread, codes, freshness } = answer
  const words = texts[options.language]
  const shown = pageOf(entriesOf(found, filter), page, perPage)
  return [
    [
      words.understood(describeFilter(filter, options)),
      ...(unread.length > 0 ? [words.unread(escapeHtml(unread.join(', ')))] : []),
    ].join('\n'),
    ...(found.length === 0
      ? [nothingView(filter, options)]
      : [
          [
            words.found(found.length),
            ...(filter.asksKm ? farView(found, options.language) : []),
            ...normView(answer, options),
          ].join('\n'),
          ...groupViews(answer, options),
        ]),
    ...(isCut ? [words.cut(formatNumber(mostCandidates, options.language))] : []),
    ...shown.rows.map((entry) => (isGroup(entry) ? groupView(entry, codes, options) : itemView(entry, options))),
    freshness,
  ].join('\n\n')
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
    countedView(words.byStatus, byStatus, options),
    countedView(words.byStation, byStation, options),
    ...(isDayOpen ? [countedView(words.byDay, inTurn(arrivals.map((at) => formatDay(at, reader))), options)] : []),
  ]
  return sections.filter((section) => section !== undefined).slice(0, 2)
}

/** Undefined for a single group, which adds no information. */
function countedView(
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
