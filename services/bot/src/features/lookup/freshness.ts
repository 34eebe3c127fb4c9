import { formatDuration } from '@atermtrack/domain'
import { texts } from './texts.ts'
import type { ViewOptions } from './view-options.ts'
import { formatInstant } from './view-settings.ts'

export interface Freshness {
  /** When the source formed the report. */
  readonly asOf: Date
  /** When an unchanged copy of it last came. */
  readonly confirmedAt: Date | null
  readonly zone: string
}

/** The lines that say how old the data are; `freshness` is undefined while there are none. */
export function freshnessView(
  freshness: Freshness | undefined,
  { language, now, settings, zone: readersZone }: ViewOptions,
): string {
  const words = texts[language]
  if (!freshness) return words.noData
  const { asOf, confirmedAt, zone: sourceZone } = freshness
  const zone = readersZone ?? sourceZone
  const isConfirmed = confirmedAt !== null && confirmedAt > asOf
  const known = isConfirmed ? confirmedAt : asOf
  const ageMinutes = Math.floor((now.getTime() - known.getTime()) / 60_000)
  const line =
    words.asOf(formatInstant(asOf, zone)) + (isConfirmed ? `, ${words.confirmed(formatInstant(known, zone))}` : '')
  return ageMinutes > settings.staleAfterMinutes
    ? `${line}\n${words.stale(formatDuration(ageMinutes, language))}`
    : line
}
