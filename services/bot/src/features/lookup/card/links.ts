import { type ContainerLinks, currentLinks, type TerminalStay, type TrainLink } from '@atermtrack/data'
import { type ContainerNumber, formatWall, hasValidCheckDigit, toInstant, zoneLabel } from '@atermtrack/domain'
import { bold, code, escapeHtml, lookupTexts as texts } from '@atermtrack/messages'
import type { ViewOptions } from '../view-options.ts'
import { formatDay, formatInstant } from '../view-settings.ts'

type LinksOptions = Pick<ViewOptions, 'language' | 'settings' | 'zone'>

const mostNamed = 30
/** Names in cells have no limit. */
const longestName = 60

/** A line for the terminal where a container stands and one for its train. */
export function linkLines({ stay, train }: ContainerLinks, options: LinksOptions): readonly string[] {
  return [...(stay ? [stayView(stay, options)] : []), ...(train ? [trainView(train, options)] : [])]
}

/** The short card of a container that the railway has not seen. */
export function linksCardView(links: ContainerLinks, options: LinksOptions): string {
  const words = texts[options.language]
  const isSound = hasValidCheckDigit(links.container as ContainerNumber)
  return [
    bold(words.notSeenOne),
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
  const arrived =
    arrivedWall === null
      ? ''
      : ` ${words.since(`${formatWall(arrivedWall)} (${zoneLabel(zone, toInstant(arrivedWall, zone))})`)}`
  return [
    place + arrived,
    ...(stock === null ? [] : [words.stock(escapeHtml(stock, longestName))]),
    ...(direction === null ? [] : [words.direction(escapeHtml(direction, longestName))]),
    words.terminalAsOf(formatInstant(asOf, readersZone ?? zone)),
  ].join(', ')
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
