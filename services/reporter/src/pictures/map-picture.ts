import { countBy } from '@atermtrack/domain'
import { formatNumber, picturesTexts as texts, stationName } from '@atermtrack/messages'
import type { Lane, LanesChart } from '@atermtrack/pictures'
import type { ReportData, TableRow } from '../report/report-data.ts'
import { type Picture, shortTime, subtitleOf, type Viewer } from './picture.ts'

const columns = 14
/** Kilometres of a column. */
const steps = [50, 100, 150, 200, 250, 300, 400, 500, 600, 700, 800, 1_000, 1_500]
const mostLanes = 5
const mostPlaces = 8
const columnsPerTick = 4

type Placed = TableRow & { readonly destination: string; readonly km: number }

/**
 * Where many containers are along their ways: for each destination how many are how far from it. Containers without a place on such a
 * way are counted below. Undefined when none has one.
 */
export function mapPicture(
  data: ReportData,
  { name, viewer }: { readonly name: string | undefined; readonly viewer: Viewer },
): Picture | undefined {
  const words = texts[viewer.language].map
  const { placed, notes } = place(data, viewer)
  if (placed.length === 0) return undefined
  const step = stepOf(Math.max(...placed.map(({ km }) => km)))
  const groups = groupsOf(placed, viewer)
  const lanes = groups.map(({ title, rows }) => laneOf(title, rows, step, viewer))
  const asOf = data.asOf ?? new Date(0)
  return {
    chart: {
      kind: 'lanes',
      title: words.title(name),
      subtitle: subtitleOf(
        [words.subtitle(placed.length), texts[viewer.language].asOf(shortTime(asOf, viewer))],
        asOf,
        viewer,
      ),
      columns,
      ticks: ticksOf(step, viewer),
      arrivedLabel: words.arrived,
      lanes,
      notes,
    },
    lines: [
      words.subtitle(placed.length),
      ...groups.map(({ title, rows }) => {
        const arrived = rows.filter(({ status }) => status === 'at_destination').length
        return words.onTheWay(title, rows.length - arrived, arrived)
      }),
      ...notes,
    ],
    rowCount: placed.length,
    asOf: data.asOf,
  }
}

/** Those with a place in the picture, and the numbers of all others. */
function place({ rows, unseen, missing }: ReportData, { language }: Viewer) {
  const words = texts[language].map
  const placed: Placed[] = []
  const others = { unloaded: 0, dropped: 0, noDestination: 0, noKm: 0, unknown: unseen.length + missing.length }
  for (const row of rows) {
    const { destination, kmLeft } = row.position
    const km = row.status === 'at_destination' ? 0 : kmLeft
    if (row.status === 'dropped') others.dropped += 1
    else if (row.isOver && row.status !== 'at_destination') others.unloaded += 1
    else if (!destination) others.noDestination += 1
    else if (km === null) others.noKm += 1
    else placed.push({ ...row, destination: destination.name, km: Math.max(0, km) })
  }
  const names = ['unloaded', 'noDestination', 'noKm', 'dropped', 'unknown'] as const
  return { placed, notes: names.flatMap((name) => (others[name] > 0 ? [words[name](others[name])] : [])) }
}

function stepOf(mostKm: number): number {
  return steps.find((step) => step * columns > mostKm) ?? Math.ceil((mostKm + 1) / columns)
}

/** Destinations, those with most containers first; small ones share the last lane. */
function groupsOf(
  placed: readonly Placed[],
  { language }: Viewer,
): readonly { readonly title: string; readonly rows: readonly Placed[] }[] {
  const words = texts[language].map
  const names = countBy(placed, ({ destination }) => destination).map(([destination]) => destination)
  const own = names.length > mostLanes ? names.slice(0, mostLanes - 1) : names
  const groups = own.map((name) => ({
    title: stationName(name, language),
    rows: placed.filter(({ destination }) => destination === name),
  }))
  const rest = names.length - own.length
  if (rest === 0) return groups
  const shown = new Set(own)
  return [...groups, { title: words.others(rest), rows: placed.filter(({ destination }) => !shown.has(destination)) }]
}

function laneOf(title: string, rows: readonly Placed[], step: number, { language }: Viewer): Lane {
  const words = texts[language].map
  const underway = rows.filter(({ status }) => status !== 'at_destination')
  const counts = Array.from({ length: columns }, () => 0)
  for (const { km } of underway) counts[columnOf(km, step)] = (counts[columnOf(km, step)] ?? 0) + 1
  const places = countBy(underway, ({ km, position }) => JSON.stringify([columnOf(km, step), position.station.name]))
  return {
    name: title,
    total: words.total(rows.length),
    counts,
    arrived: rows.length - underway.length,
    places: places.slice(0, mostPlaces).map(([key]) => {
      const [column, name] = JSON.parse(key) as [number, string]
      return { column, name: stationName(name, language) }
    }),
  }
}

/** From the farthest, 0, to the nearest. */
function columnOf(km: number, step: number): number {
  return Math.max(0, columns - 1 - Math.floor(km / step))
}

function ticksOf(step: number, { language }: Viewer): LanesChart['ticks'] {
  return Array.from({ length: Math.ceil(columns / columnsPerTick) }, (_, index) => {
    const column = index * columnsPerTick
    const km = (columns - column) * step
    return { column, label: index === 0 ? texts[language].km(km) : formatNumber(km, language) }
  })
}
