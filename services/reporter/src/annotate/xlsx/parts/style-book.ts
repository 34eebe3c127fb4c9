import {
  tokensOf,
  withAttribute,
  withoutAttribute,
  writtenCount,
  type XmlToken,
} from '@atermtrack/workbook-reader/package'
import type { ColumnKind } from '@atermtrack/workbook-writer'
import { colours, type Shade } from '../../plan/plan.ts'
import { NotPatchable } from '../not-patchable.ts'

/**
 * The change of a cell's style. With a number format the cell is new and always takes the colour. A person's cell takes the
 * colour only where it has none of its own, and loses the colour of an earlier annotation.
 */
export interface StyleChange {
  /** `lines`: text of several lines, all of them shown. */
  readonly format?: ColumnKind | 'lines'
  readonly shade?: Shade | undefined
}

/** The style part of a workbook, to which styles are added; those that are there stay as they are. */
export interface StyleBook {
  /** The index of a style that is `base` but for the change; `base` itself where nothing changes. */
  derive(base: number, change: StyleChange): number
  toXml(): string
}

interface Section {
  /** Places among the tokens. */
  readonly open: number
  readonly close: number
}

const ownColour = new RegExp(Object.values(colours).join('|'), 'i')
const builtinFormats = { text: 49, lines: 49, integer: 1 } as const
const ownFormats = { decimal: '0.0', date: 'dd\\.mm\\.yyyy', dateTime: 'dd\\.mm\\.yyyy\\ hh:mm' } as const
const firstOwnFormat = 164
/** Excel takes 65,490. */
const mostStyles = 64_000

/** The style part that is made for a workbook without one, and whose only style is the default. */
export const plainStyles =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'

/** Opens a style part given as a string of its bytes. Throws `NotPatchable` for one without styles. */
export function openStyleBook(xml: string): StyleBook {
  const tokens = tokensOf(xml)
  const prefix = tokens.find(({ name }) => name === 'styleSheet')?.prefix ?? ''
  const fills = requireSection(tokens, 'fills')
  const styles = requireSection(tokens, 'cellXfs')
  const knownFills = elementsOf(tokens, fills, 'fill')
  const knownStyles = elementsOf(tokens, styles, 'xf')
  const ownFills = new Set(knownFills.flatMap((fill, id) => (ownColour.test(fill) ? [id] : [])))
  const freeFills = new Set(knownFills.flatMap((fill, id) => (isFree(fill) ? [id] : [])))
  const fillIds = { unknown: knownFills.length, mistyped: knownFills.length + 1 }
  const firstFormat = Math.max(firstOwnFormat, ...formatIds(tokens).map((id) => id + 1))
  const formats = { ...builtinFormats, decimal: firstFormat, date: firstFormat + 1, dateTime: firstFormat + 2 }
  const added: string[] = []
  const derived = new Map<string, number>()

  function derive(base: number, { format, shade }: StyleChange): number {
    const key = `${base} ${format ?? ''} ${shade ?? ''}`
    const known = derived.get(key)
    if (known !== undefined) return known
    const style = knownStyles[base] ?? knownStyles[0]
    if (style === undefined) throw new NotPatchable('a workbook without cell styles')
    const fillId = shade === undefined ? undefined : fillIds[shade]
    // People's own colours carry a meaning and could not be restored.
    const isTheirs = format === undefined && !freeFills.has(fillOfStyle(style))
    const formatted = format === undefined ? style : withFormat(style, formats[format])
    const wrapped = format === 'lines' ? withWrap(formatted) : formatted
    const changed = isTheirs ? style : withFill(wrapped, fillId, ownFills)
    const index = changed === style ? base : knownStyles.length + added.push(changed) - 1
    if (index >= mostStyles) throw new NotPatchable('more cell styles than Excel takes')
    derived.set(key, index)
    return index
  }

  function toXml(): string {
    const fillXml = Object.values(colours).map((colour) => fillOf(colour, prefix))
    const formatXml = Object.entries(ownFormats).map(
      ([kind, code]) =>
        `<${prefix}numFmt numFmtId="${formats[kind as keyof typeof ownFormats]}" formatCode="${code}"/>`,
    )
    const pieces = tokens.map(({ raw }) => raw)
    addTo(pieces, fills, { elements: fillXml, count: knownFills.length })
    addTo(pieces, styles, { elements: added, count: knownStyles.length })
    addFormats(pieces, tokens, { elements: formatXml, prefix })
    return pieces.join('')
  }
  return { derive, toXml }
}

