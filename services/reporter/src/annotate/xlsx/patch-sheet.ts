import { isEmptyElement, type XmlTag } from '@atermtrack/workbook-reader/package'
import type { PlacedColumn } from '../plan/place-columns.ts'
import type { Note } from '../plan/plan.ts'
import { type AppendedRows, appendedXml, lastAppended } from './appended-rows.ts'
import { type CellPlace, type CellRange, formatRange } from './cell-place.ts'
import { withNewWidths } from './column-widths.ts'
import {
  type CellWalk,
  createCellWalk,
  rangeOf,
  scanPart,
  sheetNames,
  type SheetMeasure,
  styleOf,
} from './measure-sheet.ts'
import { cellXml } from './new-cells.ts'
import { NotPatchable } from './not-patchable.ts'
import { removeAttribute, setAttribute } from './edit-tag.ts'
import { createPartCopy, type PartCopy } from './part-copy.ts'
import { prefixOf, tagText } from './parts/part-bytes.ts'
import type { StyleBook } from './parts/style-book.ts'
import { createRuleCopy, type RuleCopy } from './rules/copy-rules.ts'
import type { ColumnShift } from './rules/shift-references.ts'
import { widerDimension, widerFilter } from './sheet-ranges.ts'

export interface SheetPatch {
  readonly measure: SheetMeasure
  /** The appended columns, from left to right. */
  readonly columns: readonly PlacedColumn[]
  /** The columns are there from an earlier annotation, with widths that somebody may have changed. */
  readonly areThere: boolean
  readonly headerRow: number | undefined
  /** By row, in the order of the columns: those of the header row, and of tables below it. */
  readonly headings: ReadonlyMap<number, readonly string[]>
  /** Of the container numbers: new cells of a row look like the one there. */
  readonly numberColumn: number
  readonly notes: ReadonlyMap<number, Note>
  readonly styles: StyleBook
  readonly is1904: boolean
  /** Rows below all others. */
  readonly appended?: AppendedRows | undefined
}

export interface PatchedSheet {
  /** Of the sheet's own filter where it has one over the numbers: the appended columns are filtered and sorted with it. */
  readonly filter: CellRange | undefined
  /** Somebody had put formulas into columns that are rewritten. */
  readonly hasDroppedFormulas: boolean
}

interface RowState {
  readonly note: Note | undefined
  readonly headings: readonly string[] | undefined
  /** How many of the new cells stand there. */
  done: number
  style: number
}

interface PatchState {
  readonly patch: SheetPatch
  readonly copy: PartCopy
  readonly walk: CellWalk
  readonly rules: RuleCopy
  readonly lastColumn: number
  readonly ownColumns: ReadonlySet<number>
  row: RowState | undefined
  /** The tags of `<cols>` while it is open. */
  widths: string[] | undefined
  /** Within a cell that is left out. */
  isDropping: boolean
  hasDroppedFormulas: boolean
  /** The new range of the filter, until it is widened. */
  filter: CellRange | undefined
  needsHeader: boolean
  /** The appended rows are still to be written. */
  needsRows: boolean
  /** Within a blank row in the place of an appended one. */
  isReplacingRow: boolean
}

/** Excel's last is XFD. */
const mostColumns = 16_384

/** Copies a sheet part and puts the new cells into it on the way; everything else comes out byte by byte as it went in. */
export async function patchSheet(
  chunks: AsyncIterable<Buffer>,
  patch: SheetPatch,
  write: (bytes: Buffer) => Promise<void>,
): Promise<PatchedSheet> {
  const lastColumn = Math.max(...patch.columns.map(({ column }) => column))
  if (lastColumn >= mostColumns) throw new NotPatchable('no room for more columns')
  const filter = widerFilter(patch, lastColumn)
  const copy = createPartCopy()
  const state: PatchState = {
    patch,
    copy,
    walk: createCellWalk(),
    rules: createRuleCopy(copy, { shift: shiftOf(patch), appended: patch.appended }),
    lastColumn,
    ownColumns: new Set(patch.columns.map(({ column }) => column)),
    row: undefined,
    widths: undefined,
    isDropping: false,
    hasDroppedFormulas: false,
    filter,
    needsHeader: patch.headerRow !== undefined,
    needsRows: patch.appended !== undefined,
    isReplacingRow: false,
  }
  const sink = {
    open: (name: number, tag: XmlTag) => openTag(state, name, tag),
    close: (name: number, bytes: Buffer, from: number, to: number) => closeTag(state, name, { bytes, from, to }),
    text: (bytes: Buffer, from: number, to: number, literal: boolean) => state.rules.text(bytes, from, to, literal),
    scanned: (bytes: Buffer, to: number) => copy.scanned(bytes, to),
    isDone: () => false,
  }
  await scanPart(chunks, sink, async () => write(copy.take()))
  return { filter, hasDroppedFormulas: state.hasDroppedFormulas }
}

