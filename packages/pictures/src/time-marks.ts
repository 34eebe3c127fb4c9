import type { Span, TimeMark } from './chart.ts'
import { blue, faint, ink, line, margin, purple, rect, stripes, text, width } from './svg-kit.ts'

/** The fill of a window of the forecast: stripes. */
export const windowFill = 'url(#window)'
export const timeDefs = stripes('window', blue)

/** Where a moment lies between two edges of a drawing; beyond the span it lies at its edge. */
export function scaleOf({ from, until }: Span, left: number, right: number): (at: number) => number {
  const length = Math.max(1, until - from)
  return (at) => left + (Math.min(Math.max(at, from), until) - from) * ((right - left) / length)
}

/** The sign of a mark at (x, y), as it stands in a picture and in its legend. */
export function signOf(kind: TimeMark['kind'], x: number, y: number): string {
  if (kind === 'window') return rect(x - 18, y - 10, 36, 20, windowFill)
  if (kind === 'arrival') return `<circle cx="${x}" cy="${y}" r="9" fill="#ffffff" stroke="${blue}" stroke-width="5"/>`
  if (kind === 'norm')
    return `<path d="M${x} ${y - 14}L${x + 12} ${y}L${x} ${y + 14}L${x - 12} ${y}Z" fill="${purple}"/>`
  return `<path d="M${x - 12} ${y - 10}L${x + 12} ${y - 10}L${x} ${y + 12}Z" fill="${ink}"/>`
}

const rowHeight = 38

/** A line for each mark, its sign before it. */
export function legendOf(marks: readonly TimeMark[], top: number): { readonly svg: string; readonly height: number } {
  const rows = marks.map(({ kind, label }, index) => {
    const y = top + index * rowHeight + 16
    return signOf(kind, margin + 24, y) + text(margin + 60, y + 8, label, { size: 22, within: width - 2 * margin - 60 })
  })
  return { svg: rows.join(''), height: marks.length * rowHeight }
}

/** A vertical axis line, for marks that cross a whole picture. */
export function upright(kind: TimeMark['kind'], x: number, top: number, bottom: number): string {
  const isNorm = kind === 'norm'
  return line(x, top, x, bottom, { stroke: isNorm ? purple : faint, width: 3, dashes: isNorm ? '14 6 3 6' : '3 6' })
}
