import type { Cell } from '@atermtrack/domain'
import { columnOf } from './cell-reference.ts'
import { type CellContext, NUMBER_TYPE, readCell, typeOf } from './cell-value.ts'
import { appendLiteral, appendText, clearText, createGatheredText, type GatheredText } from './gathered-text.ts'
import type { ReadingLimits } from './reading-limits.ts'
import { UnreadableWorkbook } from './unreadable-workbook.ts'
import type { RowVisitor } from './workbook-visitor.ts'
import { nameHash, scanXml } from './xml-scanner.ts'
import type { XmlTag } from './xml-tag.ts'

interface SheetState {
  readonly context: CellContext
  readonly limits: ReadingLimits
  readonly visitRow: RowVisitor
  readonly cells: Cell[]
  readonly text: GatheredText
  inData: boolean
  inCell: boolean
  inPhonetic: boolean
  inText: boolean
  isDone: boolean
  rowNumber: number
  lastFullRow: number
  fullRows: number
  hasValue: boolean
  column: number
  style: number
  type: number
}

const SHEET_DATA = nameHash('sheetData')
const ROW = nameHash('row')
const CELL = nameHash('c')
const VALUE = nameHash('v')
const TEXT = nameHash('t')
const PHONETIC = nameHash('rPh')
const REFERENCE_ATTRIBUTE = nameHash('r')
const STYLE_ATTRIBUTE = nameHash('s')
const TYPE_ATTRIBUTE = nameHash('t')
const ZERO = 0x30

/** Reads the cells of one worksheet part row by row; the declared dimension is not looked at. */
export async function scanSheet(
  chunks: AsyncIterable<Buffer>,
  visitRow: RowVisitor,
  context: CellContext,
  limits: ReadingLimits,
): Promise<void> {
  const state = createState(visitRow, context, limits)
  await scanXml(chunks, {
    open: (name, tag) => openTag(state, name, tag),
    close: (name) => closeTag(state, name),
    text(bytes, from, to, literal) {
      if (!state.inText) return
      if (literal) appendLiteral(state.text, bytes, from, to)
      else appendText(state.text, bytes, from, to)
    },
    isDone: () => state.isDone,
  })
}

function createState(visitRow: RowVisitor, context: CellContext, limits: ReadingLimits): SheetState {
  return {
    context,
    limits,
    visitRow,
    cells: [],
    text: createGatheredText(),
    inData: false,
    inCell: false,
    inPhonetic: false,
    inText: false,
    isDone: false,
    rowNumber: 0,
    lastFullRow: 0,
    fullRows: 0,
    hasValue: false,
    column: -1,
    style: 0,
    type: NUMBER_TYPE,
  }
}

function openTag(state: SheetState, name: number, tag: XmlTag): void {
  if (state.inCell) {
    if (name === VALUE || name === TEXT) state.inText = !state.inPhonetic
    else if (name === PHONETIC) state.inPhonetic = true
  } else if (state.inData && !state.isDone) {
    if (name === CELL) openCell(state, tag)
    else if (name === ROW) openRow(state, tag)
  } else if (name === SHEET_DATA) state.inData = true
}

function closeTag(state: SheetState, name: number): void {
  if (state.inCell) {
    if (name === VALUE || name === TEXT) state.inText = false
    else if (name === PHONETIC) state.inPhonetic = false
    else if (name === CELL) closeCell(state)
    else if (name === ROW) throw new UnreadableWorkbook('damaged', 'a row ends within a cell')
  } else if (name === ROW) closeRow(state)
  else if (name === SHEET_DATA) state.inData = false
}

function openRow(state: SheetState, tag: XmlTag): void {
  let rowNumber = 0
  for (let index = 0; index < tag.count; index++) {
    if (tag.names[index] === REFERENCE_ATTRIBUTE) rowNumber = wholeNumber(tag, index)
  }
  state.rowNumber = rowNumber > 0 ? rowNumber : state.rowNumber + 1
  state.column = -1
  if (state.rowNumber - state.lastFullRow > state.limits.maxBlankRows) state.isDone = true
}

function closeRow(state: SheetState): void {
  if (!state.hasValue) return
  state.fullRows++
  if (state.fullRows > state.limits.maxRows) {
    throw new UnreadableWorkbook('too_many_rows', `more than ${state.limits.maxRows} rows`)
  }
  state.lastFullRow = state.rowNumber
  if (state.visitRow(state.rowNumber, state.cells) === 'stop') state.isDone = true
  state.cells.fill(undefined)
  state.hasValue = false
}

function openCell(state: SheetState, tag: XmlTag): void {
  const { bytes, names, count } = tag
  let column = -1
  state.style = 0
  state.type = NUMBER_TYPE
  for (let index = 0; index < count; index++) {
    const name = names[index]
    const from = tag.valueFrom[index] as number
    const to = tag.valueTo[index] as number
    if (name === REFERENCE_ATTRIBUTE) column = columnOf(bytes, from, to)
    else if (name === STYLE_ATTRIBUTE) state.style = wholeNumber(tag, index)
    else if (name === TYPE_ATTRIBUTE) state.type = typeOf(bytes, from, to)
  }
  state.column = column === -1 ? state.column + 1 : column
  state.inCell = true
  clearText(state.text)
}

function closeCell(state: SheetState): void {
  const { cells, column, limits } = state
  state.inCell = false
  state.inPhonetic = false
  state.inText = false
  if (state.text.from === state.text.to) return
  const cell = readCell(state.context, state.type, state.style, state.text)
  if (cell === undefined) return
  // Blank cells may lie anywhere: people style whole rows to the last column.
  if (column >= limits.maxColumns) {
    throw new UnreadableWorkbook('too_many_columns', `more than ${limits.maxColumns} columns`)
  }
  while (cells.length <= column) cells.push(undefined)
  cells[column] = cell
  state.hasValue = true
}

/** Digits as a number; 0 for anything else. */
function wholeNumber({ bytes, valueFrom, valueTo }: XmlTag, index: number): number {
  const to = valueTo[index] as number
  let value = 0
  for (let at = valueFrom[index] as number; at < to; at++) {
    const digit = (bytes[at] as number) - ZERO
    if (digit < 0 || digit > 9) return 0
    value = value * 10 + digit
  }
  return value
}
