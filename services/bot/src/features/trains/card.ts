import type { TrainView } from '@atermtrack/data'
import type { Counts } from '@atermtrack/domain'
import {
  code,
  escapeHtml,
  formatDate,
  formatDateTime,
  type Language,
  lookupTexts,
  type MomentReader,
  picturesTexts,
  shareTexts,
  trainCorrectionsTexts,
  trainsTexts as texts,
} from '@atermtrack/messages'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import { kmView } from '../lookup/card/distance.ts'
import { absenceView } from '../lookup/card/facts/absence.ts'
import { measuredView } from '../lookup/card/facts/arrival.ts'
import { nameView } from '../lookup/card/way.ts'
import { momentReaderOf, type ViewOptions } from '../lookup/view-options.ts'
import * as actions from './actions.ts'
import { shareTrain } from '../share/actions.ts'
import { correctTrain } from './correcting/actions.ts'
import type { Arrival, ContainerState, Range, TrainContainer, TrainSnapshot } from './train-snapshot.ts'

export interface TrainViewOptions extends ViewOptions {
  /** Names of clients are for some readers only. */
  readonly showClients: boolean
  /** Correcting a train is for some readers only. */
  readonly mayCorrect?: boolean
  /** Passing it on to somebody outside is for those with access. */
  readonly mayShare?: boolean
}

const mostGroups = 8
const mostOdd = 12
const mostRailTrains = 2
/** Names in cells have no limit, but a card is one message. */
const longestName = 60

/** The card of a train, as HTML; `freshness` is the line that says how old the data are. */
export function trainCardView(
  train: TrainView,
  snapshot: TrainSnapshot,
  freshness: string,
  options: TrainViewOptions,
): string {
  return [
    headView(train, snapshot, options),
    section(
      texts[options.language].whereTitle,
      countLines(snapshot.stations, (name) => nameView(name, options.language), options.language),
    ),
    section(texts[options.language].statesTitle, stateLines(snapshot, options.language)),
    section(lookupTexts[options.language].byNorm, normLines(snapshot, options.language)),
    section(texts[options.language].oddTitle(snapshot.odd.length), oddLines(snapshot.odd, options)),
    clientsView(snapshot, options),
    wayView(snapshot, options),
    freshness,
  ]
    .filter((part) => part !== undefined)
    .join('\n\n')
}

export function trainKeyboard(
  trainCode: string,
  { language, showClients, mayCorrect = false, mayShare = false }: TrainViewOptions,
): InlineKeyboardMarkup {
  const words = texts[language]
  const train = { trainCode }
  return {
    inline_keyboard: [
      [actions.refreshTrain.button(words.refresh, train), actions.sendTrainWorkbook.button(words.excel, train)],
      [actions.drawTrain.button(picturesTexts[language].buttons.route, train)],
      [
        ...(showClients ? [actions.showClients.button(words.byClients, train)] : []),
        actions.showContainers.button(words.allContainers, train),
      ],
      [
        actions.subscribeToTrain.button(words.subscribe, train),
        ...(mayCorrect ? [correctTrain.button(trainCorrectionsTexts[language].correct, train)] : []),
      ],
      ...(mayShare ? [[shareTrain.button(shareTexts[language].button, train)]] : []),
    ],
  }
}

/** `🚂 Поезд К25-073 → Селятино` */
export function trainTitle(
  { code: trainCode, destination }: Pick<TrainView, 'code' | 'destination'>,
  language: Language,
): string {
  const words = texts[language]
  return destination === null
    ? words.titleOnly(escapeHtml(trainCode))
    : words.title(escapeHtml(trainCode), nameView(destination, language))
}

export function stateView(state: ContainerState, language: Language): string {
  return state === 'unseen' || state === 'other_trip'
    ? texts[language].state[state]
    : lookupTexts[language].status[state]
}

export function clientView(client: string | undefined, language: Language): string {
  return client === undefined ? texts[language].noClient : escapeHtml(client, longestName)
}

