import { decodeHtmlEntities } from './html-text.ts'
import { htmlAttribute, type HtmlToken } from './html-tokens.ts'
import { beginRow, endRow, putCell, type SheetRows } from '../sheets/sheet-rows.ts'
import { toStorableText } from '../storable-text.ts'

/** The rows of all tables of a document so far; together they make one sheet, as in Excel. */
interface HtmlTables {
  readonly rows: SheetRows
  /** For each column the rows below that a cell with a rowspan still covers. */
  readonly covered: number[]
  inRow: boolean
  column: number
  /** The text of the open cell, or of the line between tables. */
  text: string[] | undefined
  colspan: number
  rowspan: number
  /** Tables open within the open cell. */
  nested: number
  inTable: boolean
}

const MAX_SPAN = 65_534
const LINE_BREAKS = new Set(['br', 'p', 'div', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr'])

/** Puts the tables of a document into rows; lines of text outside a table are rows of one cell. */
export function readHtmlTables(tokens: Iterable<HtmlToken>, rows: SheetRows): void {
  const tables: HtmlTables = {
    rows,
    covered: [],
    inRow: false,
    column: 0,
    text: undefined,
    colspan: 1,
    rowspan: 1,
    nested: 0,
    inTable: false,
  }
  for (const token of tokens) {
    acceptToken(tables, token)
    if (rows.isDone) return
  }
  endTableRow(tables)
  endLine(tables)
}

function acceptToken(tables: HtmlTables, token: HtmlToken): void {
  if (tables.nested > 0) return acceptNested(tables, token)
  if (token.kind === 'text') acceptText(tables, token.text)
  else if (token.kind === 'open') openTag(tables, token.name, token.attributes)
  else closeTag(tables, token.name)
}

/** A table within a cell is no part of the cell's value. */
function acceptNested(tables: HtmlTables, token: HtmlToken): void {
  if (token.kind === 'text' || token.name !== 'table') return
  tables.nested += token.kind === 'open' ? 1 : -1
}

function acceptText(tables: HtmlTables, text: string): void {
  if (!tables.inTable) tables.text ??= []
  tables.text?.push(text)
}

function openTag(tables: HtmlTables, name: string, attributes: string): void {
  switch (name) {
    case 'table':
      return openTable(tables)
    case 'tr':
      return openTableRow(tables)
    case 'td':
    case 'th':
      return openCell(tables, attributes)
    default:
      if (LINE_BREAKS.has(name)) breakLine(tables)
  }
}

function closeTag(tables: HtmlTables, name: string): void {
  switch (name) {
    case 'td':
    case 'th':
      return endCell(tables)
    case 'tr':
      return endTableRow(tables)
    case 'table':
      endTableRow(tables)
      tables.inTable = false
      tables.covered.length = 0
      return
    default:
      if (LINE_BREAKS.has(name) && name !== 'br') breakLine(tables)
  }
}

function openTable(tables: HtmlTables): void {
  if (tables.inRow && tables.text) {
    tables.nested = 1
    return
  }
  endTableRow(tables)
  endLine(tables)
  tables.inTable = true
}

function openTableRow(tables: HtmlTables): void {
  if (!tables.inTable) openTable(tables)
  endTableRow(tables)
  beginRow(tables.rows, tables.rows.rowNumber + 1)
  tables.inRow = true
  tables.column = 0
}

function openCell(tables: HtmlTables, attributes: string): void {
  if (!tables.inRow) openTableRow(tables)
  endCell(tables)
  while ((tables.covered[tables.column] ?? 0) > 0) tables.column++
  tables.text = []
  tables.colspan = readSpan(attributes, 'colspan')
  tables.rowspan = readSpan(attributes, 'rowspan')
}

function endCell(tables: HtmlTables): void {
  const { rows, covered, text, colspan, rowspan } = tables
  if (!tables.inRow || !text) return
  tables.text = undefined
  putCell(rows, tables.column, cellText(text.join('')) || undefined)
  const end = tables.column + colspan
  // Columns past the limit hold no value, or the file is refused: so their cover does not matter.
  const last = rowspan > 1 ? Math.min(end, rows.limits.maxColumns) : 0
  while (covered.length < last) covered.push(0)
  covered.fill(rowspan, tables.column, last)
  tables.column = end
}

function endTableRow(tables: HtmlTables): void {
  if (!tables.inRow) return
  endCell(tables)
  endRow(tables.rows)
  tables.inRow = false
  for (const [column, left] of tables.covered.entries()) if (left > 0) tables.covered[column] = left - 1
}

function breakLine(tables: HtmlTables): void {
  if (tables.inTable) tables.text?.push('<br>')
  else endLine(tables)
}

/** A line of text before or after a table. */
function endLine(tables: HtmlTables): void {
  const line = cellText(tables.text?.join('') ?? '')
  tables.text = undefined
  if (tables.inTable || line === '') return
  beginRow(tables.rows, tables.rows.rowNumber + 1)
  putCell(tables.rows, 0, line)
  endRow(tables.rows)
}

/** Blanks of the source mean one blank; a break alone ends a line. */
function cellText(source: string): string {
  const lines = source.replaceAll(/[ \t\r\n\f]+/gu, ' ').split('<br>')
  return toStorableText(
    decodeHtmlEntities(
      lines
        .map((line) => line.trim())
        .join('\n')
        .trim(),
    ),
  )
}

function readSpan(attributes: string, name: string): number {
  if (!attributes.toLowerCase().includes(name)) return 1
  const span = Number.parseInt(htmlAttribute(attributes, name) ?? '', 10)
  return span >= 1 ? Math.min(span, MAX_SPAN) : 1
}
