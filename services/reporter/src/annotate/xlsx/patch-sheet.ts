import type { PlacedColumn } from '../plan/place-columns.ts'
import type { Note } from '../plan/plan.ts'
import { type CellPlace, type CellRange, formatRange, parseRange, widenedTo } from './cell-place.ts'
import { withNewWidths } from './column-widths.ts'
import { type CellWalk, createCellWalk, scanChunks, type SheetMeasure } from './measure-sheet.ts'
import { cellXml } from './new-cells.ts'
import { NotPatchable } from './not-patchable.ts'
import type { StyleBook } from './parts/style-book.ts'
import { attributeOf, countOf, withAttribute, withoutAttribute } from './xml/xml-attributes.ts'
import { toBytes } from './xml/xml-bytes.ts'
import type { XmlToken } from './xml/xml-tokens.ts'

export interface SheetPatch {
  readonly measure: SheetMeasure
  /** What is appended, from left to right. */
  readonly columns: readonly PlacedColumn[]
  /** The columns are there from an earlier annotation, with widths that somebody may have changed. */
  readonly areThere: boolean
  readonly headerRow: number | undefined
  /** Of the container numbers: new cells of a row look like the one there. */
  readonly numberColumn: number
  readonly notes: ReadonlyMap<number, Note>
  readonly styles: StyleBook
  readonly is1904: boolean
}

export interface PatchedSheet {
  /** Of the sheet's own filter where it has one over the numbers: the appended columns are filtered and sorted with it. */
  readonly filter: CellRange | undefined
  /** Somebody had put formulas into columns that are written anew. */
  readonly hasDroppedFormulas: boolean
}

interface RowState {
  readonly note: Note | undefined
  readonly isHeader: boolean
  /** How many of the new cells stand there. */
  done: number
  style: number
}

interface PatchState {
  readonly patch: SheetPatch
  readonly emit: (xml: string) => void
  readonly walk: CellWalk
  readonly lastColumn: number
  readonly ownColumns: ReadonlySet<number>
  row: RowState | undefined
  /** The tags of `<cols>` while it is open. */
  widths: string[] | undefined
  /** Within a cell that is left out. */
  isDropping: boolean
  hasDroppedFormulas: boolean
  /** What the filter is to be widened to, until that is done. */
  filter: CellRange | undefined
  needsHeader: boolean
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
  const out: string[] = []
  const filter = widerFilter(patch, lastColumn)
  const state: PatchState = {
    patch,
    emit: (xml) => void out.push(xml),
    walk: createCellWalk(),
    lastColumn,
    ownColumns: new Set(patch.columns.map(({ column }) => column)),
    row: undefined,
    widths: undefined,
    isDropping: false,
    hasDroppedFormulas: false,
    filter,
    needsHeader: patch.headerRow !== undefined,
  }
  await scanChunks(
    chunks,
    (token) => visit(state, token),
    async () => write(toBytes(out.splice(0).join(''))),
  )
  return { filter, hasDroppedFormulas: state.hasDroppedFormulas }
}

/** Sorted by a filter that does not hold them, statuses would come to stand beside the numbers of others. */
function widerFilter(
  { measure: { filter }, numberColumn, headerRow, notes }: SheetPatch,
  lastColumn: number,
): CellRange | undefined {
  if (!filter || numberColumn < filter.from.column || numberColumn > filter.to.column) return undefined
  const rows = [...notes.keys()]
  const [first = 0, last = 0] = [headerRow ?? rows[0], rows.at(-1)]
  return filter.from.row <= last && filter.to.row >= first ? widenedTo(filter, lastColumn) : undefined
}

function visit(state: PatchState, token: XmlToken): void {
  const { name, kind, raw } = token
  if (state.isDropping) dropToken(state, token)
  else if (state.widths) visitWidths(state, token, state.widths)
  else if (name === 'c' && kind !== 'close') visitCell(state, token)
  else if (name === 'row') visitRow(state, token)
  else if (name === 'sheetData') visitData(state, token)
  else if (name === 'cols' && !state.patch.areThere) openWidths(state, token)
  else if (name === 'dimension' && kind !== 'close') state.emit(widened(raw, state))
  else if (name === 'autoFilter' && kind !== 'close') visitFilter(state, raw)
  else state.emit(raw)
}

function dropToken(state: PatchState, { name, kind }: XmlToken): void {
  state.hasDroppedFormulas ||= name === 'f'
  state.isDropping = !(name === 'c' && kind === 'close')
}

/** The sheet's own filter stands in front of those of saved views, which stay as they are. */
function visitFilter(state: PatchState, raw: string): void {
  state.emit(state.filter ? withAttribute(raw, 'ref', formatRange(state.filter)) : raw)
  state.filter = undefined
}

