import type { Note, StatusColumn } from '../plan.ts'
import { type CellPlace, formatReference, parseRangeEnd, parseReference } from './cell-place.ts'
import { withNewWidths } from './column-widths.ts'
import { type CellWalk, createCellWalk, scanChunks, type SheetMeasure } from './measure-sheet.ts'
import { cellXml } from './new-cells.ts'
import { NotPatchable } from './not-patchable.ts'
import type { StyleBook } from './style-book.ts'
import { attributeOf, countOf, withAttribute, withoutAttribute } from './xml-attributes.ts'
import { toBytes } from './xml-bytes.ts'
import type { XmlToken } from './xml-tokens.ts'

export interface SheetPatch {
  readonly measure: SheetMeasure
  readonly columns: readonly StatusColumn[]
  /** Of the appended columns, zero-based. */
  readonly firstColumn: number
  /** The columns are there from an earlier annotation, with widths that somebody may have changed. */
  readonly areThere: boolean
  readonly headerRow: number | undefined
  /** Of the container numbers: new cells of a row look like the one there. */
  readonly numberColumn: number
  readonly notes: ReadonlyMap<number, Note>
  readonly styles: StyleBook
  readonly is1904: boolean
}

interface RowState {
  readonly note: Note | undefined
  readonly isHeader: boolean
  isDone: boolean
  style: number
}

interface PatchState {
  readonly patch: SheetPatch
  readonly emit: (xml: string) => void
  readonly walk: CellWalk
  readonly lastColumn: number
  row: RowState | undefined
  /** The tags of `<cols>` while it is open. */
  widths: string[] | undefined
  /** Within a cell that is left out. */
  isDropping: boolean
  needsHeader: boolean
}

/** Excel's last is XFD. */
const mostColumns = 16_384

/** Copies a sheet part and puts the new cells into it on the way; everything else comes out byte by byte as it went in. */
export async function patchSheet(
  chunks: AsyncIterable<Buffer>,
  patch: SheetPatch,
  write: (bytes: Buffer) => Promise<void>,
): Promise<void> {
  const lastColumn = patch.firstColumn + patch.columns.length - 1
  if (lastColumn >= mostColumns) throw new NotPatchable('no room for more columns')
  const out: string[] = []
  const state: PatchState = {
    patch,
    emit: (xml) => void out.push(xml),
    walk: createCellWalk(),
    lastColumn,
    row: undefined,
    widths: undefined,
    isDropping: false,
    needsHeader: patch.headerRow !== undefined,
  }
  await scanChunks(
    chunks,
    (token) => visit(state, token),
    async () => write(toBytes(out.splice(0).join(''))),
  )
}

function visit(state: PatchState, token: XmlToken): void {
  const { name, kind, raw } = token
  if (state.isDropping) state.isDropping = !(name === 'c' && kind === 'close')
  else if (state.widths) visitWidths(state, token, state.widths)
  else if (name === 'c' && kind !== 'close') visitCell(state, token)
  else if (name === 'row') visitRow(state, token)
  else if (name === 'sheetData') visitData(state, token)
  else if (name === 'cols' && !state.patch.areThere) openWidths(state, token)
  else if (name === 'dimension' && kind !== 'close') state.emit(widened(raw, state))
  else state.emit(raw)
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

function widthPlan({ patch: { measure, firstColumn, columns } }: PatchState) {
  return { prefix: measure.prefix, firstColumn, columns }
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
  const row = note || isHeader ? { note, isHeader, isDone: false, style: 0 } : undefined
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
  if (state.row) insertCells(state, state.row, state.walk.row)
  state.row = undefined
}

/** The headings go above the first number even where no row is written there. */
function insertHeaderRow(state: PatchState, before: number): void {
  const { headerRow, measure } = state.patch
  if (!state.needsHeader || headerRow === undefined || headerRow >= before) return
  state.needsHeader = false
  state.emit(`<${measure.prefix}row r="${headerRow}">`)
  insertCells(state, { note: undefined, isHeader: true, isDone: false, style: 0 }, headerRow)
  state.emit(`</${measure.prefix}row>`)
}

function visitCell(state: PatchState, token: XmlToken): void {
  const { patch, walk, row, emit, lastColumn } = state
  const { kind, raw } = token
  walk.visit(token)
  if (!row) return emit(raw)
  const { column } = walk
  const style = countOf(raw, 's') ?? 0
  if (column === patch.numberColumn) row.style = style
  if (column >= patch.firstColumn) insertCells(state, row, walk.row)
  // What stands there is blank, or ours from an earlier time.
  if (column >= patch.firstColumn && column <= lastColumn) {
    state.isDropping = kind === 'open'
    return
  }
  const shown = row.note ? patch.styles.derive(style, { shade: row.note.shade }) : style
  emit(shown === style ? raw : withAttribute(raw, 's', shown))
}

function insertCells({ patch, emit }: PatchState, row: RowState, rowNumber: number): void {
  if (row.isDone) return
  row.isDone = true
  const { measure, columns, firstColumn, styles, is1904 } = patch
  const syntax = { prefix: measure.prefix, is1904 }
  for (const [index, { header, kind }] of columns.entries()) {
    const place = { column: firstColumn + index, row: rowNumber }
    if (row.isHeader) emit(cellXml({ place, value: header, kind: 'text', style: measure.headerStyle }, syntax))
    else if (row.note) {
      const style = styles.derive(row.style, { format: kind, shade: row.note.shade })
      emit(cellXml({ place, value: row.note.values[index], kind, style }, syntax))
    }
  }
}

/** The tag of the used range, which some programs believe. */
function widened(tag: string, { patch: { headerRow }, lastColumn }: PatchState): string {
  const ref = attributeOf(tag, 'ref')
  const [start, end] = [parseReference(ref?.split(':')[0]), parseRangeEnd(ref)]
  if (!start || !end) return tag
  const from: CellPlace = { column: start.column, row: Math.min(start.row, headerRow ?? start.row) }
  const to: CellPlace = { column: Math.max(end.column, lastColumn), row: end.row }
  return withAttribute(tag, 'ref', `${formatReference(from)}:${formatReference(to)}`)
}
