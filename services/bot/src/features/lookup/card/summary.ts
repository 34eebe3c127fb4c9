import { factsOf, type PositionView } from '@atermtrack/data'
import { countBy, forecastIn } from '@atermtrack/domain'
import { formatDay, lookupTexts as texts } from '@atermtrack/messages'
import { isAbsent } from './facts/absence.ts'
import { countNorms } from './facts/norm.ts'
import { statusView } from './facts/status.ts'
import { momentReaderOf, type ViewOptions } from '../view-options.ts'
import { nameView } from './way.ts'

const mostStations = 15
const mostDays = 10

/** How many of `asked` containers were found, by status, station and day of the forecast, as records of HTML. */
export function summaryView(
  positions: readonly PositionView[],
  asked: number,
  options: ViewOptions,
): readonly string[] {
  const { language, settings } = options
  const words = texts[language]
  const known = positions.map((position) => ({ position, facts: factsOf(position, settings) }))
  const byStatus = countBy(known, ({ position, facts }) => statusView(position, facts, language))
  const byNorm = countNorms(known.map(({ facts }) => facts)).map(([group, count]) =>
    line([words.normGroups[group], count]),
  )
  const byStation = countBy(positions, ({ station }) => nameView(station.name, language))
  const restOfStations = byStation.length - mostStations
  return [
    words.found(positions.length, asked),
    ...section(words.byStatus, byStatus.map(line)),
    ...section(words.byNorm, byNorm),
    ...section(words.byStation, [
      ...byStation.slice(0, mostStations).map(line),
      ...(restOfStations > 0 ? [words.moreStations(restOfStations)] : []),
    ]),
    ...section(words.byDay, dayLines(positions, options)),
  ]
}

/** The earliest day first; containers that have arrived or whose distance is unknown have no forecast. */
function dayLines(positions: readonly PositionView[], options: ViewOptions): readonly string[] {
  const { language, settings } = options
  const reader = momentReaderOf(options)
  const arrivals = positions
    .map((position) => factsOf(position, settings))
    .filter((facts) => !isAbsent(facts))
    .flatMap(({ arrival }) => forecastIn(arrival)?.arrivesAt ?? [])
    .toSorted((a, b) => a.getTime() - b.getTime())
  const days = new Map<string, number>()
  for (const arrivesAt of arrivals) {
    const day = formatDay(arrivesAt, reader)
    days.set(day, (days.get(day) ?? 0) + 1)
  }
  const rest = [...days.values()].slice(mostDays).reduce((sum, count) => sum + count, 0)
  return [...[...days].slice(0, mostDays).map(line), ...(rest > 0 ? [texts[language].later(rest)] : [])]
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines]
}

function line([name, count]: readonly [string, number]): string {
  return `• ${name}: ${count}`
}
