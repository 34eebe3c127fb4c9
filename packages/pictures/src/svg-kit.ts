import { escapeXml } from '@atermtrack/workbook-reader/package'

export const fontFamily = 'Noto Sans'
/** Units of a drawing; the picture has twice as many pixels. A phone shows it about 360 wide, where 20 units are 9 points. */
export const width = 800
export const margin = 24

export const ink = '#1f2328'
export const faint = '#57606a'
export const rule = '#d0d7de'
/** They differ also for people who see no red or no green, and in grey. */
export const colours = ['#0072b2', '#e69f00', '#009e73', '#cc79a7'] as const
export const [blue, , green, purple] = colours

export interface TextStyle {
  readonly size: number
  readonly isBold?: boolean
  readonly fill?: string
  readonly anchor?: 'start' | 'middle' | 'end'
  /** A longer text is cut. */
  readonly within?: number
}

/** What XML 1.0 cannot carry; names in cells may hold it. */
const unprintable = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu

/** One line of text with its base at `y`. */
export function text(x: number, y: number, value: string, style: TextStyle): string {
  const { size, isBold = false, fill = ink, anchor = 'start', within } = style
  const shown = within === undefined ? value : fit(value, { size, isBold, within })
  const weight = isBold ? ' font-weight="700"' : ''
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}"${weight} fill="${fill}" text-anchor="${anchor}">${escapeXml(
    printable(shown),
  )}</text>`
}

/** The text without what a drawing cannot hold. */
export function printable(value: string): string {
  return value.replaceAll(unprintable, ' ')
}

/** Cuts a text to a width, with `…` at its end. */
export function fit(
  value: string,
  { size, isBold = false, within }: { readonly size: number; readonly isBold?: boolean; readonly within: number },
): string {
  let room = within
  let kept = 0
  let shown = ''
  for (const letter of value) {
    room -= widthOf(letter, size, isBold)
    if (room < 0) return `${shown.slice(0, Math.max(1, kept)).trimEnd()}…`
    shown += letter
    if (room >= widthOf('…', size, isBold)) kept = shown.length
  }
  return value
}

/** Nothing shows more, and a cell can be endless. */
const longest = 400

/** Breaks a text at blanks into at most `most` lines, the last of which is cut. */
export function wrap(
  value: string,
  style: { readonly size: number; readonly isBold?: boolean; readonly within: number },
  most: number,
): readonly string[] {
  const lines: string[] = []
  for (const word of value.slice(0, longest).split(' ')) {
    const last = lines.at(-1)
    const joined = last === undefined ? word : `${last} ${word}`
    const isFull = last !== undefined && widthOf(joined, style.size, style.isBold) > style.within
    if (last === undefined || (isFull && lines.length < most)) lines.push(word)
    else lines[lines.length - 1] = joined
  }
  return lines.map((line) => fit(line, style))
}

/** About how wide a text is: shares of the size, by kinds of letters, rather too wide than too narrow. */
export function widthOf(value: string, size: number, isBold = false): number {
  let shares = 0
  for (const letter of value) shares += shareOf(letter)
  return shares * size * (isBold ? 1.07 : 1)
}

function shareOf(letter: string): number {
  if (/[\s.,:;!'|()[\]iljIftr-]/.test(letter)) return 0.36
  if (/[MWmwЖШЩЮФЫМЖжшщюфымДд@%…—→]/u.test(letter)) return 0.92
  if (/\p{Lu}/u.test(letter)) return 0.72
  return /[\p{L}\p{N}–«»+±]/u.test(letter) ? 0.6 : 1
}

/** The title and the line below it, and the height that they take. */
export function heading({ title, subtitle }: { readonly title: string; readonly subtitle?: string | undefined }): {
  readonly svg: string
  readonly height: number
} {
  const within = width - 2 * margin
  const titles = wrap(title, { size: 30, isBold: true, within }, 2)
  const subtitles = subtitle === undefined ? [] : wrap(subtitle, { size: 21, within }, 2)
  const lines = [
    ...titles.map((line, index) => text(margin, 50 + index * 38, line, { size: 30, isBold: true })),
    ...subtitles.map((line, index) =>
      text(margin, 50 + (titles.length - 1) * 38 + 36 + index * 28, line, { size: 21, fill: faint }),
    ),
  ]
  return { svg: lines.join(''), height: 50 + (titles.length - 1) * 38 + subtitles.length * 30 + 24 }
}

/** A drawing of `height` units on a light ground. */
export function drawing(height: number, parts: readonly string[], defs = ''): string {
  const [w, h] = [width, Math.ceil(height)]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="${fontFamily}"><defs>${defs}</defs><rect width="${w}" height="${h}" fill="#ffffff"/>${parts.join('')}</svg>`
}

export interface LineStyle {
  readonly stroke?: string
  readonly width?: number
  readonly dashes?: string
}

export function line(x1: number, y1: number, x2: number, y2: number, style: LineStyle = {}): string {
  return path(`M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`, style)
}

/** A line through points; empty for less than two. */
export function polyline(points: readonly (readonly [x: number, y: number])[], style: LineStyle = {}): string {
  if (points.length < 2) return ''
  return path(`M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}`, style)
}

function path(d: string, { stroke = rule, width: thickness = 2, dashes }: LineStyle): string {
  const dashed = dashes === undefined ? '' : ` stroke-dasharray="${dashes}"`
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${thickness}" stroke-linejoin="round"${dashed}/>`
}

export function circle(x: number, y: number, r: number, fill: string, stroke?: string, thickness = 4): string {
  const outline = stroke === undefined ? '' : ` stroke="${stroke}" stroke-width="${thickness}"`
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${r}" fill="${fill}"${outline}/>`
}

export function rect(x: number, y: number, w: number, h: number, fill: string): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" fill="${fill}"/>`
}

/** Stripes in a colour, as the definition of a fill `url(#id)`. */
export function stripes(id: string, colour: string): string {
  return `<pattern id="${id}" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="9" height="9" fill="#ffffff"/><rect width="5" height="9" fill="${colour}"/></pattern>`
}

export function round(value: number): number {
  return Math.round(value * 10) / 10
}
