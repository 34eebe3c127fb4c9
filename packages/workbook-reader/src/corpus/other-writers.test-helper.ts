import { utils, write, type WorkSheet } from '@e965/xlsx'
import { escapeXml } from '../xml/xml-text.ts'
import { buildZip } from '../zip/zip-builder.test-helper.ts'
import { forgetFormats } from './forget-formats.test-helper.ts'
import type { Random } from './random.test-helper.ts'
import { serialOf, type Table, type Value } from './tables.test-helper.ts'

export interface WrittenTable {
  readonly bytes: Uint8Array
  /** SheetJS reads the file too, and right. */
  readonly isForSheetJs: boolean
}

export const otherFormats = ['biff8', 'biff5', 'xlsb', 'ods', 'spreadsheetml'] as const
export type OtherFormat = (typeof otherFormats)[number]

const OPEN_DOCUMENT = 'urn:oasis:names:tc:opendocument:xmlns'
const OFFICE = 'urn:schemas-microsoft-com:office'
const errorNumbers: Readonly<Record<string, number>> = {
  '#NULL!': 0x00,
  '#DIV/0!': 0x07,
  '#VALUE!': 0x0f,
  '#REF!': 0x17,
  '#NAME?': 0x1d,
  '#NUM!': 0x24,
  '#N/A': 0x2a,
}

/** Writes the table in a format other than xlsx. */
export function writeOther(table: Table, format: OtherFormat, random: Random): WrittenTable {
  if (format === 'ods') return { bytes: writeOds(table, random), isForSheetJs: false }
  if (format === 'spreadsheetml') return { bytes: writeSpreadsheetMl(table, random), isForSheetJs: false }
  return { bytes: writeBySheetJs(table, format, random.chance(0.5)), isForSheetJs: true }
}

function writeBySheetJs(table: Table, bookType: 'biff8' | 'biff5' | 'xlsb', date1904: boolean): Uint8Array {
  const sheet: WorkSheet = { '!ref': utils.encode_range({ r: 0, c: 0 }, { r: table.length, c: 9 }) }
  for (const [r, row] of table.entries()) {
    for (const [c, value] of row.entries()) if (value) sheet[utils.encode_cell({ r, c })] = sheetJsCell(value, date1904)
  }
  const book = utils.book_new(sheet, 'S')
  book.Workbook = { WBProps: { date1904 } }
  forgetFormats()
  return new Uint8Array(write(book, { type: 'buffer', bookType }) as Buffer)
}

function sheetJsCell(value: NonNullable<Value>, is1904: boolean) {
  switch (value.kind) {
    case 'text':
      return { t: 's', v: value.text }
    case 'number':
      return { t: 'n', v: value.number }
    case 'boolean':
      return { t: 'b', v: value.is }
    case 'error':
      return { t: 'e', v: errorNumbers[value.code] }
    case 'date':
    default:
      return { t: 'n', v: serialOf(value.seconds, is1904), z: 'dd.mm.yyyy hh:mm:ss' }
  }
}

