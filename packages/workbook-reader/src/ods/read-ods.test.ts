import { expect, test } from 'vitest'
import { readWorkbook } from '../read-workbook.ts'
import type { SheetInfo } from '../sheets/workbook-visitor.ts'
import { readRows, reasonFor } from '../workbook-rows.test-helper.ts'
import { buildZip, type ZipPart } from '../zip/zip-builder.test-helper.ts'

const ods = (content: string, extra: readonly ZipPart[] = []) =>
  buildZip([
    { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
    { name: 'content.xml', data: `<office:document-content>${content}</office:document-content>` },
    ...extra,
  ])
const sheet = (rows: string) => ods(`<table:table table:name="Лист1">${rows}</table:table>`)
const row = (cells: string, attributes = '') => `<table:table-row ${attributes}>${cells}</table:table-row>`
const cell = (attributes: string, text = '') =>
  `<table:table-cell ${attributes}>${text && `<text:p>${text}</text:p>`}</table:table-cell>`
const date = (wall: string) => ({ kind: 'date', wall })

test('reads values by their types, not by what is shown', async () => {
  const cells = [
    cell('office:value-type="string"', '00500123'),
    cell('office:value-type="float" office:value="12.5"', '12,50'),
    cell('office:value-type="date" office:date-value="2025-09-02T08:00:00"', '02.09.25'),
    cell('office:value-type="date" office:date-value="2025-09-02"', '02.09.25'),
    cell('office:value-type="time" office:time-value="PT06H00M00S"', '6:00'),
    cell('office:value-type="boolean" office:boolean-value="true"', 'ИСТИНА'),
    cell('office:value-type="string" office:string-value="" calcext:value-type="error"', '#N/A'),
    cell('office:value-type="percentage" office:value="0.5"', '50%'),
  ]
  expect(await readRows(sheet(row(cells.join(''))))).toEqual({
    1: [
      '00500123',
      12.5,
      date('2025-09-02T08:00:00'),
      date('2025-09-02T00:00:00'),
      0.25,
      true,
      { kind: 'error', code: '#N/A' },
      0.5,
    ],
  })
})

test('puts paragraphs, blanks and breaks together and leaves out comments and drawings', async () => {
  const text =
    '<office:annotation><text:p>note</text:p></office:annotation><text:p>a<text:s text:c="2"/><text:span>b</text:span>' +
    '<text:tab/>c</text:p><text:p>d<text:line-break/>e</text:p><draw:frame><draw:text-box><text:p>f</text:p></draw:text-box></draw:frame>'
  expect(await readRows(sheet(row(`<table:table-cell office:value-type="string">${text}</table:table-cell>`)))).toEqual(
    {
      1: ['a  b\tc\nd\ne'],
    },
  )
})

test('counts repeated and covered cells and repeated rows', async () => {
  const x = cell('office:value-type="string" table:number-columns-repeated="2"', 'x')
  const blank = '<table:table-cell table:number-columns-repeated="2"/><table:covered-table-cell/>'
  const bytes = sheet(
    row('<table:table-cell/>', 'table:number-rows-repeated="3"') +
      row(`${blank}${x}`, 'table:number-rows-repeated="2"') +
      row(cell('office:value-type="string"', 'y')) +
      row('<table:table-cell table:number-columns-repeated="16384"/>', 'table:number-rows-repeated="1048570"'),
  )
  const twice = [undefined, undefined, undefined, 'x', 'x']
  expect(await readRows(bytes)).toEqual({ 4: twice, 5: twice, 6: ['y'] })
})

test('reads a package whose type is packed', async () => {
  const content = `<office:document-content><table:table>${row(cell('office:value-type="string"', 'x'))}</table:table></office:document-content>`
  const packed = (type: string) =>
    buildZip([
      { name: 'mimetype', data: `application/vnd.oasis.opendocument.${type}` },
      { name: 'content.xml', data: content },
    ])
  expect(await readRows(packed('spreadsheet'))).toEqual({ 1: ['x'] })
  expect(await reasonFor(packed('text'))).toBe('not_a_workbook')
})

test('tells hidden sheets', async () => {
  const style = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
  const bytes = ods(`${style}<table:table table:name="А" table:style-name="h"/><table:table table:name="Б"/>`)
  const seen: SheetInfo[] = []
  await readWorkbook(bytes, { sheet: (info) => void seen.push(info) })
  expect(seen.map(({ name, hidden }) => [name, hidden])).toEqual([
    ['А', true],
    ['Б', false],
  ])
})

test.each([
  [
    'values repeated over billions of cells',
    'too_many_columns',
    sheet(row(cell('office:value-type="string" table:number-columns-repeated="99999999"', 'x'))),
  ],
  [
    'a row repeated millions of times',
    'too_many_rows',
    sheet(row(cell('office:value-type="string"', 'x'), 'table:number-rows-repeated="99999999"')),
  ],
  ['encrypted parts', 'encrypted', ods('', [{ name: 'META-INF/manifest.xml', data: '<manifest:encryption-data/>' }])],
  ['no sheet', 'not_a_workbook', ods('')],
  ['entities of its own', 'not_a_workbook', ods('<!DOCTYPE a>')],
] as const)('refuses %s as %s', async (_case, reason, bytes) => {
  expect(await reasonFor(bytes)).toBe(reason)
})
