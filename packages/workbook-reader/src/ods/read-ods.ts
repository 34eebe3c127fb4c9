import { buffer } from 'node:stream/consumers'
import type { Cell } from '@atermtrack/domain'
import { cacheByBytes } from '../xml/byte-cache.ts'
import { appendLiteral, appendText, clearText, createGatheredText, type GatheredText } from '../xml/gathered-text.ts'
import { readOdsValue, toOdsCell, type OdsValue } from './ods-cell.ts'
import type { ReadingLimits } from '../reading-limits.ts'
import { beginRow, createSheetRows, endRow, putCell, type SheetRows } from '../sheets/sheet-rows.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import type { WorkbookVisitor } from '../sheets/workbook-visitor.ts'
import { decodePlainXmlText } from '../xml/xml-text.ts'
import { nameHash } from '../xml/name-hash.ts'
import { scanXml } from '../xml/xml-scanner.ts'
import { attributeOf, countOf, type XmlTag } from '../xml/xml-tag.ts'
import { openZipDirectory, type ZipDirectory } from '../zip/zip-directory.ts'

interface ReaderState {
  readonly visitor: WorkbookVisitor
  readonly limits: ReadingLimits
  readonly hiddenStyles: Set<string>
  readonly toText: (text: GatheredText) => string
  readonly text: GatheredText
  styleName: string
  sheetCount: number
  rows: SheetRows | undefined
  rowRepeats: number
  column: number
  columnRepeats: number
  value: OdsValue | undefined
  /** Elements open within the cell; a paragraph counts at depth 0 only, not in a comment or a drawing. */
  depth: number
  paragraphs: number
  inParagraph: boolean
}

const CONTENT = 'content.xml'
const MANIFEST = 'meta-inf/manifest.xml'
const STYLE = nameHash('style:style')
const TABLE_PROPERTIES = nameHash('style:table-properties')
const TABLE = nameHash('table:table')
const ROW = nameHash('table:table-row')
const CELL = nameHash('table:table-cell')
const COVERED_CELL = nameHash('table:covered-table-cell')
const PARAGRAPH = nameHash('text:p')
const SPACES = nameHash('text:s')
const TAB = nameHash('text:tab')
const LINE_BREAK = nameHash('text:line-break')
const NAME = nameHash('table:name')
const STYLE_NAME = nameHash('style:name')
const TABLE_STYLE_NAME = nameHash('table:style-name')
const DISPLAY = nameHash('table:display')
const ROWS_REPEATED = nameHash('table:number-rows-repeated')
const COLUMNS_REPEATED = nameHash('table:number-columns-repeated')
const SPACE_COUNT = nameHash('text:c')
const MAX_SPACES = 1_000
const BLANKS = Buffer.from(' '.repeat(MAX_SPACES))
const TAB_CHARACTER = Buffer.from('\t')
const NEW_LINE = Buffer.from('\n')

/** Reads an OpenDocument spreadsheet; repeated cells and rows count as often as they stand for. Throws `UnreadableWorkbook`. */
export async function readOds(file: Buffer, visitor: WorkbookVisitor, limits: ReadingLimits): Promise<void> {
  const parts = await openZipDirectory(file, limits)
  if (await isEncrypted(parts)) throw new UnreadableWorkbook('encrypted', 'OpenDocument spreadsheet')
  const state: ReaderState = {
    visitor,
    limits,
    hiddenStyles: new Set(),
    text: createGatheredText(),
    toText: cacheByBytes(({ bytes, from, to }) => decodePlainXmlText(bytes.toString('utf8', from, to))),
    styleName: '',
    sheetCount: 0,
    rows: undefined,
    rowRepeats: 1,
    column: 0,
    columnRepeats: 1,
    value: undefined,
    depth: 0,
    paragraphs: 0,
    inParagraph: false,
  }
  await scanXml(parts.read(CONTENT), {
    open: (name, tag) => openTag(state, name, tag),
    close: (name) => closeTag(state, name),
    text(bytes, from, to, literal) {
      if (!state.inParagraph) return
      if (literal) appendLiteral(state.text, bytes, from, to)
      else appendText(state.text, bytes, from, to)
    },
    isDone: () => false,
  })
  if (state.sheetCount === 0) throw new UnreadableWorkbook('not_a_workbook', 'no sheets')
}