/** An empty list of columns is written anew in front of the rows. */
function openWidths(state: PatchState, { kind, raw }: XmlToken): void {
  if (kind !== 'open') return
  state.widths = []
  state.emit(raw)
}

function visitWidths(state: PatchState, { name, kind, raw }: XmlToken, tags: string[]): void {
  if (name === 'col' && kind !== 'close') tags.push(raw.replace(/\s*\/?>$/, '/>'))
  if (name !== 'cols') return
  state.emit(withNewWidths(tags, widthPlan(state)) + raw)
  state.widths = undefined
}

function visitData(state: PatchState, { kind, raw }: XmlToken): void {
  const { measure, areThere } = state.patch
  const { prefix, hasColumns } = measure
  if (kind === 'open' && !hasColumns && !areThere) {
    state.emit(`<${prefix}cols>${withNewWidths([], widthPlan(state))}</${prefix}cols>`)
  }
  if (kind === 'close') insertHeaderRow(state, Infinity)
  state.emit(raw)
}

function widthPlan({ patch: { measure, columns } }: PatchState) {
  return { prefix: measure.prefix, firstColumn: columns[0]?.column ?? 0, columns }
}

function visitRow(state: PatchState, token: XmlToken): void {
  const { patch, walk, emit } = state
  const { kind, raw, prefix } = token
  if (kind === 'close') {
    endRow(state)
    return emit(raw)
  }
  walk.visit(token)
  insertHeaderRow(state, walk.row)
  const note = patch.notes.get(walk.row)
  const isHeader = walk.row === patch.headerRow
  const row = note || isHeader ? { note, isHeader, done: 0, style: 0 } : undefined
  state.row = row
  if (isHeader) state.needsHeader = false
  // The range of columns that a row may name would be too narrow now.
  const tag = row ? withoutAttribute(raw, 'spans') : raw
  if (kind === 'open' || !row) return emit(tag)
  emit(tag.replace(/\s*\/>$/, '>'))
  endRow(state)
  emit(`</${prefix}row>`)
}

function endRow(state: PatchState): void {
  if (state.row) insertCells(state, state.row, { row: state.walk.row, column: Infinity })
  state.row = undefined
}

/** The headings go above the first number even where no row is written there. */
function insertHeaderRow(state: PatchState, before: number): void {
  const { headerRow, measure } = state.patch
  if (!state.needsHeader || headerRow === undefined || headerRow >= before) return
  state.needsHeader = false
  state.emit(`<${measure.prefix}row r="${headerRow}">`)
  insertCells(state, { note: undefined, isHeader: true, done: 0, style: 0 }, { row: headerRow, column: Infinity })
  state.emit(`</${measure.prefix}row>`)
}

function visitCell(state: PatchState, token: XmlToken): void {
  const { patch, walk, row, emit, ownColumns } = state
  const { kind, raw } = token
  walk.visit(token)
  if (!row) return emit(raw)
  const { column } = walk
  const style = countOf(raw, 's') ?? 0
  if (column === patch.numberColumn) row.style = style
  insertCells(state, row, { row: walk.row, column })
  // What stands there is blank, or ours from an earlier time.
  if (ownColumns.has(column)) {
    state.isDropping = kind === 'open'
    return
  }
  const shown = row.note ? patch.styles.derive(style, { shade: row.note.shade }) : style
  emit(shown === style ? raw : withAttribute(raw, 's', shown))
}

/** The new cells of a row up to a place. */
function insertCells({ patch, emit }: PatchState, row: RowState, upTo: CellPlace): void {
  const { measure, columns, styles, is1904 } = patch
  const syntax = { prefix: measure.prefix, is1904 }
  for (; row.done < columns.length; row.done += 1) {
    const next = columns[row.done]
    if (!next || next.column > upTo.column) return
    const { header, kind, index, column } = next
    const place = { column, row: upTo.row }
    if (row.isHeader) emit(cellXml({ place, value: header, kind: 'text', style: measure.headerStyle }, syntax))
    else if (row.note) {
      const { values, shade, isLines } = row.note
      const style = styles.derive(row.style, { format: isLines ? 'lines' : kind, shade })
      emit(cellXml({ place, value: values[index], kind: isLines ? 'text' : kind, style }, syntax))
    }
  }
}

/** The tag of the used range, which some programs believe. */
function widened(tag: string, { patch: { headerRow }, lastColumn }: PatchState): string {
  const range = parseRange(attributeOf(tag, 'ref'))
  if (!range) return tag
  const from: CellPlace = { ...range.from, row: Math.min(range.from.row, headerRow ?? range.from.row) }
  return withAttribute(tag, 'ref', formatRange(widenedTo({ ...range, from }, lastColumn)))
}
