import { type CellRange, parseRange, parseReference } from './cell-place.ts'
import { NotPatchable } from './not-patchable.ts'
import { attributeOf, countOf } from './xml/xml-attributes.ts'
import { requireUtf8, toByteText } from './xml/xml-bytes.ts'
import { createXmlTokenizer, type XmlToken } from './xml/xml-tokens.ts'

/** What must be known of a sheet before its first byte is written anew. */
export interface SheetMeasure {
  /** Of the elements of the sheet, with its colon. */
  readonly prefix: string
  /** How many columns from the left hold anything. */
  readonly usedColumns: number
  /** Of the last cell in the header row that holds anything. */
  readonly headerStyle: number
  readonly hasColumns: boolean
  /** Of the sheet's own filter, its heading included. */
  readonly filter: CellRange | undefined
}

type Writable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] }

const contents: ReadonlySet<string> = new Set(['v', 'f', 'is'])

/** Walks the rows and cells of a sheet as they stand in its part; a cell or row without a reference follows the one before. */
export interface CellWalk {
  readonly row: number
  readonly column: number
  /** Notes a tag of a row or a cell. Throws `NotPatchable` where rows or cells are out of order. */
  visit(token: XmlToken): void
}

/** Measures a sheet part; `headerRow` is the one that the new headings go into. */
export async function measureSheet(
  chunks: AsyncIterable<Buffer>,
  headerRow: number | undefined,
): Promise<SheetMeasure> {
  const walk = createCellWalk()
  const measure: Writable<SheetMeasure> = {
    prefix: '',
    usedColumns: 0,
    headerStyle: 0,
    hasColumns: false,
    filter: undefined,
  }
  let style = 0
  let place: 'before' | 'data' | 'after' | 'views' = 'before'

  function use(column: number): void {
    measure.usedColumns = Math.max(measure.usedColumns, column + 1)
  }

  function visitData({ name, raw }: XmlToken): void {
    if (name === 'c' || name === 'row') style = countOf(raw, 's') ?? 0
    if (!contents.has(name)) return
    use(walk.column)
    if (walk.row === headerRow) measure.headerStyle = style
  }

  function visitRest({ name, raw }: XmlToken): void {
    const range = parseRange(attributeOf(raw, 'ref'))
    if (name === 'autoFilter') measure.filter ??= range
    // A title that is merged over more columns than the table has is not in the way.
    if (name === 'mergeCell' && range && range.to.row >= (headerRow ?? 1)) use(range.to.column)
  }

  function visit(token: XmlToken): void {
    const { name, kind, prefix } = token
    if (name === '') return
    if (name === 'sheetData') {
      place = kind === 'open' ? 'data' : 'after'
      measure.prefix = prefix
    } else if (name === 'customSheetViews') place = kind === 'open' ? 'views' : 'after'
    else if (kind === 'close') return
    else if (place === 'data') {
      if (name === 'c' || name === 'row') walk.visit(token)
      visitData(token)
    } else if (place === 'after') visitRest(token)
    else if (name === 'cols') measure.hasColumns = kind === 'open'
  }

  await scanChunks(chunks, visit)
  if (place === 'before') throw new NotPatchable('a sheet without data')
  return measure
}

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
    visit({ name, raw }) {
      if (name === 'row') {
        const next = countOf(raw, 'r') ?? row + 1
        if (next <= row) throw new NotPatchable('rows that are out of order')
        row = next
        column = -1
        return
      }
      const place = parseReference(attributeOf(raw, 'r'))
      const next = place?.column ?? column + 1
      if (next <= column || (place !== undefined && place.row !== row)) {
        throw new NotPatchable('cells that are out of order')
      }
      column = next
    },
  }
}

/** Hands every token of a part to `visit`, and says when a chunk is through. */
export async function scanChunks(
  chunks: AsyncIterable<Buffer>,
  visit: (token: XmlToken) => void,
  onChunk?: () => void | Promise<void>,
): Promise<void> {
  const tokenizer = createXmlTokenizer()
  let isFirst = true
  for await (const chunk of chunks) {
    if (isFirst) requireUtf8(chunk)
    isFirst = false
    tokenizer.push(toByteText(chunk), visit)
    await onChunk?.()
  }
  tokenizer.end()
}
