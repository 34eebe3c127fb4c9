import type { Lane, LanesChart } from './chart.ts'
import {
  blue,
  drawing,
  faint,
  fit,
  green,
  heading,
  ink,
  line,
  margin,
  rect,
  stripes,
  text,
  width,
  widthOf,
  wrap,
} from './svg-kit.ts'

const barHeight = 76
const leastHeight = 6
const left = margin
const right = width - margin
/** Columns of the destination count double. */
const arrivedShare = 2
const placeSize = 18
const placeRows = 2
const arrivedFill = 'url(#arrived)'

/** Draws for each destination how many containers are how far from it: columns that come nearer from left to right. */
export function lanesSvg(chart: LanesChart): string {
  const { title, subtitle, columns, lanes, notes } = chart
  const head = heading({ title, subtitle })
  const step = (right - left) / (columns + arrivedShare)
  const most = Math.max(1, ...lanes.flatMap(({ counts, arrived }) => [...counts, arrived]))
  let top = head.height + 6
  const drawn: string[] = []
  for (const lane of lanes) {
    const { svg, height } = laneSvg(lane, { top, step, most, chart })
    drawn.push(svg)
    top += height
  }
  const within = right - left
  const lines = notes.flatMap((note) => wrap(note, { size: 20, within }, 2))
  const written = lines.map((note, index) => text(left, top + 24 + index * 28, note, { size: 20, fill: faint, within }))
  return drawing(top + 16 + lines.length * 28 + 8, [head.svg, ...drawn, ...written], stripes('arrived', green))
}

interface LanePlace {
  readonly top: number
  readonly step: number
  readonly most: number
  readonly chart: LanesChart
}

function laneSvg(lane: Lane, { top, step, most, chart }: LanePlace): { readonly svg: string; readonly height: number } {
  const totalWidth = widthOf(lane.total, 24, true) + 16
  // A lane with few containers is low: heights of columns compare over all lanes.
  const highest = Math.max(leastHeight, (Math.max(lane.arrived, ...lane.counts) / most) * barHeight)
  const base = top + 48 + 28 + highest
  const arrivedX = left + chart.columns * step
  const column = (count: number, x: number, columnWidth: number, fill: string) => {
    if (count === 0) return ''
    const height = Math.max(leastHeight, (count / most) * barHeight)
    return (
      rect(x + 3, base - height, columnWidth - 6, height, fill) +
      text(x + columnWidth / 2, base - height - 7, String(count), { size: 19, isBold: true, anchor: 'middle' })
    )
  }
  const places = placesSvg(lane, { base: base + 34, step, chart })
  const parts = [
    line(left, top, right, top),
    text(left, top + 38, lane.name, { size: 25, isBold: true, within: right - left - totalWidth }),
    text(right, top + 38, lane.total, { size: 24, isBold: true, anchor: 'end' }),
    ...lane.counts.map((count, index) => column(count, left + index * step, step, blue)),
    column(lane.arrived, arrivedX, arrivedShare * step, arrivedFill),
    line(left, base, right, base, { stroke: ink, width: 3 }),
    ...chart.ticks.flatMap(({ column: at, label }) => [
      line(left + at * step, base, left + at * step, base + 9, { stroke: ink }),
      text(left + at * step, base + 30, label, { size: 18, fill: faint, anchor: at === 0 ? 'start' : 'middle' }),
    ]),
    line(arrivedX, base - highest - 22, arrivedX, base + 9, { stroke: ink, dashes: '3 6' }),
    text(right, base + 30, chart.arrivedLabel, { size: 18, fill: faint, anchor: 'end' }),
    places.svg,
  ]
  return { svg: parts.join(''), height: base - top + 34 + places.height + 14 }
}

/** Names of stations below their columns, the most important first; those that would cover another are left out. */
function placesSvg(
  { places }: Lane,
  { base, step, chart }: { readonly base: number; readonly step: number; readonly chart: LanesChart },
): { readonly svg: string; readonly height: number } {
  const taken: { readonly row: number; readonly from: number; readonly until: number }[] = []
  const drawn: string[] = []
  for (const { column, name } of places) {
    const shown = fit(name, { size: placeSize, within: 260 })
    const half = widthOf(shown, placeSize) / 2
    const share = column < chart.columns ? 0.5 : arrivedShare / 2
    const middle = Math.min(Math.max(left + (column + share) * step, left + half), right - half)
    const isFree = (row: number) =>
      !taken.some((other) => other.row === row && middle - half < other.until + 14 && middle + half > other.from - 14)
    const row = Array.from({ length: placeRows }, (_, index) => index).find(isFree)
    if (row === undefined) continue
    taken.push({ row, from: middle - half, until: middle + half })
    drawn.push(text(middle, base + 20 + row * 26, shown, { size: placeSize, anchor: 'middle' }))
  }
  const rows = Math.max(0, ...taken.map(({ row }) => row + 1))
  return { svg: drawn.join(''), height: rows * 26 }
}
