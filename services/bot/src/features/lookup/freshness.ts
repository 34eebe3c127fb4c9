import { formatDuration, lookupTexts as texts } from '@atermtrack/messages'
import type { ViewOptions } from './view-options.ts'
import { formatInstant } from './view-settings.ts'

export interface Freshness {
  /** When the source formed the report. */
  readonly asOf: Date
  /** When an unchanged copy of it last came. */
  readonly confirmedAt: Date | null
  readonly zone: string
  /** Stamp of the newest report of the source, which may not hold the container any more. */
  readonly sourceStamp?: Date | null
  /** When the source was last known to be alive, unchanged copies included. */
  readonly sourceHeardAt?: Date | null
}

/** The lines that say how old the data are; `freshness` is undefined while there are none. */
export function freshnessView(freshness: Freshness | undefined, options: ViewOptions): string {
  const { language, zone: readersZone } = options
  const words = texts[language]
  if (!freshness) return words.noData
  const zone = readersZone ?? freshness.zone
  const asOf = stampOf(freshness)
  const heardAt = heardAtOf(freshness)
  const confirmed = heardAt > asOf ? `, ${words.confirmed(formatInstant(heardAt, zone))}` : ''
  return [words.asOf(formatInstant(asOf, zone)) + confirmed, ...staleView(freshness, options)].join('\n')
}

/** The warning that the source is silent; none while it is not. Only this looks at the clock. */
export function staleView(freshness: Freshness, { language, now, settings }: ViewOptions): readonly string[] {
  const ageMinutes = Math.floor((now.getTime() - heardAtOf(freshness).getTime()) / 60_000)
  return ageMinutes > settings.staleAfterMinutes ? [texts[language].stale(formatDuration(ageMinutes, language))] : []
}

/** The one whose source formed a report last. */
export function freshestOf<One extends Freshness>(all: readonly (One | undefined)[]): One | undefined {
  return all
    .filter((one) => one !== undefined)
    .toSorted((a, b) => stampOf(b).getTime() - stampOf(a).getTime())
    .at(0)
}

function stampOf({ asOf, sourceStamp }: Freshness): Date {
  return latest(asOf, sourceStamp)
}

function heardAtOf(freshness: Freshness): Date {
  return latest(stampOf(freshness), freshness.confirmedAt, freshness.sourceHeardAt)
}

function latest(first: Date, ...others: readonly (Date | null | undefined)[]): Date {
  return others.reduce<Date>((newest, moment) => (moment && moment > newest ? moment : newest), first)
}
