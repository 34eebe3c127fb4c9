import { type ContainerTies, factsOf, type PositionFacts, type PositionView, type StationView } from '@atermtrack/data'
import {
  formatDuration,
  formatWallDate,
  hasValidCheckDigit,
  type ContainerNumber,
  type Language,
  toWall,
  wagonType,
  zoneLabel,
  type WagonNumber,
} from '@atermtrack/domain'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import { callbackData } from '../../callback-data.ts'
import { bold, code, escapeHtml } from '../../html.ts'
import { formatOperated, type ViewSettings } from './view-settings.ts'
import { freshnessView } from './freshness.ts'
import { texts } from './texts.ts'
import { currentTies, tiesLines } from './ties.ts'

export interface ViewOptions {
  readonly language: Language
  readonly now: Date
  readonly settings: ViewSettings
}

/** All that is known of one container, as HTML. What is not known is said to be unknown; `ties` have lines when there are any. */
export function cardView(position: PositionView, options: ViewOptions, ties?: ContainerTies): string {
  const { language, settings } = options
  const words = texts[language]
  const facts = factsOf(position, settings)
  const lines = [
    `📦 ${code(position.container)}`,
    bold(words.status[facts.status]),
    hasValidCheckDigit(position.container as ContainerNumber) ? undefined : words.checkTheNumber,
    '',
    `${words.route}: ${stationName(position.origin, words.unknown)} → ${stationName(position.destination, words.unknown)}`,
    `${words.now}: ${placeView(position)}`,
    `${words.operation}: ${escapeHtml(position.operation)}, ${formatOperated(position)}`,
    `${words.idle}: ${formatDuration(facts.idleMinutes, language)}`,
    `${words.left}: ${distanceView(position, facts, language)}`,
    `${words.forecast}: ${forecastView(position, facts, language)}`,
    trainView(position, language),
    `${words.wagon}: ${wagonView(position, language)}`,
    `${words.waybill}: ${position.waybill === null ? words.unknown : code(position.waybill)}`,
    ...tiesView(ties, position, options),
    '',
    freshnessView(position, options),
  ]
  return lines.filter((line) => line !== undefined).join('\n')
}

export function cardKeyboard(container: string, language: Language): InlineKeyboardMarkup {
  const { refresh, subscribe } = texts[language]
  return {
    inline_keyboard: [
      [
        { text: refresh, callback_data: callbackData('card', container) },
        { text: subscribe, callback_data: callbackData('sub-new', container) },
      ],
    ],
  }
}

/** `5 432 км`, or that it is unknown. */
export function kmView(kmLeft: number | null, language: Language): string {
  const { km, unknown } = texts[language]
  return kmLeft === null ? unknown : `${kmLeft.toLocaleString(language === 'ru' ? 'ru-RU' : 'en-GB')} ${km}`
}

function stationName(station: StationView | undefined, unknown: string): string {
  return station ? escapeHtml(station.name) : unknown
}

function placeView({ station, roadName }: PositionView): string {
  return roadName === null ? bold(station.name) : `${bold(station.name)}, ${escapeHtml(roadName)}`
}

function distanceView({ kmLeft }: PositionView, { progress }: PositionFacts, language: Language): string {
  const distance = kmView(kmLeft, language)
  return progress === undefined || kmLeft === null ? distance : `${distance} (${texts[language].ofTheWay(progress)})`
}

function forecastView({ zone }: PositionView, { forecast }: PositionFacts, language: Language): string {
  const words = texts[language]
  if (!forecast) return words.unknown
  if (forecast.days === 0) return words.atPlace
  const days = forecast.days.toLocaleString(language === 'ru' ? 'ru-RU' : 'en-GB')
  const date = `${formatWallDate(toWall(forecast.arrivesAt, zone))} (${zoneLabel(zone, forecast.arrivesAt)})`
  return `${date}, ${words.days(days)}`
}

/** A container that rides in no train has no such line. */
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

function tiesView(ties: ContainerTies | undefined, position: PositionView, options: ViewOptions): readonly string[] {
  const lines = ties ? tiesLines(currentTies(ties, position, options), options) : []
  return lines.length > 0 ? ['', ...lines] : []
}
