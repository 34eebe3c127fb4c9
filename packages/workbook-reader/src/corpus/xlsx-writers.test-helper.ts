import { escapeXml } from '../xml/xml-text.ts'
import { buildZip, type ZipPart } from '../zip/zip-builder.test-helper.ts'
import type { Random } from './random.test-helper.ts'
import { serialOf, type Table, type Value } from './tables.test-helper.ts'

/** Habits of programs that write xlsx; each is legal, or read by Excel all the same. */
export const habits = [
  'prefixed names',
  'strict namespaces',
  'a default namespace per part of another prefix',
  'no references',
  'CDATA',
  'inline texts',
  'inline texts with a value beside',
  'formula texts',
  'rich texts',
  'dates of 1904',
  'dates as ISO texts',
  'a newer extension of the workbook',
  'foreign elements',
  'formats of conditional formats',
  'blank cells with styles',
  'comments and blanks',
  'single quotes',
  'sizes off by two',
] as const

export type Habit = (typeof habits)[number]

interface Writer {
  readonly random: Random
  readonly has: (habit: Habit) => boolean
  /** Writes an element of the main namespace. */
  readonly element: (
    name: string,
    attributes: Readonly<Record<string, string | number | undefined>>,
    content?: string,
  ) => string
  readonly strings: string[]
}

const TRANSITIONAL = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const STRICT = 'http://purl.oclc.org/ooxml/spreadsheetml/main'
const RELATED = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const STRICT_RELATED = 'http://purl.oclc.org/ooxml/officeDocument/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const X15 = 'http://schemas.microsoft.com/office/spreadsheetml/2010/11/main'
const DATE_STYLES = [1, 2, 3] as const
const NUMBER_STYLES = [0, 4] as const

/** Writes the table as an xlsx with the habits. */
export function writeXlsx(table: Table, chosen: ReadonlySet<Habit>, random: Random): Buffer {
  const has = (habit: Habit) => chosen.has(habit)
  const writer: Writer = { random, has, element: createElement(has), strings: [] }
  const sheet = sheetPart(writer, table)
  const related = has('strict namespaces') ? STRICT_RELATED : RELATED
  const parts: ZipPart[] = [
    { name: '[Content_Types].xml', data: contentTypes() },
    { name: '_rels/.rels', data: relationships([['rId1', `${related}/officeDocument`, 'xl/workbook.xml']]) },
    { name: 'xl/workbook.xml', data: workbookPart(writer, related) },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: relationships([
        ['rId1', `${related}/worksheet`, 'worksheets/sheet1.xml'],
        ['rId2', `${related}/sharedStrings`, 'sharedStrings.xml'],
        ['rId3', `${related}/styles`, 'styles.xml'],
      ]),
    },
    { name: 'xl/styles.xml', data: stylesPart(writer) },
    { name: 'xl/sharedStrings.xml', data: stringsPart(writer) },
    { name: 'xl/worksheets/sheet1.xml', data: sheet },
  ]
  if (!has('sizes off by two')) return buildZip(parts)
  return buildZip(
    parts.map((part) => ({ ...part, declaredSize: Buffer.byteLength(part.data as string) + random.pick([2, -2]) })),
  )
}

function createElement(has: Writer['has']): Writer['element'] {
  const prefix = has('prefixed names') ? 'x:' : ''
  const quote = has('single quotes') ? "'" : '"'
  const between = has('comments and blanks') ? '\n<!-- <c r="Z9"><v>9</v></c> -->\n ' : ''
  return (name, attributes, content) => {
    const written = Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : ` ${key}=${quote}${value}${quote}`,
    )
    const open = `<${prefix}${name}${written.join('')}`
    const isText = name === 't' || name === 'v' || name === 'f'
    return content === undefined
      ? `${open}/>`
      : `${open}>${isText ? '' : between}${content}</${prefix}${name}>${isText ? '' : between}`
  }
}

