import type { Cell, DateCell, ErrorCell } from '@atermtrack/domain'
import { cacheByBytes } from '../xml/byte-cache.ts'
import { createSerialToDate, isoToDate } from '../cells/date-cells.ts'
import type { GatheredText } from '../xml/gathered-text.ts'
import { parseNumber, parseShortDecimal } from '../cells/number-cell.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import { decodeXmlText } from '../xml/xml-text.ts'

/** The data that the cells of all sheets of a workbook refer to. */
export interface CellContext {
  readonly sharedStrings: readonly string[]
  readonly dateStyles: readonly boolean[]
  readonly toText: (text: GatheredText) => string
  readonly toNumber: (text: GatheredText) => number | string | undefined
  readonly toDate: (serial: number) => DateCell | undefined
  readonly errors: Map<string, ErrorCell>
}

/** A single letter of the `t` attribute gives the type; of the longer ones, `str` and `inlineStr`, the length does. */
export const NUMBER_TYPE = 0x6e
export const INLINE_TYPE = 1
const SHARED_TYPE = 0x73
const BOOLEAN_TYPE = 0x62
const ERROR_TYPE = 0x65
const DATE_TYPE = 0x64
const TEXT_TYPE = 0
const INLINE_LENGTH = 'inlineStr'.length
// Excel has a dozen; a hostile file could invent millions.
const MAX_KNOWN_ERRORS = 100

export function createCellContext(options: {
  readonly sharedStrings: readonly string[]
  readonly dateStyles: readonly boolean[]
  readonly toText: (text: GatheredText) => string
  readonly is1904: boolean
}): CellContext {
  const { sharedStrings, dateStyles, toText, is1904 } = options
  return {
    sharedStrings,
    dateStyles,
    toText,
    toNumber: cacheByBytes((text) => parseNumber(gatheredToString(text))),
    toDate: createSerialToDate(is1904),
    errors: new Map(),
  }
}

export function gatheredToString({ bytes, from, to }: GatheredText): string {
  return decodeXmlText(bytes.toString('utf8', from, to))
}

export function typeOf(bytes: Buffer, from: number, to: number): number {
  if (to - from === 1) return bytes[from] as number
  return to - from === INLINE_LENGTH ? INLINE_TYPE : TEXT_TYPE
}

/** The value of a cell by its type and the text found in it, which is not empty. */
export function readCell(context: CellContext, type: number, style: number, text: GatheredText): Cell {
  switch (type) {
    case SHARED_TYPE:
      return readShared(context, text)
    case NUMBER_TYPE:
      return readNumberOrDate(context, style, text)
    case BOOLEAN_TYPE:
      return readBoolean(context.toText(text))
    case ERROR_TYPE:
      return readError(context, context.toText(text))
    case DATE_TYPE:
      return readIsoDate(context.toText(text))
    default:
      return context.toText(text) || undefined
  }
}

function readShared(context: CellContext, text: GatheredText): Cell {
  const shared = context.sharedStrings[parseShortDecimal(text)]
  if (shared === undefined) throw new UnreadableWorkbook('damaged', 'a cell points to no shared string')
  return shared || undefined
}

function readNumberOrDate(context: CellContext, style: number, text: GatheredText): Cell {
  const short = parseShortDecimal(text)
  const value = Number.isNaN(short) ? context.toNumber(text) : short
  if (typeof value !== 'number' || context.dateStyles[style] !== true) return value
  return context.toDate(value) ?? value
}

function readBoolean(text: string): Cell {
  const word = text.trim().toLowerCase()
  if (word === '1' || word === 'true') return true
  return word === '0' || word === 'false' ? false : text
}

function readIsoDate(text: string): Cell {
  return isoToDate(text.trim()) ?? text
}

function readError({ errors }: CellContext, code: string): ErrorCell {
  const known = errors.get(code)
  if (known) return known
  const cell: ErrorCell = { kind: 'error', code }
  if (errors.size < MAX_KNOWN_ERRORS) errors.set(code, cell)
  return cell
}
