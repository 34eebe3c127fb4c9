import { utils, write } from '@e965/xlsx'
import { expect, test } from 'vitest'
import { readWorkbook } from './read-workbook.ts'
import type { SheetInfo } from './sheets/workbook-visitor.ts'
import { readAll, readRows, reasonFor } from './workbook-rows.test-helper.ts'
import { buildXlsx, buildZip, relationships, sheetXml, workbookXml } from './zip/zip-builder.test-helper.ts'

const oneRow = sheetXml('<row><c><v>1</v></c></row>')
const date = (wall: string) => ({ kind: 'date', wall })

test('visits the worksheets in workbook order with their names, and chart sheets not at all', async () => {
  const bytes = buildXlsx({
    workbook: workbookXml(
      '<sheet name="Б &amp; В" sheetId="9" r:id="b"/><sheet name="Chart" sheetId="2" r:id="c"/>' +
        '<sheet name="Скрытый" state="veryHidden" sheetId="1" r:id="a"/>',
    ),
    relationships: relationships([
      ['a', 'worksheet', '/XL/Worksheets/Sheet1.xml'],
      ['b', 'worksheet', '../odd/part one.XML'],
      ['c', 'chartsheet', 'chartsheets/sheet1.xml'],
    ]),
    sheet: oneRow,
    extra: [{ name: 'odd/part one.xml', data: sheetXml('<row><c><v>2</v></c></row>') }],
  })
  const seen: SheetInfo[] = []
  const values: unknown[] = []
  await readWorkbook(bytes, {
    sheet(info) {
      seen.push(info)
      return (_row, [value]) => {
        values.push(value)
      }
    },
  })
  expect(seen).toEqual([
    { name: 'Б & В', index: 0, hidden: false },
    { name: 'Скрытый', index: 2, hidden: true },
  ])
  expect(values).toEqual([2, 1])
})

test('finds the workbook where the package says it is', async () => {
  const bytes = buildZip([
    { name: '[Content_Types].xml', data: '<Types/>' },
    { name: '_rels/.rels', data: relationships([['x', 'officeDocument', '/book/main.xml']]) },
    { name: 'book\\main.xml', data: workbookXml('<sheet name="S" r:id="y"/>', '<workbookPr date1904="true"/>') },
    {
      name: 'book/_rels/main.xml.rels',
      data: relationships([
        ['y', 'worksheet', 'one.xml'],
        ['z', 'styles', 's.xml'],
      ]),
    },
    { name: 'book/one.xml', data: sheetXml('<row><c s="0"><v>0</v></c></row>') },
    { name: 'book/s.xml', data: '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>' },
  ])
  expect(await readRows(bytes)).toEqual({ 1: [date('1904-01-01T00:00:00')] })
})

test('does not unpack a sheet nobody wants', async () => {
  const bytes = buildXlsx({ sheet: 'not even XML' })
  await expect(readWorkbook(bytes, { sheet: () => undefined })).resolves.toBeUndefined()
})

test('stops a sheet when the visitor says so and goes on with the next', async () => {
  const rows = sheetXml('<row><c><v>1</v></c></row><row><c><v>2</v></c></row>')
  const bytes = buildXlsx({
    sheet: rows,
    workbook: workbookXml('<sheet name="A" r:id="a"/><sheet name="B" r:id="b"/>'),
    relationships: relationships([
      ['a', 'worksheet', 'worksheets/sheet1.xml'],
      ['b', 'worksheet', 'two.xml'],
    ]),
    extra: [{ name: 'xl/two.xml', data: rows }],
  })
  const seen: string[] = []
  await readWorkbook(bytes, {
    sheet:
      ({ name }) =>
      (row) => {
        seen.push(`${name}${row}`)
        return name === 'A' ? 'stop' : undefined
      },
  })
  expect(seen).toEqual(['A1', 'B1', 'B2'])
})

test('hands an error of the visitor through', async () => {
  const failure = new Error('of the visitor')
  const visitor = {
    sheet: () => () => {
      throw failure
    },
  }
  await expect(readWorkbook(buildXlsx({ sheet: oneRow }), visitor)).rejects.toBe(failure)
})

test('reads stored parts', async () => {
  const relationship = relationships([['rId1', 'worksheet', 'real.xml']])
  const real = { name: 'xl/real.xml', data: oneRow, stored: true }
  expect(await readRows(buildXlsx({ relationships: relationship, extra: [real] }))).toEqual({ 1: [1] })
})

test.each([
  ['empty', Buffer.alloc(0)],
  ['not_a_workbook', Buffer.from([1, 2, 3, 0, 255, 254, 7])],
  ['not_a_workbook', Buffer.from('<html><body>Войдите в систему</body></html>')],
  ['archive_unsupported', Buffer.from('Rar!\u001A\u0007\u0000', 'latin1')],
  ['not_a_workbook', buildZip([{ name: 'a.txt', data: 'x' }])],
  ['not_a_workbook', buildXlsx({ workbook: workbookXml('') })],
  ['truncated', buildXlsx({ sheet: oneRow }).subarray(0, -30)],
  ['damaged', buildXlsx({ relationships: relationships([]) })],
  ['damaged', buildXlsx({ relationships: relationships([['rId1', 'worksheet', 'gone.xml']]) })],
] as const)('refuses as %s what is no whole workbook', async (reason, bytes) => {
  expect(await reasonFor(bytes)).toBe(reason)
})

test('refuses a password-protected workbook as such', async () => {
  const ole = Buffer.alloc(1024)
  ole.write('d0cf11e0a1b11ae1', 'hex')
  ole.write('EncryptedPackage\0', 512, 'utf16le')
  ole.writeUInt16LE(34, 512 + 64)
  expect(await reasonFor(ole)).toBe('encrypted')
  expect(await reasonFor(buildXlsx({ extra: [{ name: 'x', data: 'y', flags: 1 }] }))).toBe('encrypted')
})

test('gives the rows of every worksheet', async () => {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([[1]]), 'Один')
  utils.book_append_sheet(book, utils.aoa_to_sheet([[], ['x']]), 'Два')
  const sheets = await readAll(new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer))
  expect([...sheets]).toEqual([
    ['Один', { 1: [1] }],
    ['Два', { 2: ['x'] }],
  ])
})
