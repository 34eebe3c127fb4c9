import {
  type ContainerLinks,
  currentLinks,
  type TerminalDeparture,
  type TerminalStay,
  type TrainLink,
} from '@atermtrack/data'
import {
  type ContainerNumber,
  formatWall,
  hasValidCheckDigit,
  type TerminalTransport,
  toInstant,
  type WallTime,
  zoneLabel,
} from '@atermtrack/domain'
import { bold, code, escapeHtml, type Language, lookupTexts as texts } from '@atermtrack/messages'
import type { ViewOptions } from '../view-options.ts'
import { formatDay, formatInstant } from '../view-settings.ts'

type LinksOptions = Pick<ViewOptions, 'language' | 'settings' | 'zone'>

const mostNamed = 30
/** Names in cells have no limit. */
const longestName = 60

/** A line for the terminal where a container stands or that it has left, and one for its train. */
export function linkLines({ stay, departure, train }: ContainerLinks, options: LinksOptions): readonly string[] {
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
    ...(by.station === undefined ? [] : [words.railStation(escapeHtml(by.station, longestName))]),
  ].join(', ')
}

/** The short card of a container that the railway has not seen. */
export function linksCardView(links: ContainerLinks, options: LinksOptions): string {
  const words = texts[options.language]
  const isSound = hasValidCheckDigit(links.container as ContainerNumber)
  return [
    bold(unseenTitle(links, options.language)),
    `📦 ${code(links.container)}`,
    ...(isSound ? [] : [words.checkTheNumber]),
    '',
    ...linkLines(currentLinks(links, undefined, options.settings), options),
  ].join('\n')
}

/** Records of the containers that the railway has not seen but others know, at most 30. */
export function notSeenView(known: readonly ContainerLinks[], options: LinksOptions): readonly string[] {
  if (known.length === 0) return []
  const words = texts[options.language]
  const rest = known.length - mostNamed
  const records = known
    .slice(0, mostNamed)
    .map((links) => currentLinks(links, undefined, options.settings))
    .map((links) => [`• ${code(links.container)}`, ...linkLines(links, options)].join('\n'))
  return ['', words.notSeen(known.length), ...records, ...(rest > 0 ? [words.more(rest)] : [])]
}

function stayView(stay: TerminalStay, { language, settings, zone: readersZone }: LinksOptions): string {
  const words = texts[language]
  const { terminal, arrivedWall, stock, direction, asOf } = stay
  const zone = stay.zone ?? settings.sourceZone
  const place = terminal === null ? words.atUnnamedTerminal : words.atTerminal(escapeHtml(terminal, longestName))
  const arrived = arrivedWall === null ? '' : ` ${words.since(formatTerminalWall(arrivedWall, zone))}`
  return [
    place + arrived,
    ...(stock === null ? [] : [words.stock(escapeHtml(stock, longestName))]),
    ...(direction === null ? [] : [words.direction(escapeHtml(direction, longestName))]),
    words.terminalAsOf(formatInstant(asOf, readersZone ?? zone)),
  ].join(', ')
}

function departureView(departure: TerminalDeparture, { language, settings, zone: readersZone }: LinksOptions): string {
  const words = texts[language]
  const { terminal, arrivedWall, leftWall, by, direction, asOf } = departure
  const zone = departure.zone ?? settings.sourceZone
  const transport = transportView(by, language)
  const left = [
    words.leftTerminal(terminal === null ? undefined : escapeHtml(terminal, longestName)),
    ...(leftWall === null ? [] : [formatTerminalWall(leftWall, zone)]),
  ].join(' ')
  return [
    transport === undefined ? left : `${left}, ${transport}`,
    ...(direction === null || by?.kind === 'truck' ? [] : [words.direction(escapeHtml(direction, longestName))]),
    ...(arrivedWall === null ? [] : [words.cameAt(formatTerminalWall(arrivedWall, zone))]),
    words.terminalAsOf(formatInstant(asOf, readersZone ?? zone)),
  ].join(', ')
}

/** A terminal's own time, with its zone. */
export function formatTerminalWall(wall: WallTime, zone: string): string {
  return `${formatWall(wall)} (${zoneLabel(zone, toInstant(wall, zone))})`
}

function trainView(
  { code: trainCode, destination, sentAt }: TrainLink,
  { language, settings, zone = settings.sourceZone }: LinksOptions,
): string {
  const words = texts[language]
  const title = words.terminalTrain(code(trainCode))
  const way = destination === null ? title : `${title} → ${escapeHtml(destination, longestName)}`
  return `${way}, ${words.listOf(formatDay(sentAt, zone))}`
}
