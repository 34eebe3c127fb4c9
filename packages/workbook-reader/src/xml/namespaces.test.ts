import { expect, test } from 'vitest'
import { readAll, readRows } from '../workbook-rows.test-helper.ts'
import { buildXlsx, buildZip, relationships, sheetXml } from '../zip/zip-builder.test-helper.ts'
import { nameHash } from './name-hash.ts'
import { tokensOf } from './xml-tokens.ts'
import { scanXml } from './xml-scanner.ts'
import { attributeOf } from './xml-tag.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const STRICT = 'http://purl.oclc.org/ooxml/spreadsheetml/main'
const RELATED = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const X15 = 'http://schemas.microsoft.com/office/spreadsheetml/2010/11/main'
const styles = `<styleSheet xmlns="${MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`
const dated = { sheet: sheetXml('<row r="1"><c r="A1" s="1"><v>1</v></c></row>'), styles }
const in1904 = { 1: [{ kind: 'date', wall: '1904-01-02T00:00:00' }] }

test.each([
  [
    'as today’s Excel writes it',
    `<workbookPr date1904="1"/>`,
    `<extLst><ext xmlns:x15="${X15}"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>`,
  ],
  [
    'with a default namespace of its own',
    `<workbookPr date1904="true"/>`,
    `<extLst><ext><workbookPr xmlns="${X15}" date1904="0"/></ext></extLst>`,
  ],
  ['with no namespace', `<workbookPr date1904="1"/>`, `<extLst><ext><workbookPr xmlns=""/></ext></extLst>`],
])('dates count from 1904, whatever an extension says %s', async (_case, own, extension) => {
  const workbook = `<workbook xmlns="${MAIN}" xmlns:r="${RELATED}">${own}<sheets><sheet name="S" r:id="rId1"/></sheets>${extension}</workbook>`
  expect(await readRows(buildXlsx({ ...dated, workbook }))).toEqual(in1904)
})

