import { decodeXmlText, withAttribute, writtenAttribute } from '@atermtrack/workbook-reader/package'
import { type AppendedRows, lengthenedOver } from '../appended-rows.ts'
import { type CellRange, formatRange, formatReference, parseRange } from '../cell-place.ts'
import { escapeToBytes, toBytes } from '../parts/part-bytes.ts'
import { type ColumnShift, hasRelativeColumn, shiftReferences } from './shift-references.ts'

/** What happens to a sheet that its rules must follow. */
export interface RuleChange {
  readonly shift: ColumnShift | undefined
  readonly appended: AppendedRows | undefined
}

/** `<formula1>` of a validation, `<formula>` of a format, `<xm:f>` of either where Excel writes it as an extension. */
const formulas = /(<(?:[^\s<>/]+:)?(?:formula[12]?|f)(?:\s[^<>]*)?>)([^<]*)(?=<\/)/gu
/** Where an extension names its ranges. */
const ranges = /(<(?:[^\s<>/]+:)?sqref(?:\s[^<>]*)?>)([^<]*)(?=<\/)/u
const openTag = /^<[^<>]*>/u

/**
 * A validation or conditional format, given as the bytes of its element: it goes on over the appended rows where it reached the last one, and
 * moves with the empty columns that it is about. A rule of columns on both sides moves in part only where its formulas allow it.
 */
export function changeRule(element: string, change: RuleChange): string {
  const [head = ''] = openTag.exec(element) ?? []
  const written = writtenAttribute(head, 'sqref') ?? ranges.exec(element)?.[2] ?? ''
  const texts = written.trim().split(/\s+/u)
  const places = texts.map(parseRange)
  if (!places.every((place) => place !== undefined)) return element
  const shift = change.shift && appliesTo(element, places, change.shift) ? change.shift : undefined
  const changed = places.map((place, index) => {
    const now = lengthenedOver(shift ? moved(place, shift) : place, change.appended)
    return now === place ? texts[index] : formatPlace(now)
  })
  const isWhole = shift !== undefined && places.every((place) => isMoved(place, shift))
  const inPlace = changed.join(' ') === written ? element : withRanges(element, head, changed.join(' '))
  return isWhole ? withFormulas(inPlace, shift) : inPlace
}

function appliesTo(element: string, places: readonly CellRange[], shift: ColumnShift): boolean {
  if (places.every((place) => isMoved(place, shift))) return true
  const isFixed = Array.from(element.matchAll(formulas)).every(([, , formula = '']) => !hasRelativeColumn(textOf(formula)))
  return isFixed && places.some((place) => isMoved(place, shift))
}

function formatPlace(place: CellRange): string {
  const [from, to] = [formatReference(place.from), formatReference(place.to)]
  return from === to ? from : formatRange(place)
}

function isMoved({ from }: CellRange, { first }: ColumnShift): boolean {
  return from.column >= first
}

function moved(place: CellRange, shift: ColumnShift): CellRange {
  if (!isMoved(place, shift)) return place
  const { from, to } = place
  const by = ({ column, row }: CellRange['from']) => ({ column: column + shift.count, row })
  return { from: by(from), to: by(to) }
}

function withRanges(element: string, head: string, written: string): string {
  if (writtenAttribute(head, 'sqref') !== undefined)
    return withAttribute(head, 'sqref', written) + element.slice(head.length)
  return element.replace(ranges, (_, tag: string) => tag + written)
}

function withFormulas(element: string, shift: ColumnShift): string {
  return element.replace(formulas, (_, tag: string, formula: string) => {
    const text = textOf(formula)
    const shifted = shiftReferences(text, shift)
    return tag + (shifted === text ? formula : escapeToBytes(shifted))
  })
}

function textOf(bytes: string): string {
  return decodeXmlText(toBytes(bytes).toString('utf8'))
}
