import { defaultReadingLimits } from '@atermtrack/workbook-reader'
import { describe, expect, test } from 'vitest'
import { annotate } from '../annotating.ts'
import {
  aPackage,
  annotated,
  byExceljs,
  bySheetjs,
  cellsOf,
  knownValues,
  partsOf,
  relationshipsXml,
  sheetXml,
  textCell,
  workbookXml,
} from '../packages.test-helper.ts'

const known = 'MSKU6011672'
const header = `<row r="1">${textCell('Контейнер', ' r="A1"')}</row>`
const table = `${header}<row r="2">${textCell(known, ' r="A2"')}</row>`
const strictMain = 'http://purl.oclc.org/ooxml/spreadsheetml/main'

/** The values of the new columns of a row, read by exceljs. */
async function rowOf(content: Buffer, row: number, first = 2): Promise<readonly unknown[]> {
  const sheet = (await byExceljs(content)).worksheets[0]!
  return [0, 1, 2, 3, 4].map((n) => sheet.getCell(row, first + n).value)
}

describe('a package of an odd build is changed in place', () => {
  test('without a style part: one is made and named', async () => {
    const { content, isKept } = await annotated(await aPackage({ sheet: sheetXml(table) }))
    expect(isKept).toBe(true)
    expect(await rowOf(content, 2)).toEqual(knownValues)
    const parts = await partsOf(content)
    expect([...parts.keys()].at(-1)).toBe('xl/styles.xml')
    expect(String(parts.get('[Content_Types].xml'))).toContain('PartName="/xl/styles.xml"')
    expect(String(parts.get('xl/_rels/workbook.xml.rels'))).toContain('Target="styles.xml"')
  })

  test('with rows and cells that have no references', async () => {
    const rows = `<row>${textCell('Контейнер')}${textCell('Клиент')}</row><row/><row><c t="inlineStr"><is><t>${known}</t></is></c></row>`
    const { content, isKept } = await annotated(await aPackage({ sheet: sheetXml(rows) }))
    expect(isKept).toBe(true)
    const [heading, state] = [{ v: 'Состояние' }, { v: 'в пути' }]
    expect(cellsOf(bySheetjs(content), 'Лист1')).toMatchObject({ B1: { v: 'Клиент' }, C1: heading, C3: state })
  })

  test('with prefixed names', async () => {
    const sheet = sheetXml(table)
      .replaceAll(/<(\/?)([a-z]\w*)/g, '<$1x:$2')
      .replace('xmlns=', 'xmlns:x=')
    const { content, isKept } = await annotated(await aPackage({ sheet }))
    expect(isKept).toBe(true)
    const part = String((await partsOf(content)).get('xl/worksheets/sheet1.xml'))
    expect(part).toContain('<x:c r="C2" s="2"><x:v>1250</x:v></x:c>')
    expect(part).toContain('<x:cols><x:col min="2"')
    expect(part.replaceAll(/<\/?x:/g, '')).not.toMatch(/<\/?c[ >]/)
  })

  test('of the strict flavour', async () => {
    const strict = (xml: string) => xml.replace(/xmlns="[^"]*"/, `xmlns="${strictMain}"`)
    const { content, isKept } = await annotated(await aPackage({ sheet: strict(sheetXml(table)) }))
    expect(isKept).toBe(true)
    expect(cellsOf(bySheetjs(content), 'Лист1')).toMatchObject({
      A2: { v: known },
      B2: { v: 'в пути' },
      C2: { v: 1250 },
    })
  })

  test('that counts days from 1904', async () => {
    const workbook = workbookXml('<workbookPr date1904="1"/>')
    const { content } = await annotated(await aPackage({ sheet: sheetXml(table), workbook }))
    expect(await rowOf(content, 2)).toEqual(knownValues)
  })

  test('with shared formulas, data tables and arrays', async () => {
    const formulas =
      '<c r="B2"><f t="shared" ref="B2:B3" si="0">A2&amp;"!"</f><v>1</v></c>' +
      '<c r="C2"><f t="dataTable" ref="C2:C3" dt2D="0" dtr="0" r1="B1"/><v>7</v></c><c r="D2"><f t="array" ref="D2">SUM(B2:B3)</f></c>'
    const rows = `${header}<row r="2" spans="1:4">${textCell(known, ' r="A2"')}${formulas}</row>`
    const { content } = await annotated(await aPackage({ sheet: sheetXml(rows) }))
    const part = String((await partsOf(content)).get('xl/worksheets/sheet1.xml'))
    expect(part).toContain(formulas)
    expect(part).not.toContain('spans')
    expect(await rowOf(content, 2, 5)).toEqual(knownValues)
  })

  test('with blank styled cells where the new ones go, and columns hidden to the last', async () => {
    const styled = '<c r="B2" s="0"/><c r="D2" s="0"></c><c r="XFD2" s="0"/>'
    const rows = `${header}<row r="2">${textCell(known, ' r="A2"')}${styled}</row>`
    const before =
      '<dimension ref="A1:A2"/><cols><col min="1" max="1" width="9"/><col min="2" max="16384" hidden="1"/></cols>'
    const { content, isKept } = await annotated(await aPackage({ sheet: sheetXml(rows, { before }) }))
    expect(isKept).toBe(true)
    expect(await rowOf(content, 2)).toEqual(knownValues)
    const part = String((await partsOf(content)).get('xl/worksheets/sheet1.xml'))
    expect(part.match(/r="(?:B|D|XFD)2"/g)).toEqual(['r="B2"', 'r="D2"', 'r="XFD2"'])
    expect(part).toContain('<col hidden="1" min="7" max="16384"/></cols>')
    expect(part).toContain('<dimension ref="A1:F2"/>')
    expect((await byExceljs(content)).worksheets[0]!.getColumn(2)).toMatchObject({ hidden: false, width: 20 })
  })

  test('with its headings in a row that is not written', async () => {
    const rows = `<row r="1">${textCell('Список', ' r="A1"')}</row><row r="4">${textCell(known, ' r="A4"')}</row>`
    const { content } = await annotated(await aPackage({ sheet: sheetXml(rows) }))
    expect((await rowOf(content, 3)).slice(0, 2)).toEqual(['Состояние', 'Осталось, км'])
    expect(await rowOf(content, 4)).toEqual(knownValues)
  })

  test('without any heading above the numbers', async () => {
    const rows = `<row r="1">${textCell(known, ' r="A1"')}</row>`
    const { content } = await annotated(await aPackage({ sheet: sheetXml(rows) }))
    expect(await rowOf(content, 1)).toEqual(knownValues)
  })

  test('with a title merged over more columns than the table has, and a merge beside it', async () => {
    const rows = `<row r="1">${textCell('Список', ' r="A1"')}</row><row r="2">${textCell('Контейнер', ' r="A2"')}</row><row r="3">${textCell(known, ' r="A3"')}</row>`
    const after = '<mergeCells count="2"><mergeCell ref="A1:Z1"/><mergeCell ref="B3:C3"/></mergeCells>'
    const { content } = await annotated(await aPackage({ sheet: sheetXml(rows, { after }) }))
    expect(await rowOf(content, 3, 4)).toEqual(knownValues)
  })

  test('with comments, CDATA and quotes of either kind', async () => {
    const rows = `<!-- <row r="9"> -->${header}<row r='2' ht = "20" x='a>b'><c r='A2' t='inlineStr'><is><t><![CDATA[${known}]]></t></is></c></row>`
    const { content, isKept } = await annotated(await aPackage({ sheet: sheetXml(rows) }))
    expect(isKept).toBe(true)
    expect(String((await partsOf(content)).get('xl/worksheets/sheet1.xml'))).toContain(
      `<!-- <row r="9"> -->${header.slice(0, 9)}`,
    )
    expect(cellsOf(bySheetjs(content), 'Лист1')).toMatchObject({ B2: { v: 'в пути' } })
  })

  test('with macros, charts and whatever else lies in it', async () => {
    const macros = Buffer.from(Array.from({ length: 3_000 }, (_, n) => (n * 31) % 251))
    const extra = { 'xl/vbaProject.bin': macros, 'xl/charts/chart1.xml': '<c:chart/>', 'customXml/item1.xml': '<a/>' }
    const before = await aPackage({ sheet: sheetXml(table), extra })
    const { content, isKept } = await annotated(before)
    expect(isKept).toBe(true)
    const parts = await partsOf(content)
    expect(parts.get('xl/vbaProject.bin')).toEqual(macros)
    expect(String(parts.get('xl/charts/chart1.xml'))).toBe('<c:chart/>')
  })
})

