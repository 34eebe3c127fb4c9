import { setImmediate as nextTurn } from 'node:timers/promises'
import { columnLetters } from '@atermtrack/domain'
import { escapeXml, type PackedContent, packPart, packSmall } from '@atermtrack/workbook-reader/package'
import { type ColumnKind, toCell, toDate } from './to-cell.ts'
import { headerRowOf, isDrawnOn, pictureRowOf, type Sheet, type SheetCell, type SheetRow } from './sheet.ts'
import { formats, specialStyles, styleOf, type Tone } from './styles.ts'

const narrowest = 6
const widest = 60
/** The button of the filter covers the end of a header. */
const filterButton = 3
/** Characters of XML that are gathered before they are packed. */
export const chunkLength = 64_000
const dayMs = 86_400_000
/** Days from the zero of Excel's calendar to 1970. */
const epochDays = 25_569

const namespaces =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

/** Packs the part of a sheet: title, legend, a frozen header with filters, typed cells. Rows are packed as they come. */
export async function packSheet(sheet: Sheet, { isFirst }: { readonly isFirst: boolean }): Promise<PackedContent> {
  const pieces = piecesOf(sheet, isFirst)
  const first = pieces.next()
  const second = pieces.next()
  if (second.done) return packSmall(Buffer.from(first.value ?? ''))
  return packPart(async (write) => {
    await write(Buffer.from(first.value ?? ''))
    await write(Buffer.from(second.value))
    for (const piece of pieces) {
      await write(Buffer.from(piece))
      await nextTurn()
    }
  })
}

function* piecesOf(sheet: Sheet, isFirst: boolean): Generator<string, undefined> {
  let gathered = headXml(sheet, isFirst)
  for (const xml of rowsXml(sheet, sheet.rows, headerRowOf(sheet))) {
    gathered += xml
    if (gathered.length < chunkLength) continue
    yield gathered
    gathered = ''
  }
  yield gathered + tailXml(sheet)
}

/** The rows of a sheet that follow the row of this 1-based number, each as it is asked for. */
export function* rowsXml(
  { columns }: Pick<Sheet, 'columns'>,
  rows: Iterable<SheetRow>,
  after: number,
): Generator<string, undefined> {
  const named = columns.map(({ kind }, index) => ({ kind, name: columnLetters(index) }))
  let rowNumber = after
  for (const row of rows) {
    rowNumber += 1
    yield bodyRow(rowNumber, row, named)
  }
}

/** A sheet whose number of rows is not known yet, where it is undefined. */
export type HeadOfSheet = Omit<Sheet, 'rowCount'> & { readonly rowCount?: number | undefined }

