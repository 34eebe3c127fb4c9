import type { PaceChart, PaceLine, TimeMark } from './chart.ts'
import {
  blue,
  circle,
  drawing,
  faint,
  heading,
  ink,
  line,
  margin,
  polyline,
  rect,
  round,
  text,
  width,
} from './svg-kit.ts'
import { legendOf, scaleOf, signOf, timeDefs, upright, windowFill } from './time-marks.ts'

const plotHeight = 430
const left = 104
const right = width - margin - 16
const rowHeight = 38
const usual = '#b35900'

/** Draws kilometres left against time: the own trip as a thick line, the usual one and the rest of the way dashed. */
export function paceSvg({ title, subtitle, axis, span, ticks, lines, marks }: PaceChart): string {
  const head = heading({ title, subtitle })
  const top = head.height + 34
  const bottom = top + plotHeight
  const x = scaleOf(span, left, right)
  const most = Math.max(
    1,
    ...axis.ticks.map(({ km }) => km),
    ...lines.flatMap(({ points }) => points.map(({ km }) => km)),
  )
  const y = (km: number) => bottom - (Math.max(0, km) / most) * plotHeight
  const names = namesOf(lines, bottom + 66)
  const legend = legendOf(marks, bottom + 66 + names.height)
  const grid = [
    text(margin, top - 18, axis.title, { size: 19, fill: faint, within: width - 2 * margin }),
    ...axis.ticks.flatMap(({ km, label }) => [
      line(left, y(km), right, y(km)),
      text(left - 12, y(km) + 7, label, { size: 19, anchor: 'end', fill: faint }),
    ]),
    ...ticks.flatMap(({ at, label }) => [
      line(x(at), bottom, x(at), bottom + 8, { stroke: ink }),
      text(x(at), bottom + 34, label, { size: 19, anchor: 'middle', fill: faint }),
    ]),
    line(left, bottom, right, bottom, { stroke: ink, width: 3 }),
  ]
  const drawn = lines.map((one) => lineSvg(one, x, y))
  const signs = marks.map((mark) => markSvg(mark, x, { top, bottom }))
  return drawing(
    bottom + 66 + names.height + legend.height + 10,
    [head.svg, ...grid, ...signs, ...drawn, names.svg, legend.svg],
    timeDefs,
  )
}

function lineSvg({ look, points }: PaceLine, x: (at: number) => number, y: (km: number) => number): string {
  const places = points.map(({ at, km }) => [x(at), y(km)] as const)
  const dots = look === 'own' ? places.map(([dx, dy]) => circle(dx, dy, 5, blue)) : []
  return polyline(places, styleOf(look)) + dots.join('')
}

function styleOf(look: PaceLine['look']) {
  if (look === 'own') return { stroke: blue, width: 6 }
  return look === 'usual' ? { stroke: usual, width: 4, dashes: '16 8' } : { stroke: blue, width: 4, dashes: '3 7' }
}

function markSvg(
  mark: TimeMark,
  x: (at: number) => number,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): string {
  if (mark.kind === 'window') {
    return rect(x(mark.from), bottom - 11, Math.max(10, round(x(mark.until) - x(mark.from))), 22, windowFill)
  }
  const at = round(x(mark.at))
  if (mark.kind === 'arrival') return signOf('arrival', at, bottom)
  return upright(mark.kind, at, top, bottom) + signOf(mark.kind, at, mark.kind === 'now' ? top - 6 : bottom)
}

function namesOf(lines: readonly PaceLine[], top: number): { readonly svg: string; readonly height: number } {
  const rows = lines.map(({ name, look }, index) => {
    const y = top + index * rowHeight + 16
    const sample = line(margin, y, margin + 48, y, styleOf(look))
    const dot = look === 'own' ? circle(margin + 24, y, 6, blue) : ''
    return sample + dot + text(margin + 60, y + 8, name, { size: 22, within: width - 2 * margin - 60 })
  })
  return { svg: rows.join(''), height: lines.length * rowHeight }
}