/** An encrypted document has a readable manifest that says so, and parts that are noise. */
async function isEncrypted(parts: ZipDirectory): Promise<boolean> {
  if (!parts.has(MANIFEST)) return false
  return (await buffer(parts.read(MANIFEST))).includes('encryption-data')
}

function openTag(state: ReaderState, name: number, tag: XmlTag): void {
  if (state.value) openWithinCell(state, name, tag)
  else if (name === TABLE) openSheet(state, tag)
  else if (name === STYLE) state.styleName = attributeOf(tag, STYLE_NAME) ?? ''
  else if (name === TABLE_PROPERTIES && attributeOf(tag, DISPLAY) === 'false') state.hiddenStyles.add(state.styleName)
  else if (!state.rows || state.rows.isDone) return
  else if (name === ROW) openRow(state, state.rows, tag)
  else if (name === CELL || name === COVERED_CELL) openCell(state, tag)
}

function openWithinCell(state: ReaderState, name: number, tag: XmlTag): void {
  if (state.depth === 0 && name === PARAGRAPH) {
    if (state.paragraphs > 0) appendText(state.text, NEW_LINE, 0, 1)
    state.paragraphs++
    state.inParagraph = true
  }
  state.depth++
  if (!state.inParagraph) return
  if (name === SPACES) appendText(state.text, BLANKS, 0, Math.min(MAX_SPACES, countOf(tag, SPACE_COUNT) ?? 1))
  else if (name === TAB) appendText(state.text, TAB_CHARACTER, 0, 1)
  else if (name === LINE_BREAK) appendText(state.text, NEW_LINE, 0, 1)
}

function closeTag(state: ReaderState, name: number): void {
  if (state.value && state.depth > 0) {
    state.depth--
    if (state.depth === 0) state.inParagraph = false
  } else if (name === CELL || name === COVERED_CELL) closeCell(state)
  else if (name === ROW && state.rows) closeRow(state, state.rows)
  else if (name === TABLE) state.rows = undefined
}

function openSheet(state: ReaderState, tag: XmlTag): void {
  const index = state.sheetCount++
  if (state.sheetCount > state.limits.maxSheets) {
    throw new UnreadableWorkbook('too_many_sheets', `more than ${state.limits.maxSheets} sheets`)
  }
  const hidden = state.hiddenStyles.has(attributeOf(tag, TABLE_STYLE_NAME) ?? '')
  const visitRow = state.visitor.sheet({ name: attributeOf(tag, NAME) ?? '', index, hidden })
  state.rows = visitRow && createSheetRows(visitRow, state.limits)
}

function openRow(state: ReaderState, rows: SheetRows, tag: XmlTag): void {
  beginRow(rows, rows.rowNumber + 1)
  state.rowRepeats = countOf(tag, ROWS_REPEATED) || 1
  state.column = 0
}

function openCell(state: ReaderState, tag: XmlTag): void {
  state.columnRepeats = countOf(tag, COLUMNS_REPEATED) || 1
  state.value = readOdsValue(tag)
  state.depth = 0
  state.paragraphs = 0
  clearText(state.text)
}

function closeCell(state: ReaderState): void {
  const { rows, value, text, column, columnRepeats } = state
  if (!rows || !value) return
  state.value = undefined
  state.column += columnRepeats
  const cell = toOdsCell(value, text.from === text.to ? '' : state.toText(text))
  if (cell === undefined) return
  for (let repeat = 0; repeat < columnRepeats; repeat++) putCell(rows, column + repeat, cell)
}

function closeRow(state: ReaderState, rows: SheetRows): void {
  const { rowRepeats } = state
  state.rowRepeats = 1
  if (!rows.hasValue) {
    rows.rowNumber += rowRepeats - 1
    return
  }
  const cells: readonly Cell[] = [...rows.cells]
  endRow(rows)
  for (let repeat = 1; repeat < rowRepeats && !rows.isDone; repeat++) {
    beginRow(rows, rows.rowNumber + 1)
    for (const [column, cell] of cells.entries()) putCell(rows, column, cell)
    endRow(rows)
  }
}
