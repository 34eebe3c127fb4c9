import { expect, test } from 'vitest'
import { readRows, reasonFor } from '../workbook-rows.test-helper.ts'
import { buildXlsx, sheetXml } from '../zip/zip-builder.test-helper.ts'

const DATE_STYLES =
  '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-419]dd.mm.yyyy\\ hh:mm;@"/></numFmts>' +
  '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
const date = (wall: string) => ({ kind: 'date', wall })
const rowsOf = async (rows: string, parts: { sharedStrings?: string; styles?: string } = {}) =>
  readRows(buildXlsx({ sheet: sheetXml(rows), ...parts }))

test('places cells by their reference, whatever the order and case', async () => {
  const rows = await rowsOf('<row r="3"><c r="c3"><v>3</v></c><c r="A3"><v>1</v></c></row>')
  expect(rows).toEqual({ 3: [1, undefined, 3] })
})

test('places cells and rows without a reference after the ones before', async () => {
  const rows = await rowsOf(
    '<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r="7"><c r="B7"><v>2</v></c><c><v>3</v></c></row><row><c><v>8</v></c></row>',
  )
  expect(rows).toEqual({ 1: [1, undefined, 3], 7: [undefined, 2, 3], 8: [8] })
})

test('takes a row whose number repeats or goes back for the next one, so that no two have one name', async () => {
  const rows = await rowsOf(
    '<row r="5"><c><v>1</v></c></row><row r="5"><c><v>2</v></c></row><row r="3"><c><v>3</v></c></row><row r="9"><c><v>4</v></c></row>',
  )
  expect(rows).toEqual({ 5: [1], 6: [2], 7: [3], 9: [4] })
})

test('reads prefixed names, single quotes, attributes in any order, comments, instructions', async () => {
  const sheet =
    "<x:worksheet xmlns:x='m'><x:sheetData><!-- <c> --><x:row  spans='1:2' r = '2' ><?a <b> ?>" +
    "<x:c t='str' xmlns:r='q>' s='0'\n r='B2'><x:f>A1&gt;2</x:f><x:v>a<!-- b -->c</x:v></x:c></x:row></x:sheetData></x:worksheet>"
  expect(await readRows(buildXlsx({ sheet }))).toEqual({ 2: [undefined, 'ac'] })
})

test('reads each type of cell', async () => {
  const rows = await rowsOf(
    '<row><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>x</v></c>' +
      '<c t="n"><v>1.5</v></c><c t="d"><v>2025-09-02T08:05</v></c><c t="inlineStr"><is><t>y</t></is></c><c t="s"><v>0</v></c></row>',
    { sharedStrings: '<sst><si><t>z</t></si></sst>' },
  )
  expect(rows[1]).toEqual([
    true,
    false,
    { kind: 'error', code: '#N/A' },
    'x',
    1.5,
    date('2025-09-02T08:05:00'),
    'y',
    'z',
  ])
})

test('of a text and a value in one cell reads the one that its type means', async () => {
  const both = (type: string) =>
    `<c${type}><is><t>текст</t></is><v>5</v></c><c${type}><v>5</v><is><r><t>тек</t></r><r><t>ст</t></r></is></c>`
  const rows = await rowsOf(
    `<row>${both(' t="inlineStr"')}${both('')}${both(' t="str"')}<c t="inlineStr"><v>5</v></c><c><is><t>x</t></is></c></row>`,
  )
  expect(rows[1]).toEqual(['текст', 'текст', 5, 5, '5', '5', '5', 'x'])
})

test('a format of a conditional format is not that of the cells with its number', async () => {
  const styles =
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.00"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/>' +
    '<xf numFmtId="14"/></cellXfs><dxfs><dxf><numFmt numFmtId="164" formatCode="dd.mm.yyyy"/></dxf><dxf><numFmt numFmtId="14" formatCode="0"/></dxf></dxfs></styleSheet>'
  const rows = await rowsOf('<row><c s="1"><v>45902</v></c><c s="2"><v>45902</v></c></row>', { styles })
  expect(rows[1]).toEqual([45902, date('2025-09-02T00:00:00')])
})

test('joins rich text runs and leaves phonetic hints out, in shared and inline strings', async () => {
  const rich =
    '<r><rPr><b/></rPr><t xml:space="preserve">a </t></r><r><t>b</t></r><rPh sb="0" eb="1"><t>no</t></rPh><phoneticPr fontId="1"/>'
  const rows = await rowsOf(`<row><c t="s"><v>0</v></c><c t="inlineStr"><is>${rich}</is></c><c><v>2</v></c></row>`, {
    sharedStrings: `<sst><si>${rich}</si></sst>`,
  })
  expect(rows[1]).toEqual(['a b', 'a b', 2])
})

test('decodes entities, CDATA, escapes and line ends', async () => {
  const rows = await rowsOf(
    '<row><c t="str"><v>&lt;&amp;amp;&#1046;&#x416;&quot;&unknown;</v></c><c t="str"><v>x<![CDATA[<&lt;&>]]>y</v></c>' +
      '<c t="str"><v>a_x000D__x005F_x0041__x0000_b&#0;</v></c><c t="str"><v>1\r\n2</v></c><c t="str"><v>&#xD800;_xD83D__xDE00_</v></c></row>',
  )
  expect(rows[1]).toEqual(['<&amp;ЖЖ"&unknown;', 'x<&lt;&>y', 'a\r_x0041_b', '1\n2', '\uFFFD😀'])
})