/** Columns that are there already have moved what stood right of them. */
function shiftOf({ columns, areThere }: SheetPatch): ColumnShift | undefined {
  const [first] = columns
  return first && !areThere ? { first: first.column, count: columns.length } : undefined
}

/** An end tag, as `bytes[from, to)`. */
type EndTag = Pick<XmlTag, 'bytes' | 'from' | 'to'>

function openTag(state: PatchState, name: number, tag: XmlTag): void {
  if (state.isReplacingRow || state.rules.open(name, tag)) return
  if (state.isDropping) state.hasDroppedFormulas ||= name === sheetNames.formula
  else if (state.widths) visitWidth(state.widths, name, tag)
  else if (name === sheetNames.cell) openCell(state, tag)
  else if (name === sheetNames.row) openRow(state, tag)
  else if (name === sheetNames.data) openData(state, tag)
  else if (name === sheetNames.cols && !state.patch.areThere) openWidths(state, tag)
  else if (name === sheetNames.dimension) widenDimension(state, tag)
  else if (name === sheetNames.autoFilter) widenFilter(state, tag)
}

function closeTag(state: PatchState, name: number, end: EndTag): void {
  if (state.rules.close(name, end) || end.from === end.to) return
  if (state.isReplacingRow) {
    if (name !== sheetNames.row) return
    state.isReplacingRow = false
    state.copy.resume(end.to)
  } else if (state.isDropping) {
    if (name !== sheetNames.cell) return
    state.isDropping = false
    state.copy.resume(end.to)
  } else if (name === sheetNames.cols && state.widths) closeWidths(state, end, state.widths)
  else if (name === sheetNames.row) endRow(state, end)
  else if (name === sheetNames.data) {
    insertHeaderRow(state, Infinity, end)
    insertRows(state, Infinity, end)
  }
}

/** The sheet's own filter stands in front of those of saved views, which stay as they are. */
function widenFilter(state: PatchState, tag: XmlTag): void {
  if (state.filter) setAttribute(state.copy, tag, { hash: sheetNames.range, name: 'ref' }, formatRange(state.filter))
  state.filter = undefined
}

/** An empty list of columns is written again in front of the rows. */
function openWidths(state: PatchState, tag: XmlTag): void {
  if (isEmptyElement(tag)) return state.copy.replace(tag.bytes, tag.from, tag.to, '')
  state.widths = []
  state.copy.drop(tag.bytes, tag.to)
}

function visitWidth(tags: string[], name: number, tag: XmlTag): void {
  if (name === sheetNames.col) tags.push(tagText(tag).replace(/\s*\/?>$/, '/>'))
}

function closeWidths(state: PatchState, { bytes, from }: EndTag, tags: readonly string[]): void {
  state.copy.resume(from)
  state.copy.insert(bytes, from, withNewWidths(tags, widthPlan(state)))
  state.widths = undefined
}

function openData(state: PatchState, tag: XmlTag): void {
  const { measure, areThere } = state.patch
  const { prefix, hasColumns } = measure
  if (isEmptyElement(tag) || hasColumns || areThere) return
  state.copy.insert(tag.bytes, tag.from, `<${prefix}cols>${withNewWidths([], widthPlan(state))}</${prefix}cols>`)
}

function widthPlan({ patch: { measure, columns } }: PatchState) {
  return { prefix: measure.prefix, firstColumn: columns[0]?.column ?? 0, columns }
}