function root(
  { has, element }: Writer,
  name: string,
  content: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const main = has('strict namespaces') ? STRICT : TRANSITIONAL
  const declared = has('prefixed names') ? 'xmlns:x' : 'xmlns'
  const foreign: Readonly<Record<string, string>> = has('foreign elements') ? { 'xmlns:q': 'urn:of-somebody-else' } : {}
  const other: Readonly<Record<string, string>> = has('a default namespace per part of another prefix')
    ? { 'xmlns:main': main }
    : {}
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, { [declared]: main, ...other, ...foreign, ...more }, content)}`
}

function workbookPart(writer: Writer, related: string): string {
  const { has, element } = writer
  const properties = element('workbookPr', { date1904: has('dates of 1904') ? 1 : undefined })
  const sheets = element('sheets', {}, element('sheet', { name: 'Лист1', sheetId: 1, 'r:id': 'rId1' }))
  const extension = `<x15:workbookPr xmlns:x15="${X15}" chartTrackingRefBase="1"/>`
  const extensions = has('a newer extension of the workbook')
    ? element('extLst', {}, element('ext', { uri: '{140A7094-0E35-4892-8432-C4D2E57EDEB5}' }, extension))
    : ''
  return root(writer, 'workbook', properties + sheets + extensions, { 'xmlns:r': related })
}

/** Styles 1 to 3 show dates: by a format of their own, by a built-in one, by one with texts in it. Styles 0 and 4 show numbers. */
function stylesPart(writer: Writer): string {
  const { has, element } = writer
  const format = (id: number, code: string) => element('numFmt', { numFmtId: id, formatCode: escapeXml(code) })
  const formats = element(
    'numFmts',
    { count: 3 },
    [format(164, 'dd.mm.yyyy hh:mm:ss'), format(165, '[$-419]d mmm yyyy" г. "h:mm;@'), format(166, '0.00" days"')].join(
      '',
    ),
  )
  const ids = [0, 164, 22, 165, 166].map((id) => element('xf', { numFmtId: id }))
  const others = has('formats of conditional formats')
    ? element(
        'dxfs',
        { count: 2 },
        [format(164, '0'), format(166, 'dd.mm.yyyy')].map((one) => element('dxf', {}, one)).join(''),
      )
    : ''
  const styleFormats = element('cellStyleXfs', {}, element('xf', { numFmtId: 14 }))
  return root(
    writer,
    'styleSheet',
    formats + styleFormats + element('cellXfs', { count: ids.length }, ids.join('')) + others,
  )
}

function stringsPart(writer: Writer): string {
  return root(writer, 'sst', writer.strings.map((content) => writer.element('si', {}, content)).join(''))
}

function sheetPart(writer: Writer, table: Table): string {
  const { element, has } = writer
  const rows = table.map((row, index) => {
    const cells = row.map((value, column) => cellOf(writer, value, `${String.fromCharCode(65 + column)}${index + 1}`))
    const foreign = has('foreign elements') ? '<q:c r="A1"><q:v>9</q:v></q:c>' : ''
    return element('row', { r: has('no references') ? undefined : index + 1 }, cells.join('') + foreign)
  })
  const foreignRow = has('foreign elements') ? '<q:row r="1"><q:c/></q:row>' : ''
  return root(
    writer,
    'worksheet',
    element('dimension', { ref: 'A1:B2' }) + element('sheetData', {}, foreignRow + rows.join('')),
  )
}

function cellOf(writer: Writer, value: Value, reference: string): string {
  const { element, has, random } = writer
  const r = has('no references') ? undefined : reference
  const number = (text: number, s: number) => element('c', { r, s }, element('v', {}, String(text)))
  switch (value?.kind) {
    case 'text':
      return textCell(writer, value.text, r)
    case 'number':
      return number(value.number, random.pick(NUMBER_STYLES))
    case 'boolean':
      return element('c', { r, t: 'b' }, element('v', {}, value.is ? '1' : '0'))
    case 'error':
      return element('c', { r, t: 'e' }, element('v', {}, value.code))
    case 'date':
      return has('dates as ISO texts')
        ? element(
            'c',
            { r, s: 1, t: 'd' },
            element('v', {}, new Date(value.seconds * 1_000).toISOString().slice(0, 19)),
          )
        : number(serialOf(value.seconds, has('dates of 1904')), random.pick(DATE_STYLES))
    case undefined:
    default:
      return element('c', { r, s: has('blank cells with styles') ? 1 : undefined })
  }
}

function textCell(writer: Writer, text: string, r: string | undefined): string {
  const { element, has, strings } = writer
  if (has('formula texts'))
    return element('c', { r, t: 'str' }, element('f', {}, 'A1&amp;B1') + element('v', {}, marked(writer, text)))
  if (has('inline texts') || has('inline texts with a value beside')) {
    const beside = has('inline texts with a value beside') ? element('v', {}, '7') : ''
    return element('c', { r, t: 'inlineStr' }, element('is', {}, runs(writer, text)) + beside)
  }
  return element('c', { r, t: 's' }, element('v', {}, String(strings.push(runs(writer, text)) - 1)))
}

/** The text in one piece, or in two with a hint for its pronunciation, which is no part of it. */
function runs(writer: Writer, text: string): string {
  const { element, has } = writer
  const piece = (part: string) => element('t', { 'xml:space': 'preserve' }, marked(writer, part))
  const letters = Array.from(text)
  const half = Math.floor(letters.length / 2)
  if (!has('rich texts') || half === 0 || text.includes('_x')) return piece(text)
  const first = element('r', {}, element('rPr', {}, element('b', {})) + piece(letters.slice(0, half).join('')))
  const hint = element('rPh', { sb: 0, eb: 1 }, element('t', {}, 'no'))
  return first + element('r', {}, piece(letters.slice(half).join(''))) + hint
}

/** An underscore that would begin an escape is escaped itself. */
function marked({ has }: Writer, text: string): string {
  const safe = text.replaceAll(/_(?=x[0-9a-f]{4}_)/giu, '_x005F_')
  return has('CDATA') ? `<![CDATA[${safe}]]>` : escapeXml(safe)
}

function relationships(list: readonly (readonly [id: string, type: string, target: string])[]): string {
  const items = list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`)
  return `<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`
}

function contentTypes(): string {
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="${kind}.${type}+xml"/>`
  const parts = [
    part('workbook', 'sheet.main'),
    part('worksheets/sheet1', 'worksheet'),
    part('styles', 'styles'),
    part('sharedStrings', 'sharedStrings'),
  ]
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts.join('')}</Types>`
}