function withFormat(style: string, formatId: number): string {
  return changeTag(style, (tag) =>
    ['quotePrefix', 'pivotButton'].reduce(
      withoutAttribute,
      withAttribute(withAttribute(tag, 'numFmtId', formatId), 'applyNumberFormat', 1),
    ),
  )
}

/** Excel shows the lines of a cell below each other only where its style wraps them. */
function withWrap(style: string): string {
  const alignment = tokensOf(style).find(({ name }) => name === 'alignment')
  if (alignment) return style.replace(alignment.raw, withAttribute(alignment.raw, 'wrapText', 1))
  const { raw: tag = '', prefix = '' } = tokensOf(style)[0] ?? {}
  const opened = withAttribute(tag, 'applyAlignment', 1).replace(/\s*\/>$/, '>')
  const rest = tag.endsWith('/>') ? `</${prefix}xf>` : style.slice(tag.length)
  return `${opened}<${prefix}alignment wrapText="1"/>${rest}`
}

/** Without a colour of its own a cell loses the one that an earlier annotation gave it. */
function withFill(style: string, fillId: number | undefined, ownFills: ReadonlySet<number>): string {
  const isOwn = ownFills.has(fillOfStyle(style))
  if (fillId === undefined && !isOwn) return style
  return changeTag(style, (tag) => withAttribute(withAttribute(tag, 'fillId', fillId ?? 0), 'applyFill', 1))
}

function fillOfStyle(style: string): number {
  return writtenCount(tagOf(style), 'fillId') ?? 0
}

/** Our own colours, or none. */
function isFree(fill: string): boolean {
  return ownColour.test(fill) || !/patternType|gradientFill/.test(fill) || /patternType\s*=\s*["']none/.test(fill)
}

function changeTag(element: string, change: (tag: string) => string): string {
  const tag = tagOf(element)
  return change(tag) + element.slice(tag.length)
}

function tagOf(element: string): string {
  return tokensOf(element)[0]?.raw ?? element
}

function fillOf(colour: string, prefix: string): string {
  const [fill, pattern] = [`${prefix}fill`, `${prefix}patternFill`]
  const colours = `<${prefix}fgColor rgb="${colour}"/><${prefix}bgColor indexed="64"/>`
  return `<${fill}><${pattern} patternType="solid">${colours}</${pattern}></${fill}>`
}

function formatIds(tokens: readonly XmlToken[]): number[] {
  return tokens.flatMap(({ name, raw }) => (name === 'numFmt' ? (writtenCount(raw, 'numFmtId') ?? []) : []))
}

function requireSection(tokens: readonly XmlToken[], name: string): Section {
  const section = findSection(tokens, name)
  if (!section) throw new NotPatchable(`a style part without ${name}`)
  return section
}

function findSection(tokens: readonly XmlToken[], name: string): Section | undefined {
  const open = tokens.findIndex((token) => token.name === name && token.kind === 'open')
  const close = tokens.findIndex((token) => token.name === name && token.kind === 'close')
  return open === -1 || close < open ? undefined : { open, close }
}

/** The raw elements of a name in a section, whatever they hold. */
function elementsOf(tokens: readonly XmlToken[], { open, close }: Section, name: string): string[] {
  const elements: string[] = []
  let inside: string[] | undefined
  for (const token of tokens.slice(open + 1, close)) {
    if (token.name === name && token.kind !== 'close') inside = []
    inside?.push(token.raw)
    const isEnd = token.name === name && token.kind !== 'open'
    if (!inside || !isEnd) continue
    elements.push(inside.join(''))
    inside = undefined
  }
  return elements
}

interface Addition {
  readonly elements: readonly string[]
  /** Elements that are there. */
  readonly count: number
}

function addTo(pieces: string[], { open, close }: Section, { elements, count }: Addition): void {
  pieces[open] = withAttribute(pieces[open] ?? '', 'count', count + elements.length)
  pieces[close] = elements.join('') + (pieces[close] ?? '')
}

/** Number formats come first in a style part, and may be missing. */
function addFormats(
  pieces: string[],
  tokens: readonly XmlToken[],
  { elements, prefix }: { readonly elements: readonly string[]; readonly prefix: string },
): void {
  const section = findSection(tokens, 'numFmts')
  if (section) return addTo(pieces, section, { elements, count: formatIds(tokens).length })
  const root = tokens.findIndex(({ name }) => name === 'styleSheet')
  const emptied = tokens.findIndex(({ name, kind }) => name === 'numFmts' && kind === 'empty')
  if (emptied !== -1) pieces[emptied] = ''
  pieces[root] += `<${prefix}numFmts count="${elements.length}">${elements.join('')}</${prefix}numFmts>`
}
