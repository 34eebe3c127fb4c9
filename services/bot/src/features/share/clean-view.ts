import {
  type ContainerLinks,
  factsOf,
  type PositionFacts,
  type PositionStatus,
  type PositionView,
  type TrainView,
} from '@atermtrack/data'
import { clipText, countBy, toInstant, type WallTime } from '@atermtrack/domain'
import {
  code,
  escapeHtml,
  formatDate,
  formatDateStamp,
  formatDateTime,
  formatDayRange,
  type Language,
  type MomentReader,
  shareTexts as texts,
  stationName,
  toPlainText,
} from '@atermtrack/messages'
import { placeView } from '../lookup/card/card.ts'
import { kmView } from '../lookup/card/distance.ts'
import { freshestOf, type Freshness } from '../lookup/freshness.ts'
import { nameView } from '../lookup/card/way.ts'
import { momentReaderOf, type ViewOptions } from '../lookup/view-options.ts'
import type { TrainSnapshot } from '../trains/train-snapshot.ts'

/** A position, or what a terminal says of a container that the railway has not seen. */
export type CleanSubject = PositionView | ContainerLinks

type CleanOptions = Pick<ViewOptions, 'language' | 'now' | 'settings' | 'zone'>

/** A state as somebody outside reads it: what the railway does with its trains and reports is no news to a client. */
type CleanState = 'at_origin' | 'under_way' | 'delayed' | 'arrived' | 'unloaded'

const cleanStates: Readonly<Record<PositionStatus, CleanState>> = {
  at_origin: 'at_origin',
  en_route: 'under_way',
  standing: 'under_way',
  missing: 'under_way',
  dropped: 'under_way',
  abandoned: 'delayed',
  at_destination: 'arrived',
  unloaded: 'unloaded',
}

/** What is said is good for so long after the moment of the data. */
const validMs = 24 * 3_600_000
const longestName = 60
const mostPlaces = 8

/**
 * A container for somebody outside, as HTML: where it is, how far it has to go and when it comes. It holds no wagon, train, waybill,
 * client, norm or remark of ours.
 */
export function cleanCard(subject: CleanSubject, options: CleanOptions): string {
  return [recordOf(subject, options), '', ageLine([subject], options)].join('\n')
}

/** Several containers, a paragraph each, and the age of the data once. */
export function cleanList(subjects: readonly CleanSubject[], options: CleanOptions): string {
  return [...subjects.map((subject) => recordOf(subject, options)), ageLine(subjects, options)].join('\n\n')
}

/** A train as a whole: how many of its containers are where, and when they come. */
export function cleanTrain(
  { code: trainCode, destination }: Pick<TrainView, 'code' | 'destination'>,
  snapshot: TrainSnapshot,
  options: CleanOptions,
): string {
  const words = texts[options.language]
  const seen = snapshot.containers.flatMap(({ state, position }) =>
    position && state !== 'other_trip' && state !== 'unseen' ? [{ state, position }] : [],
  )
  const states = countBy(seen, ({ state }) => cleanStates[state])
  const places = countBy(seen, ({ position }) => position.station.name).slice(0, mostPlaces)
  return [
    words.train(escapeHtml(trainCode), destination === null ? undefined : nameView(destination, options.language)),
    words.containers(snapshot.containers.length - snapshot.onOtherTrips),
    ...(seen.length === 0
      ? [words.notOnRailway]
      : states.map(([state, count]) => `• ${words.states[state]}: ${count}`)),
    ...(places.length > 0
      ? ['', words.places, ...places.map(([name, count]) => `• ${nameView(name, options.language)}: ${count}`)]
      : []),
    ...trainForecast(snapshot, options),
    ...(seen.length > 0
      ? [
          '',
          ageLine(
            seen.map(({ position }) => position),
            options,
          ),
        ]
      : []),
  ].join('\n')
}

/** `🚂 в пути, Чита I`, for the list of results. */
export function shortState(subject: CleanSubject, options: CleanOptions): string {
  const { language, settings } = options
  if (!isSeen(subject)) return visitLines(subject, options).slice(0, 2).map(toPlainText).join(', ')
  const position = subject
  return `${stateView(factsOf(position, settings), language)}, ${clipText(stationName(position.station.name, language), longestName)}`
}

/** Whether there is something to say of a container: the list of a train alone says nothing to somebody outside. */
export function isShareable(subject: CleanSubject): boolean {
  return isSeen(subject) || (subject.stay ?? subject.departure) !== undefined
}

