import {
  decodeXmlText,
  readRelationships,
  tokensOf,
  withAttribute,
  writtenAttribute,
  writtenCount,
  type XmlToken,
  type ZipDirectory,
} from '@atermtrack/workbook-reader/package'
import { type AppendedRows, lengthenedOver } from '../appended-rows.ts'
import { type CellRange, formatRange, parseRange, widenedTo } from '../cell-place.ts'
import { escapeToBytes, toBytes } from './part-bytes.ts'
import { readPart } from './read-part.ts'
import type { NewPart } from './style-part.ts'

/** A table in Excel's sense: a range with headings, filters and a name of its own, described in a part of its own. */
export interface SheetTable {
  readonly path: string
  readonly tokens: readonly XmlToken[]
  readonly range: CellRange
  /** Its first row holds headings, and only people decide about its columns. */
  readonly takesColumns: boolean
  /** Its last row holds totals, and so no row can follow upon it. */
  readonly hasTotals: boolean
  /** The headings, in the order of the columns. */
  readonly names: readonly string[]
}

/** A heading that is put into a sheet. */
export interface PlacedHeading {
  /** Zero-based. */
  readonly column: number
  readonly header: string
}

/** The tables of a sheet. One that cannot be understood is left out, and so stays as it is. */
export async function readTables(parts: ZipDirectory, sheetPath: string): Promise<readonly SheetTable[]> {
  const related = [...(await readRelationships(parts, sheetPath)).values()]
  const paths = related.filter(({ type, path }) => type === 'table' && parts.has(path)).map(({ path }) => path)
  const tables = await Promise.all(paths.map(async (path) => toTable(path, await readPart(parts, path))))
  return tables.flatMap((table) => table ?? [])
}

function toTable(path: string, xml: string): SheetTable | undefined {
  const tokens = tokensOf(xml)
  const root = tokens.find(({ name }) => name === 'table')?.raw ?? ''
  const range = parseRange(writtenAttribute(root, 'ref'))
  if (!range) return undefined
  const names = columnTags(tokens).map(({ raw }) => nameOf(raw))
  const isWhole = names.length === range.to.column - range.from.column + 1
  // The source defines the columns of a query or of mapped XML, and an added one makes Excel offer a repair.
  const isFree = (writtenAttribute(root, 'tableType') ?? 'worksheet') === 'worksheet'
  const takesColumns = isWhole && isFree && writtenCount(root, 'headerRowCount') !== 0
  return { path, tokens, range, names, takesColumns, hasTotals: (writtenCount(root, 'totalsRowCount') ?? 0) > 0 }
}

/** The tables that columns belong to, of those whose headings stand in one of these rows: the columns stand in them, or touch them. */
export function tablesBeside(
  tables: readonly SheetTable[],
  { headerRows, columns }: { readonly headerRows: readonly number[]; readonly columns: readonly number[] },
): readonly SheetTable[] {
  const [first, last] = [Math.min(...columns), Math.max(...columns)]
  return tables.filter(({ range: { from, to }, takesColumns }) => {
    const isBeside = from.column <= first && first <= to.column + 1
    const hasNoGap = last <= to.column || last - first === columns.length - 1
    return takesColumns && headerRows.includes(from.row) && isBeside && hasNoGap
  })
}

/** The rows with the headings of tables that hold the column of numbers, below the header row. */
export function headerRowsBelow(
  tables: readonly SheetTable[],
  { headerRow, column }: { readonly headerRow: number | undefined; readonly column: number },
): readonly number[] {
  return tables
    .filter(({ range: { from, to }, takesColumns }) => takesColumns && from.column <= column && column <= to.column)
    .map(({ range }) => range.from.row)
    .filter((row) => headerRow !== undefined && row > headerRow)
}

/** Headings that no other column of the table has: Excel tells columns by them, in any letter case, and numbers doubles. */
export function withFreeHeadings<Heading extends PlacedHeading>(
  { names, range }: SheetTable,
  headings: readonly Heading[],
): readonly Heading[] {
  const own = new Set(headings.map(({ column }) => column - range.from.column))
  const taken = new Set(names.filter((_, place) => !own.has(place)).map((name) => name.toLowerCase()))
  return headings.map((heading) => {
    let header = heading.header
    for (let n = 2; taken.has(header.toLowerCase()); n++) header = `${heading.header}${n}`
    taken.add(header.toLowerCase())
    return { ...heading, header }
  })
}

/** The part of the table with the columns and the appended rows in it; columns that are there already get their headings. */
export function widenTable(table: SheetTable, headings: readonly PlacedHeading[], rows?: AppendedRows): NewPart {
  const { tokens, range, path, hasTotals } = table
  const tags = columnTags(tokens)
  const nextId = Math.max(0, ...tags.map(({ raw }) => writtenCount(raw, 'id') ?? 0)) + 1
  const renamed = new Map(
    headings.flatMap(({ column, header }) => {
      const tag = tags[column - range.from.column]
      const isSame = tag === undefined || nameOf(tag.raw) === header
      return isSame ? [] : [[tag, withAttribute(tag.raw, 'name', escapeToBytes(header))] as const]
    }),
  )
  const fresh = headings.filter(({ column }) => column > range.to.column)
  const lastColumn = Math.max(...headings.map(({ column }) => column))
  const xml = tokens.map((token) => {
    const { name, kind, raw, prefix } = token
    if ((name === 'table' || name === 'autoFilter') && kind !== 'close')
      return withRange(raw, lastColumn, hasTotals ? undefined : rows)
    if (name !== 'tableColumns') return renamed.get(token) ?? raw
    if (kind !== 'close') return withAttribute(raw, 'count', tags.length + fresh.length)
    const added = fresh.map(
      ({ header }, index) => `<${prefix}tableColumn id="${nextId + index}" name="${escapeToBytes(header)}"/>`,
    )
    return added.join('') + raw
  })
  return { path, xml: xml.join('') }
}

function withRange(tag: string, lastColumn: number, rows: AppendedRows | undefined): string {
  const range = parseRange(writtenAttribute(tag, 'ref'))
  return range ? withAttribute(tag, 'ref', formatRange(lengthenedOver(widenedTo(range, lastColumn), rows))) : tag
}

function columnTags(tokens: readonly XmlToken[]): XmlToken[] {
  return tokens.filter(({ name, kind }) => name === 'tableColumn' && kind !== 'close')
}

function nameOf(tag: string): string {
  return decodeXmlText(toBytes(writtenAttribute(tag, 'name') ?? '').toString('utf8'))
}
