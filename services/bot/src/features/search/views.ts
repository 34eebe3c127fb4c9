import { type FoundPosition, mostCandidates, type SearchResult } from '@atermtrack/data'
import { arrivalMoment, countBy, type Filter, forecastIn } from '@atermtrack/domain'
import { code, escapeHtml, lookupTexts, searchTexts as texts } from '@atermtrack/messages'
import { pageOf } from '../../text/pages.ts'
import { formatNumber, kmView } from '../lookup/card/distance.ts'
import { absenceView, isAbsent } from '../lookup/card/facts/absence.ts'
import { arrivalPart } from '../lookup/card/facts/arrival.ts'
import { countNorms, normPart } from '../lookup/card/facts/norm.ts'
import { statusView } from '../lookup/card/facts/status.ts'
import { idlenessView } from '../lookup/card/facts/idleness.ts'
import type { ViewOptions } from '../lookup/view-options.ts'
import { formatDay } from '../lookup/view-settings.ts'
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
const longestName = 40

/** How the question was understood, the number of containers, their groups, and a page of them. */
export function searchView(answer: SearchAnswer, options: ViewOptions): string {
  const { filter, found, isCut, page, unread, codes, freshness } = answer
  const words = texts[options.language]
  const shown = pageOf(entriesOf(found, filter), page, perPage)
  return [
    [
      words.understood(describeFilter(filter, options.language)),
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
  const byStation = countBy(found, ({ station }) => escapeHtml(station.name, longestName))
  const byDay = countBy(
    found.filter(({ facts: { arrival } }) => (filter.arrives ? arrivalMoment(arrival) : forecastIn(arrival))),
    (position) => dayOf(position, options),
  )
  const isDayOpen = filter.arrives === undefined || filter.arrives.from !== filter.arrives.to
  const sections = [
    countedView(words.byStatus, byStatus, options),
    countedView(words.byStation, byStation, options),
    ...(isDayOpen
      ? [
          countedView(
            words.byDay,
            byDay.toSorted(([a], [b]) => compareDays(a, b)),
            options,
          ),
        ]
      : []),
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
  const { container, station, destination, kmLeft, facts } = position
  const idleness = idlenessView(facts.idleness, language)
  const isOver = facts.status === 'unloaded' || facts.status === 'at_destination'
  const way = destination && !isOver ? ` → ${escapeHtml(destination.name, longestName)}` : ''
  const details = [
    `${escapeHtml(station.name, longestName)}${way}`,
    ...(idleness === undefined ? [] : [idleness]),
    ...(kmLeft === null || isOver ? [] : [kmView(kmLeft, language)]),
    ...arrivalPart(position, facts, options),
    ...normPart(position, facts, language),
    ...(isAbsent(facts) ? [absenceView(position, options)] : []),
  ]
  return `${code(container)} ${statusView(position, facts, language)}\n${details.join(', ')}`
}

/** `25.11.2026 (МСК)` */
function dayOf({ facts, zone: sourceZone }: FoundPosition, { zone = sourceZone }: ViewOptions): string {
  const moment = arrivalMoment(facts.arrival)
  return moment ? formatDay(moment, zone) : ''
}

function compareDays(a: string, b: string): number {
  const sortable = (day: string) => day.slice(6, 10) + day.slice(3, 5) + day.slice(0, 2)
  return sortable(a).localeCompare(sortable(b))
}
