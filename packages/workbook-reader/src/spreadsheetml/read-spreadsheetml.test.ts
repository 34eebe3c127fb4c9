import { expect, test } from 'vitest'
import { readWorkbook } from '../read-workbook.ts'
import type { SheetInfo } from '../sheets/workbook-visitor.ts'
import { readRows, reasonFor } from '../workbook-rows.test-helper.ts'

const NAMESPACES =
  'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"'
const book = (content: string) => Buffer.from(`<?xml version="1.0"?>\n<Workbook ${NAMESPACES}>${content}</Workbook>`)
const sheet = (rows: string, styles = '') =>
  book(`${styles}<Worksheet ss:Name="Лист1"><Table>${rows}</Table></Worksheet>`)
const data = (type: string, value: string) => `<Cell><Data ss:Type="${type}">${value}</Data></Cell>`
const date = (wall: string) => ({ kind: 'date', wall })

test('reads values by their types', async () => {
  const row = [
    data('String', '00500123'),
    data('Number', '12.5'),
    data('Number', '12345678901234567890'),
    data('Boolean', '1'),
    data('DateTime', '2025-09-02T08:00:00.000'),
    data('Error', '#N/A'),
    data('String', 'a&amp;б&#10;_x0041_<![CDATA[<&amp;>]]>'),
  ]
  expect(await readRows(sheet(`<Row>${row.join('')}</Row>`))).toEqual({
    1: [
      '00500123',
      12.5,
      '12345678901234567890',
      true,
      date('2025-09-02T08:00:00'),
      { kind: 'error', code: '#N/A' },
      'a&б\n_x0041_<&amp;>',
    ],
  })
})

test('keeps the places that rows and cells name, merged and repeated ones too', async () => {
  const one = '<Data ss:Type="String">x</Data>'
  const rows =
    `<Row ss:Index="3"><Cell ss:Index="2" ss:MergeAcross="2">${one}</Cell><Cell>${one}</Cell></Row>` +
    `<Row ss:Span="4"/><Row><Cell/><Cell>${one}</Cell></Row>`
  expect(await readRows(sheet(rows))).toEqual({
    3: [undefined, 'x', undefined, undefined, 'x'],
    9: [undefined, 'x'],
  })
})

test('takes a number in a date style for a date, by the date system of the workbook', async () => {
  const styles =
    '<Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>' +
    '<Style ss:ID="f"><NumberFormat ss:Format="Fixed"/></Style></Styles>'
  const rows = ['d', 'f'].map((id) => `<Cell ss:StyleID="${id}"><Data ss:Type="Number">45902</Data></Cell>`)
  const of = (more: string) => sheet(`<Row>${rows.join('')}</Row>`, `${more}${styles}`)
  expect(await readRows(of(''))).toEqual({ 1: [date('2025-09-02T00:00:00'), 45902] })
  expect(await readRows(of('<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>'))).toEqual({
    1: [date('2029-09-03T00:00:00'), 45902],
  })
})

test('leaves out comments and takes formatted text as one', async () => {
  const rows =
    '<Row><Cell><ss:Data ss:Type="String"><B>a</B><Font> b</Font></ss:Data>' +
    '<Comment><ss:Data ss:Type="String">note</ss:Data></Comment></Cell></Row>'
  expect(await readRows(sheet(rows))).toEqual({ 1: ['a b'] })
})

test('tells hidden sheets before their rows', async () => {
  const options = (state: string) => `<x:WorksheetOptions><x:Visible>${state}</x:Visible></x:WorksheetOptions>`
  const bytes = book(
    `<Worksheet ss:Name="А"><Table/></Worksheet><Worksheet ss:Name="Б"><Table/>${options('SheetHidden')}</Worksheet>`,
  )
  const seen: SheetInfo[] = []
  await readWorkbook(bytes, { sheet: (info) => void seen.push({ ...info }) })
  expect(seen).toEqual([
    { name: 'А', index: 0, hidden: false },
    { name: 'Б', index: 1, hidden: true },
  ])
})

test.each([
  ['a cut-off file', 'damaged', sheet('<Row></Row>').subarray(0, -20)],
  ['no sheet', 'not_a_workbook', book('')],
  [
    'entities of its own',
    'not_a_workbook',
    Buffer.from(`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Workbook ${NAMESPACES}></Workbook>`),
  ],
  [
    'a cell far to the right',
    'too_many_columns',
    sheet(`<Row><Cell ss:Index="99999999"><Data ss:Type="String">x</Data></Cell></Row>`),
  ],
  ['a text no cell can hold', 'cell_too_long', sheet(`<Row>${data('String', 'x<B/>'.repeat(1_200_000))}</Row>`)],
] as const)('refuses %s as %s', async (_case, reason, bytes) => {
  expect(await reasonFor(bytes)).toBe(reason)
})
