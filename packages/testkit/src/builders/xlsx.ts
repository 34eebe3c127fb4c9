import { type Cell, columnLetters } from '@atermtrack/domain'
import { escapeXml } from '@atermtrack/workbook-reader/package'
import { zip } from './zip.ts'

export interface SheetSource {
  readonly name: string
  readonly rows: Iterable<readonly Cell[]>
}

/** Index into the cell formats of STYLES. */
const DATE_STYLE = 1
const DAY_MS = 86_400_000
/** 1 January 1970 as an Excel serial. */
const UNIX_EPOCH_SERIAL = 25_569
const ROWS_PER_CHUNK = 1_000

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const MIME = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const STYLES =
  `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd.mm.yyyy\\ hh:mm"/></numFmts>` +
  '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>'

/**
 * An .xlsx workbook with shared strings, as Excel writes them; the same cells always give the same bytes,
 * which exceljs does not promise, and 50,000 rows of 45 columns take seconds.
 */
export async function xlsx(sheets: readonly SheetSource[]): Promise<Buffer> {
  const strings = new Map<string, number>()
  const parts = sheets.map((sheet, index) => ({
    name: `xl/worksheets/sheet${String(index + 1)}.xml`,
    content: sheetXml(sheet.rows, strings),
  }))
  const names = sheets.map((sheet) => sheet.name)
  return zip([
    { name: '[Content_Types].xml', content: contentTypes(sheets.length) },
    { name: '_rels/.rels', content: relationships([{ type: 'officeDocument', target: 'xl/workbook.xml' }]) },
    { name: 'xl/workbook.xml', content: workbookXml(names) },
    { name: 'xl/_rels/workbook.xml.rels', content: workbookRelationships(sheets.length) },
    ...parts,
    { name: 'xl/sharedStrings.xml', content: sharedStrings(strings) },
    { name: 'xl/styles.xml', content: Buffer.from(STYLES) },
  ])
}

function sheetXml(rows: Iterable<readonly Cell[]>, strings: Map<string, number>): Buffer {
  const chunks = [Buffer.from(`${XML}<worksheet xmlns="${MAIN}"><sheetData>`)]
  let pending = ''
  let number = 0
  for (const row of rows) {
    number += 1
    pending += rowXml(row, number, strings)
    if (number % ROWS_PER_CHUNK !== 0) continue
    chunks.push(Buffer.from(pending))
    pending = ''
  }
  chunks.push(Buffer.from(`${pending}</sheetData></worksheet>`))
  return Buffer.concat(chunks)
}

function rowXml(row: readonly Cell[], number: number, strings: Map<string, number>): string {
  let cells = ''
  for (const [index, cell] of row.entries()) {
    if (cell !== undefined) cells += cellXml(cell, columnLetters(index) + String(number), strings)
  }
  return cells === '' ? '' : `<row r="${String(number)}">${cells}</row>`
}

function cellXml(cell: NonNullable<Cell>, reference: string, strings: Map<string, number>): string {
  if (typeof cell === 'number') return `<c r="${reference}"><v>${String(cell)}</v></c>`
  if (typeof cell === 'boolean') return `<c r="${reference}" t="b"><v>${cell ? '1' : '0'}</v></c>`
  if (typeof cell === 'string') return `<c r="${reference}" t="s"><v>${String(indexOf(cell, strings))}</v></c>`
  if (cell.kind === 'error') return `<c r="${reference}" t="e"><v>${escapeXml(cell.code)}</v></c>`
  const serial = Date.parse(`${cell.wall}Z`) / DAY_MS + UNIX_EPOCH_SERIAL
  return `<c r="${reference}" s="${String(DATE_STYLE)}"><v>${String(serial)}</v></c>`
}

function indexOf(text: string, strings: Map<string, number>): number {
  const known = strings.get(text)
  if (known !== undefined) return known
  strings.set(text, strings.size)
  return strings.size - 1
}

function sharedStrings(strings: Map<string, number>): Buffer {
  const items = [...strings.keys()].map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`)
  return Buffer.from(`${XML}<sst xmlns="${MAIN}" uniqueCount="${String(strings.size)}">${items.join('')}</sst>`)
}

function contentTypes(sheets: number): Buffer {
  const overrides = [
    override('workbook.xml', 'sheet.main'),
    ...numbers(sheets).map((n) => override(`worksheets/sheet${n}.xml`, 'worksheet')),
    override('sharedStrings.xml', 'sharedStrings'),
    override('styles.xml', 'styles'),
  ]
  return Buffer.from(
    `${XML}<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`,
  )
}

function override(part: string, type: string): string {
  return `<Override PartName="/xl/${part}" ContentType="${MIME}.${type}+xml"/>`
}

function workbookXml(names: readonly string[]): Buffer {
  const sheets = names.map((name, index) => {
    const id = String(index + 1)
    return `<sheet name="${escapeXml(name)}" sheetId="${id}" r:id="rId${id}"/>`
  })
  return Buffer.from(
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets></workbook>`,
  )
}

function workbookRelationships(sheets: number): Buffer {
  return relationships([
    ...numbers(sheets).map((n) => ({ type: 'worksheet', target: `worksheets/sheet${n}.xml` })),
    { type: 'sharedStrings', target: 'sharedStrings.xml' },
    { type: 'styles', target: 'styles.xml' },
  ])
}

function relationships(targets: readonly { readonly type: string; readonly target: string }[]): Buffer {
  const items = targets.map(
    ({ type, target }, index) =>
      `<Relationship Id="rId${String(index + 1)}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  )
  return Buffer.from(`${XML}<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`)
}

function numbers(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1))
}