/** Everything before the rows of the table. Its range is left out where the number of rows is not known. */
export function headXml(sheet: HeadOfSheet, isFirst: boolean): string {
  const header = headerRowOf(sheet)
  const below = header + 1
  const view = `<sheetView ${isFirst ? 'tabSelected="1" ' : ''}workbookViewId="0"><pane xSplit="1" ySplit="${header}" topLeftCell="B${below}" activePane="bottomRight" state="frozen"/><selection pane="topRight"/><selection pane="bottomLeft"/><selection pane="bottomRight" activeCell="B${below}" sqref="B${below}"/></sheetView>`
  const widths = widthsOf(sheet)
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet ${namespaces}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>${dimension(
    sheet,
  )}<sheetViews>${view}</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths}</cols><sheetData>${above(
    sheet,
  )}${headerRow(sheet, header)}`
}

/** The whole range of a sheet, from its title on. */
function dimension(sheet: HeadOfSheet): string {
  if (sheet.rowCount === undefined) return ''
  return `<dimension ref="A1:${columnLetters(sheet.columns.length - 1)}${headerRowOf(sheet) + sheet.rowCount}"/>`
}

/** The range of the table alone, its header included. */
export function tableRangeOf(sheet: Sheet): { readonly first: number; readonly last: number; readonly column: string } {
  const first = headerRowOf(sheet)
  return { first, last: first + sheet.rowCount, column: columnLetters(sheet.columns.length - 1) }
}

function above({ title, lines = [], legend = [] }: HeadOfSheet): string {
  const rows: string[] = []
  const add = (cells: string, attributes = '') =>
    void rows.push(`<row r="${rows.length + 1}"${attributes}>${cells}</row>`)
  if (title !== undefined) add(textCell('A1', title, specialStyles.title), ' ht="21" customHeight="1"')
  for (const line of lines) add(textCell(`A${rows.length + 1}`, line, specialStyles.line))
  if (legend.length > 0) {
    const number = rows.length + 1
    const cell = ({ value, tone }: (typeof legend)[number], index: number) =>
      cellXml(`${columnLetters(index)}${number}`, value, 'text', tone, false)
    add(legend.map(cell).join(''))
  }
  return rows.join('')
}

function headerRow({ columns }: HeadOfSheet, number: number): string {
  const cells = columns.map(({ header }, index) =>
    textCell(`${columnLetters(index)}${number}`, header, specialStyles.header),
  )
  return `<row r="${number}" ht="33" customHeight="1">${cells.join('')}</row>`
}

function bodyRow(
  number: number,
  { cells, beginsGroup = false }: SheetRow,
  columns: readonly { readonly kind: ColumnKind; readonly name: string }[],
): string {
  let xml = `<row r="${number}">`
  for (const [index, column] of columns.entries()) {
    const { value, tone } = toned(cells[index])
    xml += cellXml(`${column.name}${number}`, value, column.kind, tone, beginsGroup)
  }
  return `${xml}</row>`
}

export function toned(cell: SheetCell): { readonly value: string | number | undefined; readonly tone: Tone } {
  return typeof cell === 'object' ? cell : { value: cell, tone: 'plain' }
}

function cellXml(
  place: string,
  value: string | number | undefined,
  kind: ColumnKind,
  tone: Tone,
  beginsGroup: boolean,
): string {
  const style = styleOf(kind, tone, beginsGroup)
  const cell = toXmlValue(value, kind)
  if (cell === null) return `<c r="${place}" s="${style}"/>`
  if (typeof cell === 'string') return inlineText(place, cell, style)
  return `<c r="${place}" s="${style}"><v>${cell}</v></c>`
}

/** As `toCell`, with dates as numbers. */
function toXmlValue(value: string | number | undefined, kind: ColumnKind): string | number | null {
  if (value !== undefined && (kind === 'date' || kind === 'dateTime')) return serialOf(String(value))
  const cell = toCell(value, kind)
  return cell instanceof Date ? null : cell
}

const serials = new Map<string, number | null>()
/** Every minute of a fortnight. */
const mostSerials = 20_000

/** A wall time as days of Excel's calendar. The rows of a report share their times, and reading one takes longer than the rest of its cell. */
function serialOf(value: string): number | null {
  const known = serials.get(value)
  if (known !== undefined) return known
  const date = toDate(value)
  const serial = date && date.getTime() / dayMs + epochDays
  if (serials.size >= mostSerials) serials.clear()
  serials.set(value, serial)
  return serial
}

function textCell(place: string, value: string, style: number): string {
  const text = toCell(value, 'text')
  return typeof text === 'string' ? inlineText(place, text, style) : `<c r="${place}" s="${style}"/>`
}

/** A text is never a formula: only an element of its own makes one. */
function inlineText(place: string, text: string, style: number): string {
  const isPadded = text !== text.trim() || text.includes('\n')
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t${isPadded ? ' xml:space="preserve"' : ''}>${escapeXml(text)}</t></is></c>`
}

/** Everything after the rows of the table. */
export function tailXml(sheet: Sheet): string {
  const { first, last, column } = tableRangeOf(sheet)
  const filter = sheet.rowCount > 0 ? `<autoFilter ref="A${first}:${column}${last}"/>` : ''
  return `</sheetData>${filter}<pageMargins left="0.3" right="0.3" top="0.4" bottom="0.5" header="0.2" footer="0.2"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>${pageBreak(sheet)}${
    isDrawnOn(sheet) ? '<drawing r:id="rId1"/>' : ''
  }</worksheet>`
}

/** A picture below a chart begins a page of its own in print, else the end of a page cuts it. */
function pageBreak({ chart, picture }: Sheet): string {
  if (!chart || !picture) return ''
  const row = pictureRowOf(chart)
  return `<rowBreaks count="1" manualBreakCount="1"><brk id="${row}" max="16383" man="1"/></rowBreaks>`
}

/** The widths of all columns in characters: each fits its longest measured text and the longest word of its header. */
function widthsOf({ columns, rows, measured = rows, legend = [] }: HeadOfSheet): readonly number[] {
  const longest = columns.map(({ kind }, index) =>
    kind === 'text' ? String(legend[index]?.value ?? '').length : formats[kind].length,
  )
  // Only texts differ in length: all values of another kind look alike.
  const texts = columns.flatMap(({ kind }, index) => (kind === 'text' ? [index] : []))
  for (const { cells } of measured) {
    for (const index of texts) {
      const { value } = toned(cells[index])
      if (typeof value === 'string') longest[index] = Math.max(longest[index] ?? 0, value.length)
    }
  }
  return columns.map(({ header }, index) => {
    // A long header wraps at its blanks instead of widening the column.
    const longestWord = Math.max(...header.split(' ').map((word) => word.length)) + filterButton
    return Math.min(widest, Math.max(narrowest, (longest[index] ?? 0) + 2, longestWord))
  })
}
