import {
  type ContainerLinks,
  currentLinks,
  stockBoxes,
  type TerminalDeparture,
  type TerminalStay,
  type TrainLink,
} from '@atermtrack/data'
import { type ContainerNumber, hasValidCheckDigit, type TerminalTransport, toInstant } from '@atermtrack/domain'
import {
  bold,
  code,
  escapeHtml,
  formatDate,
  formatDateTime,
  formatMoment,
  type Language,
  lookupTexts as texts,
  stockName,
  terminalsTexts,
  zoneLine,
} from '@atermtrack/messages'
import { momentReaderOf, type ViewOptions } from '../view-options.ts'
import { storageParts } from './facts/storage.ts'
import { nameView } from './way.ts'

const mostNamed = 30
/** Names in cells have no limit. */
const longestName = 60

/** A line for the terminal where a container stands or that it has left, and one for its train. */
export function linkLines({ stay, departure, train }: ContainerLinks, options: ViewOptions): readonly string[] {
  return [
    ...(stay ? [stayView(stay, options)] : []),
    ...(departure ? [departureView(departure, options)] : []),
    ...(train ? [trainView(train, options)] : []),
  ]
}

/** What is known first of a container that the railway has not seen: it stands somewhere, or how it has left. */
export function unseenTitle({ departure }: ContainerLinks, language: Language): string {
  const words = texts[language]
  if (!departure) return words.notSeenOne
  return departure.by?.kind === 'truck' ? words.leftByTruckOne : words.leftOne
}

/** `по железной дороге, вагон 58955428, станция Селятино`; undefined where no report says it. */
export function transportView(by: TerminalTransport | undefined, language: Language): string | undefined {
  const words = texts[language]
  if (!by) return undefined
  if (by.kind === 'truck') return words.byTruck
  return [
    words.byRail,
    ...(by.wagon === undefined ? [] : [words.onWagon(code(by.wagon))]),
    ...(by.station === undefined ? [] : [words.railStation(nameView(by.station, language))]),
  ].join(', ')
}

/** The short card of a container that the railway has not seen. */
export function linksCardView(links: ContainerLinks, options: ViewOptions): string {
  const words = texts[options.language]
  const isSound = hasValidCheckDigit(links.container as ContainerNumber)
  return [
    bold(unseenTitle(links, options.language)),
    `📦 ${code(links.container)}`,
    ...(isSound ? [] : [words.checkTheNumber]),
    '',
    ...linkLines(currentLinks(links, undefined, options.settings), options),
    '',
    zoneLine(momentReaderOf(options)),
  ].join('\n')
}

/** Records of the containers that the railway has not seen but others know, at most 30. */
export function notSeenView(known: readonly ContainerLinks[], options: ViewOptions): readonly string[] {
  if (known.length === 0) return []
  const words = texts[options.language]
  const rest = known.length - mostNamed
  const records = known
    .slice(0, mostNamed)
    .map((links) => currentLinks(links, undefined, options.settings))
    .map((links) => [`• ${code(links.container)}`, ...linkLines(links, options)].join('\n'))
  return ['', words.notSeen(known.length), ...records, ...(rest > 0 ? [words.more(rest)] : [])]
}

function stayView(stay: TerminalStay, options: ViewOptions): string {
  const { language, settings } = options
  const words = texts[language]
  const reader = momentReaderOf(options)
  const { terminal, arrivedWall, stock, direction, asOf } = stay
  const zone = stay.zone ?? settings.sourceZone
  const place = terminal === null ? words.atUnnamedTerminal : words.atTerminal(escapeHtml(terminal, longestName))
  const arrived = arrivedWall === null ? '' : ` ${words.since(formatDateTime(toInstant(arrivedWall, zone), reader))}`
  return [
    place + arrived,
    ...onSiteParts(stay, options),
    ...(stock === null ? [] : [escapeHtml(stockName(stock, language), longestName)]),
    ...(direction === null ? [] : [words.direction(nameView(direction, language))]),
    words.terminalAsOf(formatDateTime(asOf, reader)),
  ].join(', ')
}

/** `гружёный`, `стоит 17 сут`, `платно 8 сут`, `на таможне`, in the words of the lists of a terminal. */
function onSiteParts(stay: TerminalStay, { language, settings }: ViewOptions): readonly string[] {
  const { condition, box } = terminalsTexts[language]
  const counted = { ...stay, asOf: stay.reportedAt }
  return [
    ...(stay.isLoaded === null ? [] : [stay.isLoaded ? box.loaded : box.empty]),
    ...storageParts({ ...counted, storage: stockBoxes.storageOfStay(counted, settings.freeDays) }, language),
    ...(stay.isAtCustoms === true ? [condition.customs] : []),
    ...(stay.isDamaged === true ? [box.damaged] : []),
  ]
}

function departureView(departure: TerminalDeparture, options: ViewOptions): string {
  const { language, settings } = options
  const words = texts[language]
  const reader = momentReaderOf(options)
  const { terminal, arrivedWall, leftWall, by, direction, asOf } = departure
  const zone = departure.zone ?? settings.sourceZone
  const transport = transportView(by, language)
  const left = [
    words.leftTerminal(terminal === null ? undefined : escapeHtml(terminal, longestName)),
    ...(leftWall === null ? [] : [formatMoment(toInstant(leftWall, zone), reader)]),
  ].join(' ')
  return [
    transport === undefined ? left : `${left}, ${transport}`,
    ...(direction === null || by?.kind === 'truck' ? [] : [words.direction(nameView(direction, language))]),
    ...(arrivedWall === null ? [] : [words.cameAt(formatMoment(toInstant(arrivedWall, zone), reader))]),
    words.terminalAsOf(formatDateTime(asOf, reader)),
  ].join(', ')
}

function trainView({ code: trainCode, destination, sentAt }: TrainLink, options: ViewOptions): string {
  const { language } = options
  const words = texts[language]
  const title = words.terminalTrain(code(trainCode))
  const way = destination === null ? title : `${title} → ${nameView(destination, language)}`
  return `${way}, ${words.listOf(formatDate(sentAt, momentReaderOf(options)))}`
}