function recordOf(subject: CleanSubject, options: CleanOptions): string {
  const lines = isSeen(subject) ? factLines(subject, options) : visitLines(subject, options)
  return [`📦 ${code(subject.container)}`, ...lines].join('\n')
}

function isSeen(subject: CleanSubject): subject is PositionView {
  return 'station' in subject
}

/** A container that the railway has not seen, as a terminal describes it. */
function visitLines({ stay, departure }: ContainerLinks, options: CleanOptions): readonly string[] {
  const { language, settings } = options
  const visit = stay ?? departure
  if (!visit) return []
  const words = texts[language]
  const reader = momentReaderOf(options)
  const day = (wall: WallTime) => formatDate(toInstant(wall, visit.zone ?? settings.sourceZone), reader)
  const state = stay ? 'at_terminal' : departure?.by?.kind === 'truck' ? 'trucked' : 'left_terminal'
  const when = stay
    ? stay.arrivedWall && words.since(day(stay.arrivedWall))
    : departure?.leftWall && day(departure.leftWall)
  const place = words.terminal(visit.terminal === null ? undefined : escapeHtml(visit.terminal, longestName))
  return [
    words.states[state],
    when ? `${place}, ${when}` : place,
    ...(visit.direction === null ? [] : [words.direction(nameView(visit.direction, language))]),
  ]
}

function factLines(position: PositionView, options: CleanOptions): readonly string[] {
  const { language, settings } = options
  const reader = momentReaderOf(options)
  const words = texts[language]
  const facts = factsOf(position, settings)
  const { origin, destination, kmLeft } = position
  const isOver = facts.status === 'unloaded' || facts.status === 'at_destination'
  const way = [origin, destination].flatMap((end) => (end ? [nameView(end.name, language)] : []))
  return [
    stateView(facts, language),
    ...(way.length === 2 ? [way.join(' → ')] : []),
    // The message may be read on another day, so no day is called today.
    words.place(placeView(position, language), formatDateTime(position.operatedAt, reader)),
    ...(isOver || kmLeft === null ? [] : [words.left(kmView(kmLeft, language))]),
    ...arrivalLines(facts, reader),
  ]
}

function stateView({ status }: Pick<PositionFacts, 'status'>, language: Language): string {
  return texts[language].states[cleanStates[status]]
}

/** A forecast without its error and without what it rests on; none where nothing is known. */
function arrivalLines({ arrival }: Pick<PositionFacts, 'arrival'>, reader: MomentReader): readonly string[] {
  const words = texts[reader.language]
  if (arrival.kind === 'arrived') return arrival.at ? [words.arrivedAt(formatDateTime(arrival.at, reader))] : []
  if (arrival.kind === 'unknown' || arrival.kind === 'at_place') return []
  if (arrival.kind === 'not_before') return [words.notBefore(formatDate(arrival.arrivesAt, reader))]
  const { measured, arrivesAt } = arrival
  return [words.expected(measured ? formatDayRange(measured, reader) : formatDate(arrivesAt, reader))]
}

function trainForecast({ window, arrivals }: TrainSnapshot, options: CleanOptions): readonly string[] {
  const words = texts[options.language]
  const reader = momentReaderOf(options)
  if (window) return ['', words.expected(formatDayRange(window, reader))]
  if (!arrivals) return []
  const { from, to } = arrivals
  const days = new Set([from, to].map(({ at }) => formatDate(at, reader)))
  const text = [...days].join(' – ')
  return ['', from.isEarliest ? words.notBefore(text) : words.expected(text)]
}

/** The moment of the data, and until when they hold. */
function ageLine(subjects: readonly CleanSubject[], options: CleanOptions): string {
  const { language, now } = options
  const words = texts[language]
  const reader = momentReaderOf(options)
  const ofRailway = freshestOf<Freshness>(subjects.filter(isSeen))
  const visits = subjects.map((subject) => (isSeen(subject) ? undefined : (subject.stay ?? subject.departure)))
  const ofTerminal = freshestOf<Freshness>(visits.map(freshnessOf))
  // The railway and the terminal report at different times: the older of both holds for all that is said.
  const [stamp] = [ofRailway, ofTerminal]
    .flatMap((one) => one?.asOf ?? [])
    .toSorted((a, b) => a.getTime() - b.getTime())
  if (!stamp) return words.noData
  const until = new Date(stamp.getTime() + validMs)
  const asOf = formatDateStamp(stamp, reader)
  return until > now ? words.valid(asOf, formatDateTime(until, reader)) : words.outdated(asOf)
}

function freshnessOf(visit: { readonly asOf: Date } | undefined): Freshness | undefined {
  return visit && { asOf: visit.asOf, confirmedAt: null }
}