function openRow(state: PatchState, tag: XmlTag): void {
  const { patch, walk, copy } = state
  walk.enterRow(tag)
  insertHeaderRow(state, walk.row, tag)
  insertRows(state, walk.row, tag)
  if (isReplaced(state, walk.row)) return replaceRow(state, tag)
  const note = patch.notes.get(walk.row)
  const headings = patch.headings.get(walk.row)
  if (walk.row === patch.headerRow) state.needsHeader = false
  if (!note && !headings) return
  state.row = { note, headings, done: 0, style: 0 }
  // The range of columns that a row may name would be too narrow now.
  removeAttribute(copy, tag, sheetNames.spans)
  if (!isEmptyElement(tag)) return
  const { bytes, to } = tag
  copy.replace(bytes, to - 2, to, '>')
  endRow(state, { bytes, from: to, to })
  copy.insert(bytes, to, `</${prefixOf(tag)}row>`)
}

function endRow(state: PatchState, { bytes, from }: EndTag): void {
  const { row, walk, copy } = state
  if (row) copy.insert(bytes, from, newCells(state, row, { row: walk.row, column: Infinity }))
  state.row = undefined
}

/** The headings go above the first number even where no row is written there. */
function insertHeaderRow(state: PatchState, before: number, { bytes, from }: EndTag): void {
  const { headerRow, headings, measure } = state.patch
  if (!state.needsHeader || headerRow === undefined || headerRow >= before) return
  state.needsHeader = false
  const row: RowState = { note: undefined, headings: headings.get(headerRow), done: 0, style: 0 }
  const cells = newCells(state, row, { row: headerRow, column: Infinity })
  state.copy.insert(bytes, from, `<${measure.prefix}row r="${headerRow}">${cells}</${measure.prefix}row>`)
}

/** The appended rows stand in front of the first row behind them, or end the sheet. */
function insertRows(state: PatchState, before: number, { bytes, from }: EndTag): void {
  const { appended, measure, columns, numberColumn, styles: book, is1904 } = state.patch
  if (!state.needsRows || !appended || appended.from > before) return
  state.needsRows = false
  const parts = { columns, numberColumn, book, is1904, prefix: measure.prefix }
  state.copy.insert(bytes, from, appendedXml(appended, parts))
}

/** Only blank rows, which may have a look of their own, stand in the place of appended ones. */
function isReplaced({ patch: { appended } }: PatchState, row: number): boolean {
  return appended !== undefined && appended.from <= row && row <= lastAppended(appended)
}

function replaceRow(state: PatchState, tag: XmlTag): void {
  const { bytes, from, to } = tag
  if (isEmptyElement(tag)) return state.copy.replace(bytes, from, to, '')
  state.isReplacingRow = true
  state.copy.drop(bytes, from)
}

function openCell(state: PatchState, tag: XmlTag): void {
  const { patch, walk, row, copy, ownColumns } = state
  const { bytes, from, to } = tag
  walk.enterCell(tag)
  if (!row) return
  const { column } = walk
  const style = styleOf(tag)
  if (column === patch.numberColumn) row.style = style
  copy.insert(bytes, from, newCells(state, row, { row: walk.row, column }))
  // The cell is blank, or an earlier annotation wrote it.
  if (ownColumns.has(column)) {
    if (isEmptyElement(tag)) return copy.replace(bytes, from, to, '')
    state.isDropping = true
    return copy.drop(bytes, from)
  }
  const shown = row.note ? patch.styles.derive(style, { shade: row.note.shade }) : style
  if (shown !== style) setAttribute(copy, tag, { hash: sheetNames.style, name: 's' }, String(shown))
}

/** The new cells of a row up to a place. */
function newCells({ patch }: PatchState, row: RowState, upTo: CellPlace): string {
  const { measure, columns, styles, is1904 } = patch
  const syntax = { prefix: measure.prefix, is1904 }
  let xml = ''
  for (; row.done < columns.length; row.done += 1) {
    const next = columns[row.done]
    if (!next || next.column > upTo.column) break
    const { kind, index, column } = next
    const place = { column, row: upTo.row }
    if (row.headings) {
      const value = row.headings[row.done]
      xml += cellXml({ place, value, kind: 'text', style: measure.headerStyle }, syntax)
    } else if (row.note) {
      const { values, shade, isLines } = row.note
      const style = styles.derive(row.style, { format: isLines ? 'lines' : kind, shade })
      xml += cellXml({ place, value: values[index], kind: isLines ? 'text' : kind, style }, syntax)
    }
  }
  return xml
}

function widenDimension({ patch, lastColumn, copy }: PatchState, tag: XmlTag): void {
  const range = rangeOf(tag)
  if (!range) return
  setAttribute(copy, tag, { hash: sheetNames.range, name: 'ref' }, widerDimension(range, patch, lastColumn))
}
