import {
  attributeOf,
  countOf,
  createXmlScanner,
  indexOfAttribute,
  isEmptyElement,
  nameHash,
  wholeNumber,
  type XmlSink,
  type XmlTag,
} from '@atermtrack/workbook-reader/package'
import { type CellRange, parseRange, readReference } from './cell-place.ts'
import { NotPatchable } from './not-patchable.ts'
import { prefixOf, requireUtf8 } from './parts/part-bytes.ts'

/** The facts about a sheet that are needed before its first byte is rewritten. */
export interface SheetMeasure {
  /** Of the elements of the sheet, with its colon. */
  readonly prefix: string
  /** How many columns from the left hold anything. */
  readonly usedColumns: number
  /** Of the last cell in the header row that holds anything. */
  readonly headerStyle: number
  readonly hasColumns: boolean
  /** The last row that holds anything; 0 for none. */
  readonly lastRow: number
  /** The styles of the cells in the model row, by column. */
  readonly modelStyles: ReadonlyMap<number, number>
  /** Of the sheet's own filter, its heading included. */
  readonly filter: CellRange | undefined
}

type Writable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] }

/** Elements and attributes of a sheet, as the scanner names them. */
export const sheetNames = {
  autoFilter: nameHash('autoFilter'),
  cell: nameHash('c'),
  col: nameHash('col'),
  cols: nameHash('cols'),
  customViews: nameHash('customSheetViews'),
  data: nameHash('sheetData'),
  dimension: nameHash('dimension'),
  formula: nameHash('f'),
  inlineText: nameHash('is'),
  mergeCell: nameHash('mergeCell'),
  range: nameHash('ref'),
  reference: nameHash('r'),
  row: nameHash('row'),
  spans: nameHash('spans'),
  style: nameHash('s'),
  value: nameHash('v'),
} as const

const contents: ReadonlySet<number> = new Set([sheetNames.value, sheetNames.formula, sheetNames.inlineText])

/** Walks the rows and cells of a sheet as they stand in its part; a cell or row without a reference follows the one before. */
export interface CellWalk {
  readonly row: number
  readonly column: number
  /** Both record a tag, and throw `NotPatchable` where rows or cells are out of order. */
  enterRow(tag: XmlTag): void
  enterCell(tag: XmlTag): void
}

/** Measures a sheet part; `headerRow` is the one that the new headings go into, and new rows look like `modelRow`. */
export async function measureSheet(
  chunks: AsyncIterable<Buffer>,
  headerRow: number | undefined,
  modelRow?: number,
): Promise<SheetMeasure> {
  const modelStyles = new Map<number, number>()
  const walk = createCellWalk()
  const measure: Writable<SheetMeasure> = {
    prefix: '',
    usedColumns: 0,
    headerStyle: 0,
    hasColumns: false,
    lastRow: 0,
    modelStyles,
    filter: undefined,
  }
  let style = 0
  let place: 'before' | 'data' | 'after' | 'views' = 'before'

  function use(column: number): void {
    measure.usedColumns = Math.max(measure.usedColumns, column + 1)
  }

  function visitData(name: number, tag: XmlTag): void {
    if (name === sheetNames.row) walk.enterRow(tag)
    else if (name === sheetNames.cell) walk.enterCell(tag)
    else if (contents.has(name)) {
      use(walk.column)
      measure.lastRow = walk.row
      if (walk.row === headerRow) measure.headerStyle = style
    }
    if (name !== sheetNames.cell) return
    if (walk.row === headerRow) style = styleOf(tag)
    if (walk.row === modelRow) modelStyles.set(walk.column, styleOf(tag))
  }

  function visitRest(name: number, tag: XmlTag): void {
    if (name === sheetNames.autoFilter) measure.filter ??= rangeOf(tag)
    if (name !== sheetNames.mergeCell) return
    const range = rangeOf(tag)
    // A title that is merged over more columns than the table has is not in the way.
    if (range && range.to.row >= (headerRow ?? 1)) use(range.to.column)
  }

  await scanPart(chunks, {
    open(name, tag) {
      if (name === sheetNames.data) {
        place = 'data'
        measure.prefix = prefixOf(tag)
      } else if (name === sheetNames.customViews) place = 'views'
      else if (place === 'data') visitData(name, tag)
      else if (place === 'after') visitRest(name, tag)
      else if (name === sheetNames.cols) measure.hasColumns = !isEmptyElement(tag)
    },
    close(name) {
      if (name === sheetNames.data || name === sheetNames.customViews) place = 'after'
    },
    text() {},
    isDone: () => false,
  })
  if (place === 'before') throw new NotPatchable('a sheet without data')
  return measure
}

/** The index of the style of a cell. */
export function styleOf(tag: XmlTag): number {
  const index = indexOfAttribute(tag, sheetNames.style)
  return index === -1 ? 0 : wholeNumber(tag, index)
}

/** The range that a tag is about. */
export function rangeOf(tag: XmlTag): CellRange | undefined {
  return parseRange(attributeOf(tag, sheetNames.range))
}

/** Starts a walk in front of the first row. */
export function createCellWalk(): CellWalk {
  let row = 0
  let column = -1
  return {
    get row() {
      return row
    },
    get column() {
      return column
    },
    enterRow(tag) {
      const next = countOf(tag, sheetNames.reference) ?? row + 1
      if (next <= row) throw new NotPatchable('rows that are out of order')
      row = next
      column = -1
    },
    enterCell(tag) {
      const index = indexOfAttribute(tag, sheetNames.reference)
      const place =
        index === -1 ? undefined : readReference(tag.bytes, tag.valueFrom[index] ?? 0, tag.valueTo[index] ?? 0)
      const next = place?.column ?? column + 1
      if (next <= column || (place !== undefined && place.row !== row)) {
        throw new NotPatchable('cells that are out of order')
      }
      column = next
    },
  }
}

/** Feeds the bytes of a part to a sink, and reports the end of each chunk. */
export async function scanPart(
  chunks: AsyncIterable<Buffer>,
  sink: XmlSink,
  onChunk?: () => void | Promise<void>,
): Promise<void> {
  const scanner = createXmlScanner(sink)
  let isFirst = true
  for await (const chunk of chunks) {
    if (isFirst) requireUtf8(chunk)
    isFirst = false
    scanner.push(chunk)
    await onChunk?.()
  }
  scanner.end()
}
