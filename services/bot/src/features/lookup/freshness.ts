import { formatDuration, type Language } from '@atermtrack/domain'
import { formatInstant, type ViewSettings } from './view-settings.ts'
import { texts } from './texts.ts'

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
  { language, now, settings }: { readonly language: Language; readonly now: Date; readonly settings: ViewSettings },
): string {
  const words = texts[language]
  if (!freshness) return words.noData
  const { asOf, confirmedAt, zone } = freshness
  const isConfirmed = confirmedAt !== null && confirmedAt > asOf
  const known = isConfirmed ? confirmedAt : asOf
  const ageMinutes = Math.floor((now.getTime() - known.getTime()) / 60_000)
  const line =
    words.asOf(formatInstant(asOf, zone)) + (isConfirmed ? `, ${words.confirmed(formatInstant(known, zone))}` : '')
  return ageMinutes > settings.staleAfterMinutes
    ? `${line}\n${words.stale(formatDuration(ageMinutes, language))}`
    : line
}
