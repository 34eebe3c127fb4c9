import type { Cell, DateCell } from '@atermtrack/domain'
import { errorOfNumber } from '../cells/error-cells.ts'
import { beginRow, endRow, putCell, type SheetRows } from '../sheets/sheet-rows.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import { bodiesOf, recordTypes, requireBody, scanRecords } from './biff-records.ts'
import type { BiffWorkbook } from './biff-workbook.ts'

/** The data that the cells of all sheets refer to. */
export interface BiffContext extends Pick<BiffWorkbook, 'texts' | 'sharedTexts' | 'dateStyles'> {
  readonly stream: Buffer
  readonly toDate: (serial: number) => DateCell | undefined
}

interface SheetState {
  readonly context: BiffContext
  readonly rows: SheetRows
  row: number
  /** The column of the formula whose text comes next; -1 for none. */
  pending: number
}

const DOUBLE_BYTES = 8
const WORKSHEET = 0x10
const OTHER_KINDS = new Set([0x20, 0x40])
const CELL_HEAD_BYTES = 6
const SHORT_NUMBER_BYTES = 6
const NO_NUMBER = 0xff_ff
const HUNDREDTHS = 1
const WHOLE = 2
/** The body of each kind of cell is at least so long. */
const LEAST_BYTES: ReadonlyMap<number, number> = new Map([
  [recordTypes.formula, 14],
  [recordTypes.number, 14],
  [recordTypes.shortNumber, 10],
  [recordTypes.shortNumbers, 12],
  [recordTypes.sharedText, 10],
  [recordTypes.text, 8],
  [recordTypes.richText, 8],
  [recordTypes.booleanOrError, 8],
])

/** Reads the cells of the sheet that begins at a place of the stream, row by row. Throws `UnreadableWorkbook`. */
export function readBiffSheet(context: BiffContext, at: number, rows: SheetRows): void {
  const { stream } = context
  const state: SheetState = { context, rows, row: -1, pending: -1 }
  const sorted = sortedCells(stream, at)
  if (sorted) for (const place of sorted) scanRecords(stream, place, (...record) => acceptOne(state, ...record))
  else scanCells(stream, at, (...record) => acceptRecord(state, ...record))
  endRow(rows)
}

/** The records of a sheet's own cells, without those of charts within it. */
function scanCells(stream: Buffer, at: number, visit: (type: number, from: number, to: number) => void | 'stop'): void {
  let depth = 0
  let isEnded = false
  scanRecords(stream, at, (type, from, to) => {
    if (depth === 0) requireFirst(stream, type, from, to)
    if (type === recordTypes.begin) depth++
    else if (type === recordTypes.end) depth--
    else if (depth === 1) isEnded = visit(type, from, to) === 'stop'
    isEnded ||= depth === 0
    return isEnded ? 'stop' : undefined
  })
  if (!isEnded) throw new UnreadableWorkbook('truncated', 'BIFF sheet')
}

function requireFirst(stream: Buffer, type: number, from: number, to: number): void {
  const kind = type === recordTypes.begin && to - from >= 4 ? stream.readUInt16LE(from + 2) : -1
  if (kind !== WORKSHEET && !OTHER_KINDS.has(kind)) {
    throw new UnreadableWorkbook('damaged', 'no sheet begins where the workbook says')
  }
}

/** The places of the cells by their rows, where some row stands before a lower one; undefined where all are in order. */
function sortedCells(stream: Buffer, at: number): readonly number[] | undefined {
  let highest = -1
  let isInOrder = true
  scanCells(stream, at, (type, from, to) => {
    if (!LEAST_BYTES.has(type)) return undefined
    requireBody(LEAST_BYTES.get(type) ?? 0, from, to)
    const row = stream.readUInt16LE(from)
    isInOrder = row >= highest
    highest = row
    return isInOrder ? undefined : 'stop'
  })
  if (isInOrder) return undefined
  const cells: { readonly row: number; readonly place: number }[] = []
  scanCells(stream, at, (type, from, to) => {
    if (!LEAST_BYTES.has(type)) return
    requireBody(LEAST_BYTES.get(type) ?? 0, from, to)
    cells.push({ row: stream.readUInt16LE(from), place: from - 4 })
  })
  return cells.toSorted((a, b) => a.row - b.row || a.place - b.place).map(({ place }) => place)
}

