import { columnLetters } from '@atermtrack/domain'
import { escapeXml, packSmall, type PackedEntry, toEntry, writeZip } from '@atermtrack/workbook-reader/package'
import { sheetNames } from './sheet-names.ts'
import { drawingParts, type Part } from './drawing-parts.ts'
import { officeTypes, packageTypes, relationships, xml } from './package-xml.ts'
import { packSheet, tableRangeOf } from './sheet-xml.ts'
import { isDrawnOn, type Sheet } from './sheet.ts'
import { stylesXml } from './styles.ts'

const main = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/**
 * Writes an .xlsx workbook of our own: of each sheet its title, its table, its set-up for printing, its chart and its picture.
 * Equal sheets give equal bytes. The rows of a long sheet are packed while they are made, so that its XML is never whole in memory.
 */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Buffer> {
  const entries = []
  for (const [index, sheet] of sheets.entries()) {
    entries.push(toEntry(sheetPath(index), await packSheet(sheet, { isFirst: index === 0 })))
  }
  return writeZip([...constantParts(), ...partsAround(sheets), ...entries])
}

/** The parts of a sheet, by its 0-based place in the workbook. */
export const sheetPath = (index: number): string => `xl/worksheets/sheet${index + 1}.xml`

/** The parts that are the same for every workbook: programs tell by the first names in a zip that it is one. */
export const constantParts = (): readonly PackedEntry[] => [
  packOnce({
    name: '_rels/.rels',
    content: relationships([['officeDocument', 'xl/workbook.xml']]),
    isRepeated: true,
  }),
  packOnce({ name: 'xl/styles.xml', content: stylesXml, isRepeated: true }),
]

/** The parts around the sheets, except for the constant ones. */
export function partsAround(sheets: readonly Sheet[]): readonly PackedEntry[] {
  const names = sheetNames(sheets.map(({ name }) => name))
  const drawn = sheets.flatMap((sheet, index) => (isDrawnOn(sheet) ? [{ sheet, index }] : []))
  const parts: readonly Part[] = [
    { name: '[Content_Types].xml', content: contentTypes(sheets.length, drawn), isRepeated: true },
    { name: 'xl/workbook.xml', content: workbookXml(sheets, names), isRepeated: false },
    { name: 'xl/_rels/workbook.xml.rels', content: workbookRelationships(sheets.length), isRepeated: true },
    ...drawn.flatMap(({ sheet, index }, place) =>
      drawingParts(sheet, { sheetName: names[index] ?? '', sheetNumber: index + 1, number: place + 1 }),
    ),
  ]
  return parts.map(packOnce)
}

/** Repeated parts alone; any other would fill the memory. */
const packedParts = new Map<string, PackedEntry>()
/** Enough for every number of sheets and charts that occurs. */
const mostPacked = 200

/** Packing the parts that do not differ would be much of the work for a short list. */
function packOnce({ name, content, isRepeated }: Part): PackedEntry {
  const key = `${name}\n${typeof content === 'string' ? content : ''}`
  const known = isRepeated ? packedParts.get(key) : undefined
  if (known) return known
  const packed = toEntry(name, packSmall(Buffer.from(content)))
  if (isRepeated && packedParts.size < mostPacked) packedParts.set(key, packed)
  return packed
}

function contentTypes(sheets: number, drawn: readonly { readonly sheet: Sheet }[]): string {
  const part = (path: string, type: string) => `<Override PartName="/${path}" ContentType="${type}"/>`
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
  const drawingType = 'application/vnd.openxmlformats-officedocument.drawing+xml'
  const chartType = 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml'
  return `${xml}<Types xmlns="${packageTypes}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>${[
    part('xl/workbook.xml', `${main}.sheet.main+xml`),
    part('xl/styles.xml', `${main}.styles+xml`),
    ...numbers(sheets).map((number) => part(`xl/worksheets/sheet${number}.xml`, `${main}.worksheet+xml`)),
    ...drawn.flatMap(({ sheet }, place) => [
      part(`xl/drawings/drawing${place + 1}.xml`, drawingType),
      ...(sheet.chart ? [part(`xl/charts/chart${place + 1}.xml`, chartType)] : []),
    ]),
  ].join('')}</Types>`
}

function workbookRelationships(sheets: number): string {
  const ofSheets = Array.from(
    { length: sheets },
    (_, index) => ['worksheet', sheetPath(index).slice('xl/'.length)] as const,
  )
  return relationships([...ofSheets, ['styles', 'styles.xml']])
}

function workbookXml(sheets: readonly Sheet[], names: readonly string[]): string {
  const list = names.map(
    (name, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  )
  const defined = sheets.map((sheet, index) => definedNames(sheet, names[index] ?? '', index))
  return `${xml}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${officeTypes}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${list.join(
    '',
  )}</sheets><definedNames>${defined.join('')}</definedNames></workbook>`
}

/** What is printed, which row is repeated on each page, and the range of the filters; Excel asks for the last one too. */
function definedNames(sheet: Sheet, name: string, index: number): string {
  const { first, last, column } = tableRangeOf(sheet)
  const quoted = escapeXml(`'${name.replaceAll("'", "''")}'`)
  const printed = columnLetters((sheet.printedColumns ?? sheet.columns.length) - 1)
  const define = (what: string, range: string, attributes = '') =>
    `<definedName name="_xlnm.${what}" localSheetId="${index}"${attributes}>${quoted}!${range}</definedName>`
  return [
    ...(sheet.rowCount > 0 ? [define('_FilterDatabase', `$A$${first}:$${column}$${last}`, ' hidden="1"')] : []),
    ...(isDrawnOn(sheet) ? [] : [define('Print_Area', `$A$1:$${printed}$${last}`)]),
    define('Print_Titles', `$${first}:$${first}`),
  ].join('')
}
