import type { StockOfDay } from '@atermtrack/data'
import { utcOfWallTime, type WallTime, wallTimeOfUtc } from '@atermtrack/domain'
import { dayText, picturesTexts as texts, shortDayText, stationName } from '@atermtrack/messages'
import type { Picture, Viewer } from './picture.ts'

const dayMs = 86_400_000
/** With the others, as many as patterns differ. */
const mostDirections = 3

export const stockDays = 30

/** The stock of a terminal at the end of each day, by direction. Undefined for a terminal without any. */
export function stockPicture(
  { last, stock }: { readonly last: string | undefined; readonly stock: readonly StockOfDay[] },
  { terminal, viewer }: { readonly terminal: string | undefined; readonly viewer: Viewer },
): Picture | undefined {
  if (last === undefined || stock.length === 0) return undefined
  const words = texts[viewer.language].stock
  const days = daysTo(last)
  const directions = totalsOf(stock)
  const own = directions.length > mostDirections + 1 ? directions.slice(0, mostDirections) : directions
  const valuesOf = (belongs: (direction: string | undefined) => boolean) =>
    days.map((day) =>
      stock.reduce((sum, row) => (row.day === day && belongs(row.direction) ? sum + row.containers : sum), 0),
    )
  const series = own.map((direction) => ({
    name: direction === undefined ? words.noDirection : stationName(direction, viewer.language),
    values: valuesOf((other) => other === direction),
  }))
  const rest = { name: words.others, values: valuesOf((direction) => !own.includes(direction)) }
  const totals = valuesOf(() => true)
  const [first = 0, now = 0] = [totals[0], totals.at(-1)]
  const range = `${dayText(days[0] ?? last, viewer.language)} – ${dayText(last, viewer.language)}`
  return {
    chart: {
      kind: 'bars',
      isStacked: true,
      title: words.title(terminal),
      subtitle: `${range}, ${words.now(now)}`,
      categories: days.map((day) => shortDayText(day, viewer.language)),
      series: own.length < directions.length ? [...series, rest] : series,
    },
    lines: [`${range}, ${words.now(now)}`, words.change(now - first, days.length - 1)],
    rowCount: now,
    asOf: undefined,
  }
}

function daysTo(last: string): readonly string[] {
  const end = utcOfWallTime(`${last}T00:00:00` as WallTime)
  return Array.from({ length: stockDays }, (_, index) =>
    wallTimeOfUtc(end - (stockDays - 1 - index) * dayMs).slice(0, 10),
  )
}

/** The directions, those with most containers over all days first. */
function totalsOf(stock: readonly StockOfDay[]): readonly (string | undefined)[] {
  const totals = new Map<string | undefined, number>()
  for (const { direction, containers } of stock) totals.set(direction, (totals.get(direction) ?? 0) + containers)
  return [...totals].sort(([, a], [, b]) => b - a).map(([direction]) => direction)
}
