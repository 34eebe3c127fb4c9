import { factsOf, type PositionView } from '@atermtrack/data'
import { escapeHtml } from '../../html.ts'
import type { ViewOptions } from './card.ts'
import { texts } from './texts.ts'

const mostStations = 15

/** How many of `asked` numbers were found, by status and by station, as records of HTML. */
export function summaryView(
  positions: readonly PositionView[],
  asked: number,
  { language, settings }: ViewOptions,
): readonly string[] {
  const words = texts[language]
  const head = words.found(positions.length, asked)
  if (positions.length === 0) return [head]
  const byStatus = countBy(positions, (position) => words.status[factsOf(position, settings).status])
  const byStation = countBy(positions, ({ station }) => escapeHtml(station.name))
  const rest = byStation.length - mostStations
  return [
    head,
    '',
    words.byStatus,
    ...byStatus.map(line),
    '',
    words.byStation,
    ...byStation.slice(0, mostStations).map(line),
    ...(rest > 0 ? [words.moreStations(rest)] : []),
  ]
}

function line([name, count]: readonly [string, number]): string {
  return `• ${name}: ${count}`
}

/** The most frequent first. */
function countBy<T>(items: readonly T[], key: (item: T) => string): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}
