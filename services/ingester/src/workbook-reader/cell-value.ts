import type { Cell, ErrorCell } from '@atermtrack/domain'
import { isoToDate, type SerialToDate } from './date-cells.ts'
import { readNumber } from './number-cell.ts'
import type { TextBuffer } from './text-buffer.ts'
import type { DecodeText } from './text-decoder.ts'
import { UnreadableWorkbook } from './unreadable-workbook.ts'

/** What the cells of all sheets of a workbook refer to. */
export interface CellContext {
  readonly sharedStrings: readonly string[]
  readonly dateStyles: readonly boolean[]
  readonly toDate: SerialToDate
  readonly decode: DecodeText
  readonly errors: Map<string, ErrorCell>
}

/** Types are told by the single letter of the `t` attribute; both longer ones, `str` and `inlineStr`, are text. */
export const NUMBER_TYPE = 0x6e
const SHARED_TYPE = 0x73
const BOOLEAN_TYPE = 0x62
const ERROR_TYPE = 0x65
const DATE_TYPE = 0x64
const TEXT_TYPE = 0

export function typeOf(bytes: Buffer, from: number, to: number): number {
  return to - from === 1 ? (bytes[from] as number) : TEXT_TYPE
}

/** The value of a cell by its type and the text found in it, which is not empty. */
export function readCell(context: CellContext, type: number, style: number, text: TextBuffer): Cell {
  switch (type) {
    case SHARED_TYPE:
      return readShared(context, text)
    case NUMBER_TYPE:
      return readNumberOrDate(context, style, text)
    case BOOLEAN_TYPE:
      return readBoolean(context.decode(text))
    case ERROR_TYPE:
      return readError(context, text)
    case DATE_TYPE:
      return readIsoDate(context.decode(text))
    default:
      return context.decode(text) || undefined
  }
}

function readShared(context: CellContext, text: TextBuffer): Cell {
  const index = readNumber(text)
  const shared = typeof index === 'number' ? context.sharedStrings[index] : undefined
  if (shared === undefined) throw new UnreadableWorkbook('damaged', 'a cell points to no shared string')
  return shared || undefined
}

function readNumberOrDate(context: CellContext, style: number, text: TextBuffer): Cell {
  const value = readNumber(text)
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

function readError(context: CellContext, text: TextBuffer): Cell {
  const code = context.decode(text)
  const known = context.errors.get(code)
  if (known) return known
  const cell: ErrorCell = { kind: 'error', code }
  context.errors.set(code, cell)
  return cell
}
