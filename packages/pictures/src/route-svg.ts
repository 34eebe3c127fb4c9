import type { RouteChart, RouteStop, TimeStrip } from './chart.ts'
import {
  blue,
  circle,
  drawing,
  faint,
  heading,
  ink,
  line,
  margin,
  rect,
  round,
  text,
  width,
  widthOf,
} from './svg-kit.ts'
import { legendOf, scaleOf, signOf, timeDefs, windowFill } from './time-marks.ts'

/** Where the line of stations runs, and where their texts begin. */
const lineX = 152
const textX = 190
const lineHeight = 28
/** Units that the whole way takes at least, by kilometre. */
const scaleHeight = 380

/** Draws the stations of a way from top to bottom by kilometre, and below them when it is to end. */
export function routeSvg({ title, subtitle, stops, strip }: RouteChart): string {
  const head = heading({ title, subtitle })
  const places = placesOf(stops, head.height + 26)
  const rows = places.map(({ stop, y }) => stopSvg(stop, y))
  const ways = places.slice(1).map(({ stop, y }, index) => {
    const above = places[index]
    return above ? waySvg(above.y, y, stop.state === 'ahead') : ''
  })
  const last = places.at(-1)
  const bottom = last ? last.y + heightOf(last.stop) : head.height
  const end = strip ? stripSvg(strip, bottom + 10) : { svg: '', height: 0 }
  return drawing(bottom + 10 + end.height, [head.svg, ...ways, ...rows, end.svg], timeDefs)
}

interface PlacedStop {
  readonly stop: RouteStop
  readonly y: number
}

/** By kilometre where they are known, and never so close that texts overlap. */
function placesOf(stops: readonly RouteStop[], top: number): readonly PlacedStop[] {
  const farthest = Math.max(1, ...stops.map(({ km }) => km ?? 0))
  const placed: PlacedStop[] = []
  for (const stop of stops) {
    const above = placed.at(-1)
    const apart = stop.km === undefined || above?.stop.km === undefined ? 0 : stop.km - above.stop.km
    const y = above ? above.y + Math.max(heightOf(above.stop), (apart / farthest) * scaleHeight) : top
    placed.push({ stop, y })
  }
  return placed
}

function heightOf({ lines }: RouteStop): number {
  return 46 + lines.length * lineHeight
}

function stopSvg({ name, kmLabel, state, lines, count }: RouteStop, y: number): string {
  const size = state === 'here' ? 28 : 25
  const countWidth = count === undefined ? 0 : widthOf(count, 24, true) + 16
  const within = width - margin - textX - countWidth
  return [
    signOfStop(state, y),
    ...(kmLabel === undefined ? [] : [text(lineX - 28, y + 7, kmLabel, { size: 20, anchor: 'end', fill: faint })]),
    text(textX, y + 9, name, {
      size,
      isBold: state === 'passed' || state === 'here',
      fill: state === 'between' ? faint : ink,
      within,
    }),
    ...(count === undefined ? [] : [text(width - margin, y + 9, count, { size: 24, isBold: true, anchor: 'end' })]),
    ...lines.map((value, index) =>
      text(textX, y + 9 + (index + 1) * lineHeight, value, { size: 20, fill: faint, within: width - margin - textX }),
    ),
  ].join('')
}

function signOfStop(state: RouteStop['state'], y: number): string {
  if (state === 'here') return circle(lineX, y, 17, '#ffffff', blue, 6) + circle(lineX, y, 8, blue)
  if (state === 'between') return circle(lineX, y, 5, '#ffffff', blue, 3)
  return state === 'passed' ? circle(lineX, y, 10, blue) : circle(lineX, y, 10, '#ffffff', faint)
}

function waySvg(from: number, to: number, isAhead: boolean): string {
  return isAhead
    ? line(lineX, from, lineX, to, { stroke: faint, width: 4, dashes: '4 8' })
    : line(lineX, from, lineX, to, { stroke: blue, width: 8 })
}

function stripSvg(
  { title, span, ticks, marks }: TimeStrip,
  top: number,
): { readonly svg: string; readonly height: number } {
  const [left, right] = [margin + 30, width - margin - 30]
  const x = scaleOf(span, left, right)
  const axis = top + 84
  const legend = legendOf(marks, axis + 60)
  const parts = [
    line(margin, top, width - margin, top),
    text(margin, top + 38, title, { size: 24, isBold: true, within: width - 2 * margin }),
    line(left, axis, right, axis, { stroke: ink, width: 3 }),
    ...ticks.flatMap(({ at, label }) => [
      line(x(at), axis, x(at), axis + 10, { stroke: ink }),
      text(x(at), axis + 36, label, { size: 19, anchor: 'middle', fill: faint }),
    ]),
    ...marks.map((mark) =>
      mark.kind === 'window'
        ? rect(x(mark.from), axis - 13, Math.max(10, round(x(mark.until) - x(mark.from))), 26, windowFill)
        : signOf(mark.kind, round(x(mark.at)), mark.kind === 'now' ? axis - 18 : axis),
    ),
    legend.svg,
  ]
  return { svg: parts.join(''), height: axis + 60 + legend.height + 8 - top }
}
