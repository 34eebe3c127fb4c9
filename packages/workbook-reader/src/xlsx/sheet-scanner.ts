import { columnOf } from '../cells/cell-reference.ts'
import { type CellContext, INLINE_TYPE, NUMBER_TYPE, readCell, typeOf } from './cell-value.ts'
import { appendLiteral, appendText, clearText, createGatheredText, type GatheredText } from '../xml/gathered-text.ts'
import type { ReadingLimits } from '../reading-limits.ts'
import { beginRow, createSheetRows, endRow, putCell, type SheetRows } from '../sheets/sheet-rows.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import type { RowVisitor } from '../sheets/workbook-visitor.ts'
import { nameHash } from '../xml/name-hash.ts'
import { scanXml } from '../xml/xml-scanner.ts'
import { wholeNumber, type XmlTag } from '../xml/xml-tag.ts'

interface SheetState {
  readonly context: CellContext
  readonly rows: SheetRows
  readonly text: GatheredText
  inData: boolean
  inCell: boolean
  inPhonetic: boolean
  inText: boolean
  /** The element that the text so far comes from: of a value and a text in one cell, the type decides which counts. */
  source: number
  column: number
  style: number
  type: number
}

const SHEET_DATA = nameHash('sheetData')
const ROW = nameHash('row')
const CELL = nameHash('c')
const VALUE = nameHash('v')
const INLINE = nameHash('is')
const TEXT = nameHash('t')
const PHONETIC = nameHash('rPh')
const REFERENCE_ATTRIBUTE = nameHash('r')
const STYLE_ATTRIBUTE = nameHash('s')
const TYPE_ATTRIBUTE = nameHash('t')

/** Reads the cells of one worksheet part row by row; the declared dimension does not count. */
export async function scanSheet(
  chunks: AsyncIterable<Buffer>,
  visitRow: RowVisitor,
  context: CellContext,
  limits: ReadingLimits,
): Promise<void> {
  const state = createState(createSheetRows(visitRow, limits), context)
  await scanXml(chunks, {
    open: (name, tag) => openTag(state, name, tag),
    close: (name) => closeTag(state, name),
    text(bytes, from, to, literal) {
      if (!state.inText) return
      if (literal) appendLiteral(state.text, bytes, from, to)
      else appendText(state.text, bytes, from, to)
    },
    isDone: () => state.rows.isDone,
  })
}

function createState(rows: SheetRows, context: CellContext): SheetState {
  return {
    context,
    rows,
    text: createGatheredText(),
    inData: false,
    inCell: false,
    inPhonetic: false,
    inText: false,
    source: 0,
    column: -1,
    style: 0,
    type: NUMBER_TYPE,
  }
}

function openTag(state: SheetState, name: number, tag: XmlTag): void {
  if (state.inCell) {
    if (name === VALUE) openSource(state, VALUE)
    else if (name === TEXT) state.inText = !state.inPhonetic && state.source !== VALUE
    else if (name === INLINE) openSource(state, INLINE)
    else if (name === PHONETIC) state.inPhonetic = true
  } else if (state.inData && !state.rows.isDone) {
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
  } else if (name === ROW) endRow(state.rows)
  else if (name === SHEET_DATA) state.inData = false
}

/** An inline text outweighs a value in a cell of that type only. */
function openSource(state: SheetState, source: number): void {
  const preferred = state.type === INLINE_TYPE ? INLINE : VALUE
  if (state.source !== 0 && state.source !== source) {
    if (source !== preferred) return
    clearText(state.text)
  }
  state.source = source
  state.inText = source === VALUE
}

function openRow(state: SheetState, tag: XmlTag): void {
  let rowNumber = 0
  for (let index = 0; index < tag.count; index++) {
    if (tag.names[index] === REFERENCE_ATTRIBUTE) rowNumber = wholeNumber(tag, index)
  }
  beginRow(state.rows, rowNumber > 0 ? rowNumber : state.rows.rowNumber + 1)
  state.column = -1
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
  state.source = 0
  clearText(state.text)
}

function closeCell(state: SheetState): void {
  state.inCell = false
  state.inPhonetic = false
  state.inText = false
  if (state.text.from === state.text.to) return
  putCell(state.rows, state.column, readCell(state.context, state.type, state.style, state.text))
}
