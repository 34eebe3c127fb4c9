import { type events, mostOwn } from '@atermtrack/data'
import { type EventKind, eventKinds, parseContainerNumber, severities } from '@atermtrack/domain'
import {
  changesTexts as texts,
  code,
  escapeHtml,
  formatDateTime,
  formatNumber,
  type Language,
  stationName,
} from '@atermtrack/messages'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import { openCard } from '../lookup/actions.ts'
import { nameView } from '../lookup/card/way.ts'
import { momentReaderOf, type ViewOptions } from '../lookup/view-options.ts'

export interface ChangesAnswer {
  readonly containers: number
  readonly groups: readonly events.ChangeGroup[]
  readonly since: Date
  readonly trains: readonly string[]
  readonly destinations: readonly string[]
  /** About the person's own subscriptions. */
  readonly isOwn: boolean
  /** These are about more containers than are looked at. */
  readonly isCut: boolean
  /** Asked since the last report, of which there is none. */
  readonly lacksReport: boolean
  /** By how many hours a forecast has moved at least. */
  readonly forecastMovedHours: number
  /** The lines that say how old the data are. */
  readonly freshness: string
}

const mostStations = 4
const mostNames = 5
const longestName = 40
/** A group of so few containers shows their numbers. */
const fewContainers = 2
const mostCards = 4

const order = { urgent: 0, usual: 1, quiet: 2 } as const
const marks = { urgent: '❗️', usual: '▪️', quiet: '▫️' } as const

/** The changes, the most urgent kinds first: how many, where, and which containers stand alone. */
export function changesView(answer: ChangesAnswer, options: ViewOptions): string {
  const words = texts[options.language]
  const { containers, groups, since, freshness } = answer
  const title = words.title(formatDateTime(since, momentReaderOf(options)), subjectView(answer, options))
  const lines = kindsIn(groups).map((kind) => kindView(kind, answer, options))
  const notes = [
    ...(answer.lacksReport ? [words.noReport] : []),
    ...(answer.isCut ? [words.cut(formatNumber(mostOwn, options.language))] : []),
  ]
  return [
    [title, ...notes].join('\n'),
    ...(lines.length === 0 ? [words.nothing] : [words.total(containers), lines.join('\n')]),
    freshness,
  ].join('\n\n')
}

/** Cards of the containers of the most urgent kinds. */
export function changesKeyboard({ groups }: ChangesAnswer): InlineKeyboardMarkup {
  const ordered = kindsIn(groups).flatMap((kind) => groups.filter((group) => group.kind === kind).toReversed())
  const numbers = [...new Set(ordered.flatMap(({ containers }) => containers))].slice(0, mostCards)
  const buttons = numbers.flatMap((number) => {
    const container = parseContainerNumber(number)
    return container ? [openCard.button(`📦 ${container}`, { container })] : []
  })
  return { inline_keyboard: [buttons.slice(0, 2), buttons.slice(2)].filter((row) => row.length > 0) }
}

function subjectView({ trains, destinations, isOwn }: ChangesAnswer, { language }: ViewOptions): string {
  const words = texts[language]
  const list = (names: readonly string[]) => escapeHtml(names.slice(0, mostNames).join(', '), longestName * mostNames)
  const named = [
    ...(trains.length > 0 ? [words.trains(list(trains))] : []),
    ...(destinations.length > 0
      ? [words.destinations(list(destinations.map((name) => stationName(name, language))))]
      : []),
  ]
  if (named.length > 0) return named.join(', ')
  return isOwn ? words.own : words.everything
}

function kindsIn(groups: readonly events.ChangeGroup[]): readonly EventKind[] {
  const known = new Set(groups.map(({ kind }) => kind))
  return eventKinds.filter((kind) => known.has(kind)).toSorted((a, b) => order[severities[a]] - order[severities[b]])
}

function kindView(kind: EventKind, { groups, forecastMovedHours }: ChangesAnswer, { language }: ViewOptions): string {
  const words = texts[language]
  const name = kind === 'forecast_moved' ? words.forecastMoved(forecastMovedHours) : words.kinds[kind]
  const own = groups.filter((group) => group.kind === kind)
  const total = own.reduce((sum, { count }) => sum + count, 0)
  const places = own.slice(0, mostStations).map((group) => groupView(group, language))
  const more = own.slice(mostStations).reduce((sum, { count }) => sum + count, 0)
  const where = [...places, ...(more > 0 ? [words.others(more)] : [])].filter((place) => place !== '')
  return `${marks[severities[kind]]} ${name}: <b>${total}</b>${where.length > 0 ? ` · ${where.join(', ')}` : ''}`
}

function groupView({ station, count, containers }: events.ChangeGroup, language: Language): string {
  const numbers = count <= fewContainers ? containers.map((container) => code(container)).join(', ') : ''
  if (station === null) return numbers
  const name = nameView(station, language)
  return numbers === '' ? `${name} ${count}` : `${name} (${numbers})`
}
