import { type ContainerLinks, currentLinks, factsOf, isBackAtTerminal, type PositionView } from '@atermtrack/data'
import { hasValidCheckDigit, type ContainerNumber, wagonType, type WagonNumber } from '@atermtrack/domain'
import {
  bold,
  code,
  escapeHtml,
  formatMoment,
  type Language,
  lookupTexts as texts,
  operationName,
  roadName,
  stationName,
} from '@atermtrack/messages'
import type { CardPart } from './card-parts.ts'
import { formatNumber, kmView } from './distance.ts'
import { ageView, isAbsent } from './facts/absence.ts'
import { arrivalLine } from './facts/arrival.ts'
import { idlenessLine } from './facts/idleness.ts'
import { normLine } from './facts/norm.ts'
import { statusView } from './facts/status.ts'
import { type OnRoute, progressBar, routeStrip } from './route.ts'
import { linkLines, unseenTitle } from './links.ts'
import { momentReaderOf, type ViewOptions } from '../view-options.ts'

/** Everything known about one container, as HTML. A missing value is shown as unknown; `links` add lines when there are any. */
export function cardView(position: OnRoute, options: ViewOptions, links?: ContainerLinks): string {
  const { language, settings, hidden = [] } = options
  const words = texts[language]
  const facts = factsOf(position, settings)
  const shown = (part: CardPart, line: string | undefined) => (hidden.includes(part) ? undefined : line)
  const current = links && currentLinks(links, position, settings)
  const isBack = current !== undefined && isBackAtTerminal(current, position, settings)
  const status = statusView(position, facts, language)
  const lines = [
    bold(isBack ? backView(current, language) : status),
    `📦 ${code(position.container)}`,
    hasValidCheckDigit(position.container as ContainerNumber) ? undefined : words.checkTheNumber,
    ...(isBack ? ['', ...linkLines(current, options), '', bold(words.formerTrip(status))] : []),
    '',
    shown('route', routeStrip(position, language)),
    shown('distance', facts.progress === undefined ? undefined : progressBar(facts.progress)),
    '',
    `${isBack || isAbsent(facts) ? words.lastSeen : words.now}: ${placeView(position, language)}`,
    shown('operation', `${words.operation}: ${operationView(position, options)}`),
    shown('idle', idlenessLine(facts.idleness, language)),
    shown('distance', `${words.left}: ${distanceView(position, language)}`),
    shown('forecast', arrivalLine(facts, options)),
    shown('forecast', normLine(position, facts, options)),
    shown('train', trainView(position, language)),
    shown('wagon', `${words.wagon}: ${wagonView(position, language)}`),
    shown('waybill', `${words.waybill}: ${position.waybill === null ? words.unknown : code(position.waybill)}`),
    ...(isBack || hidden.includes('ties') ? [] : linksView(current, options)),
    '',
    ageView(position, facts, options),
  ]
  return lines
    .filter((line) => line !== undefined)
    .filter((line, index, all) => line !== '' || all[index - 1] !== '')
    .join('\n')
}

/** The station with its road, as HTML. */
export function placeView({ station, roadName: road }: PositionView, language: Language): string {
  const name = bold(stationName(station.name, language))
  return road === null ? name : `${name}, ${escapeHtml(roadName(road, language))}`
}

/** The last operation and its time, as HTML. */
export function operationView(
  { operation, operatedAt }: PositionView,
  options: ViewOptions,
  write: typeof operationName = operationName,
): string {
  const name = escapeHtml(write(operation, options.language))
  return `${name}, ${formatMoment(operatedAt, momentReaderOf(options))}`
}

function distanceView({ kmLeft, kmTotal }: PositionView, language: Language): string {
  const distance = kmView(kmLeft, language)
  return kmLeft === null || kmTotal === null
    ? distance
    : `${distance} ${texts[language].of(formatNumber(kmTotal, language))}`
}

/** Undefined for a container that is not in a train. */
function trainView({ trainNumber, trainIndex }: PositionView, language: Language): string | undefined {
  const { train, trainIndex: index } = texts[language]
  if (trainNumber === null && trainIndex === null) return undefined
  const parts = [trainNumber && code(trainNumber), trainIndex && `${index} ${escapeHtml(trainIndex)}`]
  return `${train}: ${parts.filter(Boolean).join(', ')}`
}

function wagonView({ wagon }: PositionView, language: Language): string {
  const { unknown, wagonTypes } = texts[language]
  if (wagon === null) return unknown
  const type = wagonType(wagon as WagonNumber)
  return type === undefined ? code(wagon) : `${code(wagon)} (${wagonTypes[type]})`
}

function linksView(current: ContainerLinks | undefined, options: ViewOptions): readonly string[] {
  const lines = current ? linkLines(current, options) : []
  return lines.length > 0 ? ['', ...lines] : []
}

/** Of a container whose trip is over, the newest that is known: it stands at a terminal again, or has left it. */
function backView(links: ContainerLinks, language: Language): string {
  return links.stay ? texts[language].backAtTerminal : unseenTitle(links, language)
}