test('keeps whole numbers exact and those beyond 2^53 as their digits', async () => {
  const texts = [
    '94123456',
    '500123.0',
    '9.4E+10',
    '9007199254740991',
    '12345678901234567890',
    '-7',
    '0.1',
    '1e3',
    ' 5 ',
    'NaN',
    '0x10',
    '-0',
  ]
  const rows = await rowsOf(`<row>${texts.map((text) => `<c><v>${text}</v></c>`).join('')}</row>`)
  expect(rows[1]).toEqual([
    94123456,
    500123,
    94e9,
    Number.MAX_SAFE_INTEGER,
    '12345678901234567890',
    -7,
    0.1,
    1000,
    5,
    'NaN',
    '0x10',
    0,
  ])
})

test('takes a number in a date style for the wall time it shows', async () => {
  const rows = await rowsOf(
    '<row><c s="1"><v>45902.336111111108</v></c><c s="0"><v>45902</v></c><c s="1"><v>-1</v></c><c s="9"><v>1</v></c><c s="1" t="str"><v>t</v></c></row>',
    {
      styles: DATE_STYLES,
    },
  )
  expect(rows[1]).toEqual([date('2025-09-02T08:04:00'), 45902, -1, 1, 't'])
})

test('visits no row without a value, and hands over blanks as undefined', async () => {
  const rows = await rowsOf(
    '<row r="1"><c r="A1" s="1"/><c r="B1" t="str"><v></v></c></row><row r="2"/><row r="3"><c r="XFD3" s="1"/><c r="B3"><v>1</v></c></row>',
  )
  expect(rows).toEqual({ 3: [undefined, 1] })
})

test('does not carry cells of one row into the next', async () => {
  expect(await rowsOf('<row><c><v>1</v></c><c><v>2</v></c></row><row><c r="B2"><v>3</v></c></row>')).toEqual({
    1: [1, 2],
    2: [undefined, 3],
  })
})

test('does not look at the dimension, nor at what stands outside the sheet data', async () => {
  const sheet =
    '<worksheet><dimension ref="A1:XFD1048576"/><row r="1"><c><v>0</v></c></row><sheetData><row r="1"><c><v>1</v></c></row></sheetData>' +
    '<mergeCells><mergeCell ref="A1:B2"/></mergeCells><dataValidations><dataValidation sqref="A1:A1048576"><formula1>1</formula1></dataValidation></dataValidations>' +
    '<anchor><row>5</row><c><v>9</v></c></anchor></worksheet>'
  expect(await readRows(buildXlsx({ sheet }))).toEqual({ 1: [1] })
})

test.each(['utf16le', 'utf16be', 'bom', 'mislabelled', 'windows-1251'])('reads a part in %s', async (encoding) => {
  const xml = `<?xml version="1.0" encoding="${encoding === 'windows-1251' ? encoding : 'UTF-16'}"?><worksheet><sheetData><row><c t="str"><v>Ж</v></c></row></sheetData></worksheet>`
  const le = Buffer.from(`\uFEFF${xml}`, 'utf16le')
  const encoded: Record<string, Buffer> = {
    utf16le: le,
    utf16be: Buffer.from(le).swap16(),
    bom: Buffer.from(`\uFEFF${xml.replace('UTF-16', 'UTF-8')}`),
    mislabelled: Buffer.from(xml),
    'windows-1251': Buffer.from(xml.replace('Ж', '\u00C6'), 'latin1'),
  }
  const zip = buildXlsx({
    sheet: '',
    extra: [{ name: 'xl/worksheets/real.xml', data: encoded[encoding]! }],
    relationships:
      '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/real.xml"/></Relationships>',
  })
  expect(await readRows(zip)).toEqual({ 1: ['Ж'] })
})

test('reads the same, wherever the border between two chunks falls', async () => {
  const cell = '<c r="A1" t="str" s="0"><v>Же&amp;<![CDATA[&]]]><!--->-->я</v></c>'
  for (let padding = 262_144 - 130; padding < 262_144; padding += 1) {
    const sheet = sheetXml(`<!--${'x'.repeat(padding - 100)}--><row r="1">${cell}</row>`)
    expect(await readRows(buildXlsx({ sheet, extra: [] }))).toEqual({ 1: ['Же&&]я'] })
  }
})

test.each([
  ['cut in a tag', '<worksheet><sheetData><row><c r="A1'],
  ['cut between tags', '<worksheet><sheetData><row><c>'],
  ['a close tag too many', '<worksheet></worksheet></worksheet>'],
  ['no name', '<worksheet>< ></worksheet>'],
  ['a comment without an end', '<worksheet/><!-- '],
  ['a cell that does not end', '<worksheet><sheetData><row><c><v>1</v></x></row></sheetData></worksheet>'],
  ['a cell over the end of its row', '<worksheet><sheetData><row><c></row></c></sheetData></worksheet>'],
  ['no markup', 'just text'],
  ['nothing at all', ''],
  ['a quote without an end', `<worksheet a="${'>'.repeat(600_000)}`],
  [
    'a shared string that is not there',
    '<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>',
  ],
])('refuses a sheet with %s', async (_case, sheet) => {
  expect(await reasonFor(buildXlsx({ sheet }))).toBe('damaged')
})

test.each(['sheet', 'sharedStrings', 'styles', 'workbook'] as const)(
  'refuses a DOCTYPE in the %s part',
  async (part) => {
    const xml = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "lol"><!ENTITY f SYSTEM "file:///etc/passwd">]><a>&e;</a>'
    expect(await reasonFor(buildXlsx({ sheet: sheetXml(''), [part]: xml }))).toBe('not_a_workbook')
  },
)