test.each([
  [
    'prefixed',
    `<x:workbook xmlns:x="${MAIN}" xmlns:r="${RELATED}"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="S" r:id="rId1"/></x:sheets></x:workbook>`,
  ],
  [
    'strict',
    `<workbook xmlns="${STRICT}" xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships"><workbookPr date1904="1"/><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    'of .NET, which declares relationships where it names one',
    `<x:workbook xmlns:x="${MAIN}"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="S" d4p1:id="rId1" xmlns:d4p1="${RELATED}"/></x:sheets></x:workbook>`,
  ],
  [
    'with two ids',
    `<workbook xmlns="${MAIN}" xmlns:o="urn:other" xmlns:q="${RELATED}"><workbookPr date1904="1"/><sheets><sheet name="S" o:id="rId9" q:id="rId1"/></sheets></workbook>`,
  ],
  [
    'whose usual prefix is another namespace',
    `<workbook xmlns="${MAIN}" xmlns:r="urn:other" xmlns:q="${RELATED}"><workbookPr date1904="1"/><sheets><sheet name="S" r:id="rId9" q:id="rId1"/></sheets></workbook>`,
  ],
])('reads a workbook part %s', async (_case, workbook) => {
  expect(await readRows(buildXlsx({ ...dated, workbook }))).toEqual(in1904)
})

test('foreign elements within a sheet are no rows, cells or values', async () => {
  const foreign = '<x:row r="9"><x:c><x:v>9</x:v></x:c></x:row>'
  const cell = '<c r="A1"><x:v>9</x:v><v>1</v><x:is><x:t>9</x:t></x:is></c><x:c r="B1"><v>9</v></x:c>'
  const sheet = `<worksheet xmlns="${MAIN}" xmlns:x="urn:x"><sheetData>${foreign}<row r="1">${cell}</row></sheetData></worksheet>`
  const sharedStrings = `<sst xmlns="${MAIN}"><si><t>a</t></si></sst>`
  expect(await readRows(buildXlsx({ sheet, sharedStrings }))).toEqual({ 1: [1] })
})

test('a declaration holds to the end of its element, an empty one too', async () => {
  const seen: (readonly [string, boolean])[] = []
  const row = nameHash('row')
  async function* part() {
    yield Buffer.from(
      `<a xmlns="u:1"><row n="1"/><b xmlns="u:2"><row n="2"/><p:row xmlns:p="u:1" n="3"/><row n="4"/></b>`,
    )
    yield Buffer.from('<c xmlns="u:2"/><row n="5"/><p:row n="6"/></a>')
  }
  await scanXml(part(), {
    open: (name, tag) => void seen.push([attributeOf(tag, nameHash('n')) ?? '', name === row]),
    close() {},
    text() {},
    isDone: () => false,
  })
  expect(seen.filter(([n]) => n !== '')).toEqual([
    ['1', true],
    ['2', false],
    ['3', true],
    ['4', false],
    ['5', true],
    ['6', false],
  ])
})

test('reads an OpenDocument spreadsheet under any prefixes', async () => {
  const space = (prefix: string, name: string) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`
  const root = `o:document-content ${space('o', 'office')} ${space('t', 'table')} ${space('x', 'text')} xmlns:table="urn:x"`
  const cells = `<t:table-cell o:value-type="float" o:value="2" t:number-columns-repeated="2"/><t:table-cell o:value-type="string"><x:p>Ж</x:p><table:p>no</table:p></t:table-cell>`
  const content = `<${root}><t:table t:name="Лист" table:name="no"><t:table-row>${cells}</t:table-row><table:table-row><t:table-cell/></table:table-row></t:table></o:document-content>`
  const bytes = buildZip([
    { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
    { name: 'content.xml', data: content },
  ])
  expect([...(await readAll(bytes))]).toEqual([['Лист', { 1: [2, 2, 'Ж'] }]])
})

test('reads an XML spreadsheet of Excel 2003 under any prefixes, and its date system', async () => {
  const xml =
    '<?xml version="1.0"?><s:Workbook xmlns:s="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:x">' +
    '<ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel"><Date1904/></ExcelWorkbook>' +
    '<s:Styles><s:Style s:ID="d"><s:NumberFormat s:Format="Short Date"/></s:Style></s:Styles>' +
    '<s:Worksheet s:Name="А"><s:Table><s:Row><ss:Cell><s:Data>no</s:Data></ss:Cell>' +
    '<s:Cell s:Index="2" ss:Index="9" s:StyleID="d"><s:Data s:Type="Number">1</s:Data></s:Cell></s:Row></s:Table></s:Worksheet></s:Workbook>'
  expect([...(await readAll(Buffer.from(xml)))]).toEqual([
    ['А', { 1: [undefined, { kind: 'date', wall: '1904-01-02T00:00:00' }] }],
  ])
})

test('of prefixes without end a file is refused', async () => {
  const declarations = Array.from({ length: 300 }, (_, n) => `xmlns:p${n}="u:${n}"`).join(' ')
  await expect(readRows(buildXlsx({ sheet: `<worksheet ${declarations}/>` }))).rejects.toThrow(
    'too many XML namespaces',
  )
})

test('a token of another namespace keeps its prefix in its name', () => {
  const names = tokensOf(`<a xmlns="u:1" xmlns:x="u:2" xmlns:y="u:1"><x:row/><y:row/><row/></a>`)
  expect(names.map(({ prefix, name }) => [prefix, name]).slice(1, 4)).toEqual([
    ['', 'x:row'],
    ['y:', 'row'],
    ['', 'row'],
  ])
})

test('resolves the sheet of a package whose relationships are prefixed', async () => {
  const plain = relationships([['rId1', 'worksheet', 'worksheets/sheet1.xml']])
  const prefixed = plain
    .replaceAll('<Relationship', '<p:Relationship')
    .replaceAll('</Relationship', '</p:Relationship')
    .replace('Relationships>', 'Relationships xmlns:p="http://schemas.openxmlformats.org/package/2006/relationships">')
  expect(await readRows(buildXlsx({ sheet: sheetXml('<row><c><v>1</v></c></row>'), relationships: prefixed }))).toEqual(
    {
      1: [1],
    },
  )
})