function headView(
  train: TrainView,
  { containers, seen, onOtherTrips, railTrains }: TrainSnapshot,
  options: TrainViewOptions,
): string {
  const { language } = options
  const words = texts[language]
  const size = seen === 0 ? words.noneSeen(containers.length) : words.seen(seen, containers.length)
  return [
    trainTitle(train, language),
    ...(train.transshipmentStation === null
      ? []
      : [words.transshipment(nameView(train.transshipmentStation, language))]),
    ...railTrains
      .slice(0, mostRailTrains)
      .map(([name, count]) => words.railTrain(escapeHtml(name, longestName), count)),
    words.listOf(formatDateTime(train.sentAt, momentReaderOf(options))),
    containers.length === 0 ? words.emptyList : size,
    ...(onOtherTrips === 0 ? [] : [words.onOtherTrips(onOtherTrips)]),
  ].join('\n')
}

function section(title: string, lines: readonly string[]): string | undefined {
  return lines.length === 0 ? undefined : [title, ...lines].join('\n')
}

/** Empty when no container has been seen, because the head says so. */
function stateLines({ states, seen }: TrainSnapshot, language: Language): readonly string[] {
  return seen === 0 ? [] : countLines(states, (state) => stateView(state, language), language)
}

function normLines({ norms }: TrainSnapshot, language: Language): readonly string[] {
  return countLines(norms, (group) => lookupTexts[language].normGroups[group], language)
}

function countLines<T>(counts: Counts<T>, view: (item: T) => string, language: Language): readonly string[] {
  const rest = counts.length - mostGroups
  const lines = counts.slice(0, mostGroups).map(([item, count]) => `• ${view(item)}: ${count}`)
  return rest > 0 ? [...lines, texts[language].more(rest)] : lines
}

function oddLines(odd: readonly TrainContainer[], options: ViewOptions): readonly string[] {
  const rest = odd.length - mostOdd
  const lines = odd.slice(0, mostOdd).map((one) => `• ${oddView(one, options)}`)
  return rest > 0 ? [...lines, texts[options.language].more(rest)] : lines
}

function oddView({ container, state, position }: TrainContainer, options: ViewOptions): string {
  const isLost = state === 'missing' || state === 'dropped'
  return [
    code(container),
    stateView(state, options.language),
    ...(position && isLost ? [absenceView(position, options)] : []),
    ...(position ? [nameView(position.station.name, options.language)] : []),
  ].join(', ')
}

function clientsView(
  { clients, containers }: TrainSnapshot,
  { language, showClients }: TrainViewOptions,
): string | undefined {
  const words = texts[language]
  if (containers.length === 0) return undefined
  if (showClients)
    return section(
      words.clientsTitle,
      countLines(clients, (name) => clientView(name, language), language),
    )
  const counts = clients.slice(0, mostGroups).map(([, count]) => count)
  return words.clientCounts(clients.length, counts.join(', ') + (clients.length > mostGroups ? ', …' : ''))
}

/** Undefined for a train that has arrived as a whole. */
function wayView({ km, arrivals, window }: TrainSnapshot, options: TrainViewOptions): string | undefined {
  const { language } = options
  const words = texts[language]
  const days = window
    ? measuredView(window, momentReaderOf(options))
    : arrivals && arrivalRange(arrivals, momentReaderOf(options))
  const lines = [
    ...(km ? [`${words.left}: ${kmRange(km, language)}`] : []),
    ...(days === undefined ? [] : [`${words.forecast}: ${days}`]),
  ]
  return lines.length === 0 ? undefined : lines.join('\n')
}

function kmRange({ from, to }: Range<number>, language: Language): string {
  return from === to ? kmView(from, language) : `${kmView(from, language)} – ${kmView(to, language)}`
}

function arrivalRange({ from, to }: Range<Arrival>, reader: MomentReader): string {
  const days = [...new Set([from, to].map(({ at }) => formatDate(at, reader)))].join(' – ')
  return from.isEarliest ? lookupTexts[reader.language].notBefore(days) : days
}
