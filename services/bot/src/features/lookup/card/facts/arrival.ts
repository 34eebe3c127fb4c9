import type { PositionFacts } from '@atermtrack/data'
import type { MeasuredForecast } from '@atermtrack/domain'
import {
  formatDate,
  formatDay,
  formatDayAhead,
  formatDayRange,
  formatMoment,
  lookupTexts as texts,
  type MomentReader,
} from '@atermtrack/messages'
import { capitalise } from '../../../../text/capitalise.ts'
import { formatNumber } from '../distance.ts'
import { arrivedPart } from './norm.ts'
import { momentReaderOf, type ViewOptions } from '../../view-options.ts'

/** The line of a card about the arrival, as a fact or as a forecast; undefined when the status says everything. */
export function arrivalLine(facts: Pick<PositionFacts, 'arrival' | 'norm'>, options: ViewOptions): string | undefined {
  const { arrival } = facts
  const { language } = options
  const reader = momentReaderOf(options)
  const words = texts[language]
  if (arrival.kind === 'arrived') {
    if (!arrival.at) return undefined
    return capitalise([words.arrivedAt(formatMoment(arrival.at, reader)), ...arrivedPart(facts, language)].join(', '))
  }
  if (arrival.kind === 'unknown') return `${words.forecast}: ${words.unknown}`
  if (arrival.kind === 'at_place') return `${words.forecast}: ${words.atPlace}`
  if (arrival.kind === 'not_before')
    return `${words.forecast}: ${words.notBefore(formatDate(arrival.arrivesAt, reader))}`
  if (arrival.measured) return `${words.forecast}: ${measuredView(arrival.measured, reader)}`
  return `${words.forecast}: ${formatDayAhead(arrival.arrivesAt, reader)}`
}

/** `14–16 августа, обычно ±0,8 сут, по 37 рейсам` */
export function measuredView(
  measured: Pick<MeasuredForecast, 'from' | 'to' | 'errorDays' | 'trips'>,
  { language, zone }: MomentReader,
): string {
  const days = formatDayRange(measured, { language, zone })
  // Nobody would believe an error of zero, and it is one of hours.
  const error = formatNumber(Math.max(0.1, measured.errorDays), language)
  return texts[language].measured(days, error, measured.trips)
}

/** The same as a part of a record; none where nothing is known. */
export function arrivalPart(facts: Pick<PositionFacts, 'arrival' | 'norm'>, options: ViewOptions): readonly string[] {
  const { arrival } = facts
  const { language } = options
  const reader = momentReaderOf(options)
  const words = texts[language]
  if (arrival.kind === 'arrived') {
    return arrival.at ? [words.arrivedAt(formatMoment(arrival.at, reader)), ...arrivedPart(facts, language)] : []
  }
  if (arrival.kind === 'unknown' || arrival.kind === 'at_place') return []
  if (arrival.kind === 'expected' && arrival.measured) {
    return [words.expected(formatDayRange(arrival.measured, { language, zone: reader.zone, isShort: true }))]
  }
  const { arrivesAt } = arrival
  return [
    words.expected(
      arrival.kind === 'not_before' ? words.notBefore(formatDate(arrivesAt, reader)) : formatDay(arrivesAt, reader),
    ),
  ]
}
