import type { Cell, DateCell } from '@atermtrack/domain'
import { toChunks } from '../xml/buffer-chunks.ts'
import { cacheByBytes } from '../xml/byte-cache.ts'
import { createSerialToDate, isoToDate } from '../cells/date-cells.ts'
import { appendLiteral, appendText, clearText, createGatheredText, type GatheredText } from '../xml/gathered-text.ts'
import { parseNumber } from '../cells/number-cell.ts'
import type { ReadingLimits } from '../reading-limits.ts'
import { beginRow, createSheetRows, endRow, putCell, type SheetRows } from '../sheets/sheet-rows.ts'
import { readSpreadsheetMlOutline, type SpreadsheetMlOutline } from './spreadsheetml-outline.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import type { WorkbookVisitor } from '../sheets/workbook-visitor.ts'
import { decodePlainXmlText } from '../xml/xml-text.ts'
import { nameHash } from '../xml/name-hash.ts'
import { scanXml } from '../xml/xml-scanner.ts'
import { attributeOf, countOf, type XmlTag } from '../xml/xml-tag.ts'

interface ReaderState {
  readonly visitor: WorkbookVisitor
  readonly limits: ReadingLimits
  readonly outline: SpreadsheetMlOutline
  readonly toDate: (serial: number) => DateCell | undefined
  readonly toText: (text: GatheredText) => string
  readonly text: GatheredText
  sheetIndex: number
  /** Of the open sheet, if the visitor wants it. */
  rows: SheetRows | undefined
  /** Rows that the open one stands for beside itself; all but the first are blank. */
  rowSpan: number
  column: number
  columnSpan: number
  isDateStyle: boolean
  type: string
  inRow: boolean
  inCell: boolean
  inComment: boolean
  inData: boolean
}

const WORKSHEET = nameHash('Worksheet')
const ROW = nameHash('Row')
const CELL = nameHash('Cell')
const DATA = nameHash('Data')
const COMMENT = nameHash('Comment')
const INDEX_ATTRIBUTES = [nameHash('ss:Index'), nameHash('Index')]
const SPAN_ATTRIBUTES = [nameHash('ss:Span'), nameHash('Span')]
const MERGE_ATTRIBUTES = [nameHash('ss:MergeAcross'), nameHash('MergeAcross')]
const STYLE_ATTRIBUTES = [nameHash('ss:StyleID'), nameHash('StyleID')]
const TYPE_ATTRIBUTES = [nameHash('ss:Type'), nameHash('Type')]

/** Reads an XML spreadsheet of Excel 2003, whatever its file is named. Throws `UnreadableWorkbook`. */
export async function readSpreadsheetMl(file: Buffer, visitor: WorkbookVisitor, limits: ReadingLimits): Promise<void> {
  const outline = await readSpreadsheetMlOutline(file, limits)
  if (outline.sheets.length === 0) throw new UnreadableWorkbook('not_a_workbook', 'no sheets')
  const state: ReaderState = {
    visitor,
    limits,
    outline,
    toDate: createSerialToDate(outline.is1904),
    text: createGatheredText(),
    toText: cacheByBytes(({ bytes, from, to }) => decodePlainXmlText(bytes.toString('utf8', from, to))),
    sheetIndex: -1,
    rows: undefined,
    rowSpan: 0,
    column: -1,
    columnSpan: 1,
    isDateStyle: false,
    type: '',
    inRow: false,
    inCell: false,
    inComment: false,
    inData: false,
  }
  await scanXml(toChunks(file), {
    open: (name, tag) => openTag(state, name, tag),
    close: (name) => closeTag(state, name),
    text(bytes, from, to, literal) {
      if (!state.inData) return
      if (literal) appendLiteral(state.text, bytes, from, to)
      else appendText(state.text, bytes, from, to)
    },
    isDone: () => false,
  })
}

function openTag(state: ReaderState, name: number, tag: XmlTag): void {
  if (name === WORKSHEET) openSheet(state)
  else if (!state.rows || state.rows.isDone) return
  else if (name === ROW) openRow(state, state.rows, tag)
  else if (name === CELL && state.inRow) openCell(state, tag)
  else if (name === COMMENT) state.inComment = true
  else if (name === DATA && state.inCell && !state.inComment) {
    state.inData = true
    state.type = attributeOf(tag, ...TYPE_ATTRIBUTES) ?? 'String'
    clearText(state.text)
  }
}

function closeTag(state: ReaderState, name: number): void {
  const { rows } = state
  if (!rows) return
  if (name === DATA && state.inData) {
    state.inData = false
    putCell(rows, state.column, readData(state))
  } else if (name === COMMENT) state.inComment = false
  else if (name === CELL && state.inCell) {
    state.inCell = false
    state.column += state.columnSpan
  } else if (name === ROW && state.inRow) {
    state.inRow = false
    endRow(rows)
    rows.rowNumber += state.rowSpan
  } else if (name === WORKSHEET) state.rows = undefined
}

function openSheet(state: ReaderState): void {
  state.sheetIndex++
  const info = state.outline.sheets[state.sheetIndex]
  const visitRow = info && state.visitor.sheet(info)
  state.rows = visitRow && createSheetRows(visitRow, state.limits)
}

function openRow(state: ReaderState, rows: SheetRows, tag: XmlTag): void {
  beginRow(rows, countOf(tag, ...INDEX_ATTRIBUTES) || rows.rowNumber + 1)
  state.rowSpan = countOf(tag, ...SPAN_ATTRIBUTES) ?? 0
  state.column = 0
  state.inRow = true
}

function openCell(state: ReaderState, tag: XmlTag): void {
  const place = countOf(tag, ...INDEX_ATTRIBUTES)
  if (place) state.column = place - 1
  state.columnSpan = 1 + (countOf(tag, ...MERGE_ATTRIBUTES) ?? 0)
  state.isDateStyle = state.outline.dateStyles.has(attributeOf(tag, ...STYLE_ATTRIBUTES) ?? '')
  state.inCell = true
}

function readData({ type, text, toText, toDate, isDateStyle }: ReaderState): Cell {
  if (text.from === text.to) return undefined
  const value = toText(text)
  switch (type) {
    case 'Number': {
      const number = parseNumber(value)
      return isDateStyle && typeof number === 'number' ? (toDate(number) ?? number) : number
    }
    case 'DateTime':
      return isoToDate(value.trim()) ?? value
    case 'Boolean':
      return value.trim() === '1' || value.trim().toLowerCase() === 'true'
    case 'Error':
      return { kind: 'error', code: value.trim() }
    default:
      return value
  }
}