describe('a package that cannot be changed in place is rewritten', () => {
  test.each([
    ['rows out of order', sheetXml(`<row r="5">${textCell('х', ' r="A5"')}</row>${table}`)],
    [
      'cells out of order',
      sheetXml(table.replace('</row><row r="2">', `${textCell('х', ' r="A1"')}</row><row r="2">`)),
    ],
    ['a part in UTF-16', Buffer.from(`\uFEFF${sheetXml(table).replace('UTF-8', 'UTF-16')}`, 'utf16le')],
  ])('with %s', async (_, sheet) => {
    const before = await aPackage({ sheet: '', extra: { 'xl/worksheets/sheet1.xml': sheet } })
    const { content, isKept } = await annotated(before)
    expect(isKept).toBe(false)
    const cells = Object.values(cellsOf(bySheetjs(content), 'Лист1'))
    expect(cells).toContainEqual(expect.objectContaining({ v: 'в пути' }))
  })

  test.each(['<table><tableColumns>', '<table><tableColumns', '<!DOCTYPE table><table/>'])(
    'with faulty markup in a part that only the change needs: %s',
    async (markup) => {
      const related = relationshipsXml([['rId1', 'table', '../tables/table1.xml']])
      const extra = { 'xl/tables/table1.xml': markup, 'xl/worksheets/_rels/sheet1.xml.rels': related }
      const { content, isKept } = await annotated(await aPackage({ sheet: sheetXml(table), extra }))
      expect(isKept).toBe(false)
      expect(await rowOf(content, 2)).toEqual(knownValues)
    },
  )

  test('with a style part that holds no styles', async () => {
    const { isKept, content } = await annotated(await aPackage({ sheet: sheetXml(table), styles: '<styleSheet/>' }))
    expect(isKept).toBe(false)
    expect(await rowOf(content, 2)).toEqual(knownValues)
  })
})

test.each([
  ['damaged', Buffer.from('PK\u0003\u0004 and no more'), 'truncated'],
  ['no workbook', Buffer.from([1, 2, 0, 3]), 'not_a_workbook'],
  ['empty', Buffer.alloc(0), 'empty'],
])('a file that is %s is reported with its reason', async (_, bytes, reason) => {
  const limits = defaultReadingLimits
  const plan = { columns: [], notes: [], sheets: [] }
  expect(await annotate({ task: 'find', bytes, ownSets: [], limits })).toMatchObject({ kind: 'unreadable', reason })
  expect(await annotate({ task: 'write', bytes, plan, limits })).toMatchObject({ kind: 'unreadable', reason })
})
