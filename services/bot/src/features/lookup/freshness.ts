import { formatDuration, formatMoment, formatStamp, lookupTexts as texts } from '@atermtrack/messages'
import { momentReaderOf, type ViewOptions } from './view-options.ts'

export interface Freshness {
  /** When the source formed the report. */
  readonly asOf: Date
  /** When an unchanged copy of it last arrived. */
  readonly confirmedAt: Date | null
  /** Stamp of the newest report of the source, which may no longer hold the container. */
  readonly sourceStamp?: Date | null
  /** When the source last sent a report, unchanged copies included. */
  readonly sourceHeardAt?: Date | null
}

/** The lines that say how old the data are, with the zone of all times of the message; `freshness` is undefined while there are no data. */
export function freshnessView(freshness: Freshness | undefined, options: ViewOptions): string {
  const words = texts[options.language]
  if (!freshness) return words.noData
  const reader = momentReaderOf(options)
  const asOf = stampOf(freshness)
  const lastContact = lastContactOf(freshness)
  const confirmed = lastContact > asOf ? `, ${words.confirmed(formatMoment(lastContact, reader))}` : ''
  return [words.asOf(formatStamp(asOf, reader)) + confirmed, ...staleView(freshness, options)].join('\n')
}

/** The warning that the source is silent, if it is. No other line depends on the clock. */
export function staleView(freshness: Freshness, { language, now, settings }: ViewOptions): readonly string[] {
  const ageMinutes = Math.floor((now.getTime() - lastContactOf(freshness).getTime()) / 60_000)
  return ageMinutes > settings.staleAfterMinutes ? [texts[language].stale(formatDuration(ageMinutes, language))] : []
}

/** The one with the newest report of its source. */
export function freshestOf<One extends Freshness>(all: readonly (One | undefined)[]): One | undefined {
  return all
    .filter((one) => one !== undefined)
    .toSorted((a, b) => stampOf(b).getTime() - stampOf(a).getTime())
    .at(0)
}

function stampOf({ asOf, sourceStamp }: Freshness): Date {
  return latest(asOf, sourceStamp)
}

function lastContactOf(freshness: Freshness): Date {
  return latest(stampOf(freshness), freshness.confirmedAt, freshness.sourceHeardAt)
}

function latest(first: Date, ...others: readonly (Date | null | undefined)[]): Date {
  return others.reduce<Date>((newest, moment) => (moment && moment > newest ? moment : newest), first)
}
