import type { PositionFacts, PositionView } from '@atermtrack/data'
import { escapeHtml, type Language, stationName } from '@atermtrack/messages'

const longestName = 40

/** `Чита I → Селятино`: where a container is and where it goes, as HTML; the place alone where its way is over or not known. */
export function wayView(
  { station, destination }: Pick<PositionView, 'station' | 'destination'>,
  { status, arrival }: Pick<PositionFacts, 'status' | 'arrival'>,
  language: Language,
): string {
  const isOver = status === 'unloaded' || status === 'at_destination' || arrival.kind === 'arrived'
  const place = nameView(station.name, language)
  return destination && !isOver ? `${place} → ${nameView(destination.name, language)}` : place
}

/** The name of a station, as HTML. Names in cells have no limit. */
export function nameView(name: string, language: Language): string {
  return escapeHtml(stationName(name, language), longestName)
}