/** Under any prefixes, with repeated cells and rows, comments in cells, and its type packed or not. */
function writeOds(table: Table, random: Random): Buffer {
  const [o, t, x] = random.pick<readonly [string, string, string]>([
    ['office', 'table', 'text'],
    ['o', 'table', 'p'],
    ['table', 'office', 'text'],
    ['a', 'b', 'c'],
  ])
  const space = (prefix: string, name: string) => `xmlns:${prefix}="${OPEN_DOCUMENT}:${name}:1.0"`
  const calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
  const paragraphs = (text: string) =>
    text
      .split('\n')
      .map((line) => `<${x}:p>${escapeXml(line)}</${x}:p>`)
      .join('')
  const note = random.chance(0.3) ? `<${o}:annotation><${x}:p>note</${x}:p></${o}:annotation>` : ''
  const cell = (attributes: string, text = '') =>
    `<${t}:table-cell ${attributes}>${text === '' ? '' : note}${text}</${t}:table-cell>`
  const typed = (type: string, attribute: string, value: string) =>
    `${o}:value-type="${type}" ${o}:${attribute}="${escapeXml(value)}"`

  function cellOf(value: Value): string {
    switch (value?.kind) {
      case 'text':
        return cell(`${o}:value-type="string"`, paragraphs(value.text))
      case 'number':
        return cell(typed('float', 'value', String(value.number)), paragraphs('shown'))
      case 'boolean':
        return cell(typed('boolean', 'boolean-value', String(value.is)), paragraphs('ИСТИНА'))
      case 'error':
        return cell(`${typed('string', 'string-value', '')} calcext:value-type="error"`, paragraphs(value.code))
      case 'date':
        return cell(
          typed('date', 'date-value', new Date(value.seconds * 1_000).toISOString().slice(0, 19)),
          paragraphs('shown'),
        )
      case undefined:
      default:
        return random.chance(0.5) ? cell('') : `<${t}:covered-table-cell ${t}:number-columns-repeated="1"/>`
    }
  }
  const rows = table.map((row) => `<${t}:table-row>${row.map(cellOf).join('')}</${t}:table-row>`)
  const end = `<${t}:table-row ${t}:number-rows-repeated="1048000"><${t}:table-cell ${t}:number-columns-repeated="16384"/></${t}:table-row>`
  const declared = [space(o, 'office'), space(t, 'table'), space(x, 'text'), calc].join(' ')
  const sheet = `<${t}:table ${t}:name="S">${rows.join('')}${end}</${t}:table>`
  return buildZip([
    { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: random.chance(0.5) },
    {
      name: 'content.xml',
      data: `<${o}:document-content ${declared}><${o}:body><${o}:spreadsheet>${sheet}</${o}:spreadsheet></${o}:body></${o}:document-content>`,
    },
  ])
}

/** With or without a prefix, places or neither, in either date system. */
function writeSpreadsheetMl(table: Table, random: Random): Uint8Array {
  const [p, a] = random.pick<readonly [string, string]>([
    ['', 'ss:'],
    ['ss:', 'ss:'],
    ['s:', 's:'],
  ])
  const is1904 = random.chance(0.5)
  const withPlaces = random.chance(0.5)
  const data = (type: string, text: string) =>
    `<${p}Data ${a}Type="${type}">${escapeXml(text).replaceAll('\n', '&#10;')}</${p}Data>`

  function contentOf(value: NonNullable<Value>): readonly [style: string, data: string] {
    switch (value.kind) {
      case 'text':
        return ['', data('String', value.text)]
      case 'number':
        return ['', data('Number', String(value.number))]
      case 'boolean':
        return ['', data('Boolean', value.is ? '1' : '0')]
      case 'error':
        return ['', data('Error', value.code)]
      case 'date':
      default:
        return random.chance(0.5)
          ? [` ${a}StyleID="d"`, data('Number', String(serialOf(value.seconds, is1904)))]
          : ['', data('DateTime', `${new Date(value.seconds * 1_000).toISOString().slice(0, 19)}.000`)]
    }
  }
  const rows = table.map((row, index) => {
    const cells = row.map((value, column) => {
      if (!value) return withPlaces ? '' : `<${p}Cell/>`
      const [style, content] = contentOf(value)
      return `<${p}Cell${withPlaces ? ` ${a}Index="${column + 1}"` : ''}${style}>${content}<${p}Comment><${p}Data>no</${p}Data></${p}Comment></${p}Cell>`
    })
    return `<${p}Row${withPlaces ? ` ${a}Index="${index + 1}"` : ''}>${cells.join('')}</${p}Row>`
  })
  const spaces = [
    `xmlns:${a.slice(0, -1)}="${OFFICE}:spreadsheet"`,
    ...(p === '' ? [`xmlns="${OFFICE}:spreadsheet"`] : []),
  ].join(' ')
  const dates = is1904 ? '<Date1904/>' : ''
  const excel = `<ExcelWorkbook xmlns="${OFFICE}:excel">${dates}</ExcelWorkbook><x:Sorting xmlns:x="urn:other"><x:Date1904/></x:Sorting>`
  const styles = `<${p}Styles><${p}Style ${a}ID="d"><${p}NumberFormat ${a}Format="dd.mm.yyyy\\ hh:mm:ss"/></${p}Style></${p}Styles>`
  return Buffer.from(
    `<?xml version="1.0"?>\n<${p}Workbook ${spaces}>${excel}${styles}<${p}Worksheet ${a}Name="S"><${p}Table>${rows.join('')}</${p}Table></${p}Worksheet></${p}Workbook>`,
  )
}