/** A cell out of its place, and the text of a formula behind it. */
function acceptOne(state: SheetState, type: number, from: number, to: number): 'stop' | undefined {
  if (LEAST_BYTES.has(type) && state.pending !== -1) return stopPending(state)
  if (acceptRecord(state, type, from, to) === 'stop') return 'stop'
  return state.pending === -1 ? 'stop' : undefined
}

function stopPending(state: SheetState): 'stop' {
  state.pending = -1
  return 'stop'
}

function acceptRecord(state: SheetState, type: number, from: number, to: number): 'stop' | undefined {
  const { context, rows } = state
  const { stream, texts } = context
  if (type === recordTypes.formulaText && state.pending !== -1) {
    putCell(rows, state.pending, texts.read(bodiesOf(stream, from, to), 2) || undefined)
    state.pending = -1
    return undefined
  }
  const least = LEAST_BYTES.get(type)
  if (least === undefined) return undefined
  requireBody(least, from, to)
  const row = stream.readUInt16LE(from)
  if (row !== state.row) {
    endRow(rows)
    if (rows.isDone) return 'stop'
    state.row = row
    beginRow(rows, row + 1)
  }
  state.pending = -1
  acceptCell(state, type, from, to)
  return undefined
}

function acceptCell(state: SheetState, type: number, from: number, to: number): void {
  const { context, rows } = state
  const { stream } = context
  const column = stream.readUInt16LE(from + 2)
  const at = from + CELL_HEAD_BYTES
  if (type === recordTypes.shortNumbers) acceptNumbers(state, column, from + 4, to - 2)
  else if (type === recordTypes.formula && isWithoutNumber(stream, at)) {
    if (stream[at] === 0) state.pending = column
    else putCell(rows, column, resultOf(stream, at))
  } else putCell(rows, column, readCell(context, type, from, to))
}

function readCell(context: BiffContext, type: number, from: number, to: number): Cell {
  const { stream, sharedTexts, texts } = context
  const at = from + CELL_HEAD_BYTES
  const style = stream.readUInt16LE(from + 4)
  switch (type) {
    case recordTypes.sharedText: {
      const text = sharedTexts[stream.readUInt32LE(at)]
      if (text === undefined) throw new UnreadableWorkbook('damaged', 'a cell points to no shared string')
      return text || undefined
    }
    case recordTypes.text:
    case recordTypes.richText:
      return texts.read(bodiesOf(stream, at, to), 2) || undefined
    case recordTypes.booleanOrError:
      return stream[at + 1] === 0 ? stream[at] !== 0 : errorOfNumber(stream.readUInt8(at))
    case recordTypes.shortNumber:
      return toNumberOrDate(context, style, shortNumber(stream, at))
    default:
      return toNumberOrDate(context, style, stream.readDoubleLE(at))
  }
}

/** Pairs of a style and a number, for one column after the other. */
function acceptNumbers({ context, rows }: SheetState, first: number, from: number, to: number): void {
  const { stream } = context
  for (let at = from, column = first; at + SHORT_NUMBER_BYTES <= to; at += SHORT_NUMBER_BYTES, column++) {
    putCell(rows, column, toNumberOrDate(context, stream.readUInt16LE(at), shortNumber(stream, at + 2)))
  }
}

function isWithoutNumber(stream: Buffer, at: number): boolean {
  return stream.readUInt16LE(at + 6) === NO_NUMBER
}

/** A formula's result that is neither a number nor a text. */
function resultOf(stream: Buffer, at: number): Cell {
  const kind = stream[at]
  if (kind === 1) return stream[at + 2] !== 0
  return kind === 2 ? errorOfNumber(stream.readUInt8(at + 2)) : undefined
}

/** Thirty bits of a whole number or the upper ones of a double, in hundredths or not. */
function shortNumber(stream: Buffer, at: number): number {
  const bits = stream.readInt32LE(at)
  scratch.setInt32(4, bits & ~3, true)
  const value = (bits & WHOLE) === 0 ? scratch.getFloat64(0, true) : bits >> 2
  return (bits & HUNDREDTHS) === 0 ? value : value / 100
}

const scratch = new DataView(new ArrayBuffer(DOUBLE_BYTES))

function toNumberOrDate({ dateStyles, toDate }: BiffContext, style: number, value: number): Cell {
  if (!Number.isFinite(value)) return undefined
  const plain = value === 0 ? 0 : value
  return dateStyles[style] === true ? (toDate(plain) ?? plain) : plain
}
