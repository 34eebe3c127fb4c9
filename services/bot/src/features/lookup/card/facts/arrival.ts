import type { PositionFacts, PositionView } from '@atermtrack/data'
import { type MeasuredForecast, zoneLabel } from '@atermtrack/domain'
import { formatDayRange, type Language, lookupTexts as texts } from '@atermtrack/messages'
import { capitalise } from '../../../../text/capitalise.ts'
import { formatNumber } from '../distance.ts'
import { arrivedPart } from './norm.ts'
import type { ViewOptions } from '../../view-options.ts'
import { formatDay, formatInstant } from '../../view-settings.ts'

type Options = Pick<ViewOptions, 'language' | 'zone'>

/** The line of a card about the arrival, as a fact or as a forecast; undefined when the status says everything. */
export function arrivalLine(
  { zone: sourceZone }: Pick<PositionView, 'zone'>,
  facts: Pick<PositionFacts, 'arrival' | 'norm'>,
  { language, zone = sourceZone }: Options,
): string | undefined {
  const { arrival } = facts
  const words = texts[language]
  if (arrival.kind === 'arrived') {
    if (!arrival.at) return undefined
    return capitalise(
      [words.arrivedAt(formatInstant(arrival.at, sourceZone)), ...arrivedPart(facts, language)].join(', '),
    )
  }
  if (arrival.kind === 'unknown') return `${words.forecast}: ${words.unknown}`
  if (arrival.kind === 'at_place') return `${words.forecast}: ${words.atPlace}`
  const day = formatDay(arrival.arrivesAt, zone)
  if (arrival.kind === 'not_before') return `${words.forecast}: ${words.notBefore(day)}`
  if (arrival.measured) return `${words.forecast}: ${measuredView(arrival.measured, { language, zone })}`
  return `${words.forecast}: ${day}, ${words.days(formatNumber(arrival.days, language))}`
}

/** `14–16 августа (МСК), обычно ±0,8 сут, по 37 рейсам` */
export function measuredView(
  measured: Pick<MeasuredForecast, 'from' | 'to' | 'errorDays' | 'trips'>,
  { language, zone }: { readonly language: Language; readonly zone: string },
): string {
  const days = `${formatDayRange(measured, { language, zone })} (${zoneLabel(zone, measured.to)})`
  // Nobody would believe an error of zero, and it is one of hours.
  const error = formatNumber(Math.max(0.1, measured.errorDays), language)
  return texts[language].measured(days, error, measured.trips)
}

/** The same as a part of a record; none where nothing is known. */
export function arrivalPart(
  { zone: sourceZone }: Pick<PositionView, 'zone'>,
  facts: Pick<PositionFacts, 'arrival' | 'norm'>,
  { language, zone = sourceZone }: Options,
): readonly string[] {
  const { arrival } = facts
  const words = texts[language]
  if (arrival.kind === 'arrived') {
    return arrival.at ? [words.arrivedAt(formatInstant(arrival.at, sourceZone)), ...arrivedPart(facts, language)] : []
  }
  if (arrival.kind === 'unknown' || arrival.kind === 'at_place') return []
  if (arrival.kind === 'expected' && arrival.measured) {
    const days = formatDayRange(arrival.measured, { language, zone, isShort: true })
    return [words.expected(`${days} (${zoneLabel(zone, arrival.measured.to)})`)]
  }
  const day = formatDay(arrival.arrivesAt, zone)
  return [words.expected(arrival.kind === 'not_before' ? words.notBefore(day) : day)]
}
