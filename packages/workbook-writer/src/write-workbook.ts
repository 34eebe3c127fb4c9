import { columnLetters } from '@atermtrack/domain'
import { escapeXml, packSmall, type PackedEntry, toEntry, writeZip } from '@atermtrack/workbook-reader/package'
import { sheetNames } from './sheet-names.ts'
import { chartXml, drawingXml } from './chart-xml.ts'
import { packSheet, tableRangeOf } from './sheet-xml.ts'
import type { Sheet } from './sheet.ts'
import { stylesXml } from './styles.ts'

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const packageTypes = 'http://schemas.openxmlformats.org/package/2006'
const officeTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/**
 * Writes an .xlsx workbook of our own: of each sheet its title, its table, its set-up for printing and its chart. Equal sheets give equal
 * bytes. The rows of a long sheet are packed while they are made, so that its XML is never whole in memory.
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
  packOnce('_rels/.rels', relationships([['officeDocument', 'xl/workbook.xml']])),
  packOnce('xl/styles.xml', stylesXml),
]

/** The parts around the sheets, except for the constant ones. */
export function partsAround(sheets: readonly Sheet[]): readonly PackedEntry[] {
  const names = sheetNames(sheets.map(({ name }) => name))
  const withChart = sheets.flatMap((sheet, index) => (sheet.chart ? [{ sheet, index }] : []))
  const small: readonly [string, string][] = [
    ['[Content_Types].xml', contentTypes(sheets.length, withChart.length)],
    ['xl/workbook.xml', workbookXml(sheets, names)],
    ['xl/_rels/workbook.xml.rels', workbookRelationships(sheets.length)],
    ...withChart.flatMap(({ sheet, index }, place) => chartParts(sheet, names[index] ?? '', { index, place })),
  ]
  return small.map(([name, content]) => packOnce(name, content))
}

const packedParts = new Map<string, PackedEntry>()
/** Parts that are the same in most workbooks; any other would fill the memory. */
const repeated = /^\[Content_Types\]|_rels\/|^xl\/styles|^xl\/drawings/
/** Enough for every number of sheets and charts that occurs. */
const mostPacked = 200

/** Packing the parts that do not differ would be much of the work for a short list. */
function packOnce(name: string, content: string): PackedEntry {
  const isRepeated = repeated.test(name)
  const key = isRepeated ? `${name}\n${content}` : name
  const known = isRepeated ? packedParts.get(key) : undefined
  if (known) return known
  const packed = toEntry(name, packSmall(Buffer.from(content)))
  if (isRepeated && packedParts.size < mostPacked) packedParts.set(key, packed)
  return packed
}

function chartParts(
  sheet: Sheet,
  name: string,
  { index, place }: { readonly index: number; readonly place: number },
): readonly [string, string][] {
  if (!sheet.chart) return []
  const number = place + 1
  return [
    [
      `xl/worksheets/_rels/sheet${index + 1}.xml.rels`,
      relationships([['drawing', `../drawings/drawing${number}.xml`]]),
    ],
    [`xl/drawings/drawing${number}.xml`, drawingXml(sheet)],
    [`xl/drawings/_rels/drawing${number}.xml.rels`, relationships([['chart', `../charts/chart${number}.xml`]])],
    [`xl/charts/chart${number}.xml`, chartXml(sheet, name, sheet.chart)],
  ]
}

function contentTypes(sheets: number, charts: number): string {
  const part = (path: string, type: string) => `<Override PartName="/${path}" ContentType="${type}"/>`
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
  const drawingType = 'application/vnd.openxmlformats-officedocument.drawing+xml'
  const chartType = 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml'
  return `${xml}<Types xmlns="${packageTypes}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
    part('xl/workbook.xml', `${main}.sheet.main+xml`),
    part('xl/styles.xml', `${main}.styles+xml`),
    ...numbers(sheets).map((number) => part(`xl/worksheets/sheet${number}.xml`, `${main}.worksheet+xml`)),
    ...numbers(charts).flatMap((number) => [
      part(`xl/drawings/drawing${number}.xml`, drawingType),
      part(`xl/charts/chart${number}.xml`, chartType),
    ]),
  ].join('')}</Types>`
}

function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  const lines = targets.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${officeTypes}/${type}" Target="${target}"/>`,
  )
  return `${xml}<Relationships xmlns="${packageTypes}/relationships">${lines.join('')}</Relationships>`
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
    ...(sheet.chart ? [] : [define('Print_Area', `$A$1:$${printed}$${last}`)]),
    define('Print_Titles', `$${first}:$${first}`),
  ].join('')
}
