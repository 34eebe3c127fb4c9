import { utils, write } from '@e965/xlsx'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultReadingLimits } from './reading-limits.ts'
import { readWorkbook } from './read-workbook.ts'
import { UnreadableWorkbook } from './unreadable-workbook.ts'
import { readRows, reasonFor } from './workbook-rows.test-helper.ts'
import {
  buildXlsx,
  buildZip,
  relationships,
  sheetXml,
  workbookXml,
  type ZipPart,
} from './zip/zip-builder.test-helper.ts'

const oneCell = '<row><c><v>1</v></c></row>'
const withSheetPart = (part: Omit<ZipPart, 'name'>) =>
  buildXlsx({
    relationships: relationships([['rId1', 'worksheet', 'hostile.xml']]),
    extra: [{ name: 'xl/hostile.xml', ...part }],
  })

test('refuses a gigabyte of blanks, declared or hidden behind a small size', async () => {
  const data = sheetXml(' '.repeat(20_000_000))
  expect(await reasonFor(withSheetPart({ data, declaredSize: 2 ** 30 }))).toBe('bomb')
  expect(await reasonFor(withSheetPart({ data, declaredSize: 1_000 }))).toBe('bomb')
})

test('refuses an entry that packs too well, once it is large', async () => {
  expect(await reasonFor(withSheetPart({ data: sheetXml(' '.repeat(2_000_000) + oneCell) }))).toBe('bomb')
  expect(await readRows(withSheetPart({ data: sheetXml(' '.repeat(500_000) + oneCell) }))).toEqual({ 1: [1] })
})

test.each([2, -2, 1_000])('reads a part whose size is declared %i bytes too large', async (bytes) => {
  const data = sheetXml(oneCell)
  expect(await readRows(withSheetPart({ data, declaredSize: data.length + bytes }))).toEqual({ 1: [1] })
  expect(await reasonFor(withSheetPart({ data, declaredSize: data.length + bytes, declaredChecksum: 1 }))).toBe(
    'damaged',
  )
})

test('counts what comes out of all reads together', async () => {
  const sheet = sheetXml(' '.repeat(50_000) + oneCell)
  const sheets = Array.from({ length: 9 }, (_, index) => `<sheet name="${index}" r:id="rId1"/>`).join('')
  expect(await reasonFor(buildXlsx({ sheet }), { maxUnpackedBytes: 40_000 })).toBe('bomb')
  expect(await readRows(buildXlsx({ sheet }), { maxUnpackedBytes: 60_000 })).toEqual({ 1: [1] })
  expect(await reasonFor(buildXlsx({ sheet, workbook: workbookXml(sheets) }), { maxUnpackedBytes: 300_000 })).toBe(
    'bomb',
  )
})

test.each([
  ['a larger size than there is', 'truncated', { declaredSize: 5_000 }],
  ['another checksum', 'damaged', { declaredChecksum: 1 }],
] as const)('refuses a part that declares %s', async (_case, reason, lie) => {
  expect(await reasonFor(withSheetPart({ data: sheetXml(oneCell), ...lie }))).toBe(reason)
})

test.each(['/xl/absolute.xml', '../outside.xml', 'xl/../../outside.xml', 'xl/WORKBOOK.xml', 'xl/workbook.xml'])(
  'refuses a package with a part named %s',
  async (name) => {
    expect(await reasonFor(buildXlsx({ extra: [{ name, data: '' }] }))).toBe('damaged')
  },
)

test('tells in its refusal no name that a database does not take, nor one without end', async () => {
  const twice = (name: string) => buildXlsx({ extra: [1, 2].map(() => ({ name, data: '' })) })
  const detailOf = async (name: string) =>
    readRows(twice(name)).catch((error: unknown) => (error instanceof UnreadableWorkbook ? error.detail : error))
  expect(await detailOf('a\0b')).toBe('two parts named ab')
  expect(await detailOf('n'.repeat(5_000))).toHaveLength(500)
})

test('passes over a million blank styled rows without a visit', async () => {
  const blank = '<row s="1" customFormat="1"><c s="1"/></row>'.repeat(1_000_000)
  const bytes = buildXlsx({ sheet: sheetXml(`<row r="1"><c><v>1</v></c></row>${blank}`) })
  const limits = { maxRatio: 2_000 }
  expect(await readRows(bytes, limits)).toEqual({ 1: [1] })
  expect(await readRows(bytes, { ...limits, maxBlankRows: 2_000_000 })).toEqual({ 1: [1] })
})

test('ends a sheet after a run of blank rows, written or left out', async () => {
  const rowAt = (row: number) =>
    buildXlsx({ sheet: sheetXml(`<row r="3"><c><v>1</v></c></row><row r="${row}"><c><v>2</v></c></row>`) })
  expect(await readRows(rowAt(1_003))).toEqual({ 3: [1], 1003: [2] })
  expect(await readRows(rowAt(1_004))).toEqual({ 3: [1] })
})

test.each(['xlsx', 'xlsb', 'biff8', 'ods', 'xlml', 'csv', 'html'] as const)(
  'reports the first row with a value that a run of blank rows cuts off in %s, and no blank one',
  async (bookType) => {
    const reported = async (rows: readonly (readonly string[])[]) => {
      const bytes = write(utils.book_new(utils.aoa_to_sheet(rows.map((row) => [...row])), 'S'), {
        type: 'buffer',
        bookType,
      }) as Buffer
      const seen: number[] = []
      const visited: number[] = []
      const visitRow = Object.assign((row: number) => void visited.push(row), {
        leftOut: (row: number) => void seen.push(row),
      })
      await readWorkbook(
        new Uint8Array(bytes),
        { sheet: () => visitRow },
        { ...defaultReadingLimits, maxBlankRows: 10 },
      )
      return [visited, seen]
    }
    const blanks = (count: number): string[][] => Array.from({ length: count }, () => [])
    expect(await reported([['a'], ...blanks(11), ['b'], ['c']])).toEqual([[1], [13]])
    expect(await reported([['a'], ...blanks(9), ['b'], ...blanks(50)])).toEqual([[1, 11], []])
  },
)

test('refuses millions of cells in a row', async () => {
  expect(await reasonFor(buildXlsx({ sheet: sheetXml(`<row>${'<c><v>1</v></c>'.repeat(1_000)}</row>`) }))).toBe(
    'too_many_columns',
  )
  const blanks = buildXlsx({ sheet: sheetXml(`<row>${'<c/>'.repeat(2_000_000)}</row>`) })
  expect(await readRows(blanks, { maxRatio: 2_000 })).toEqual({})
})

test.each([
  ['too_big', { maxBytes: 100 }],
  ['bomb', { maxEntries: 4 }],
  ['too_many_sheets', { maxSheets: 1 }],
  ['too_many_rows', { maxRows: 1 }],
  ['too_many_columns', { maxColumns: 2 }],
  ['bomb', { maxSharedStrings: 2 }],
] as const)('refuses as %s what exceeds %o, and nothing less', async (reason, limit) => {
  const bytes = buildXlsx({
    workbook: workbookXml('<sheet name="A" r:id="rId1"/><sheet name="B" r:id="rId1"/>'),
    sheet: sheetXml('<row><c/><c/><c t="s"><v>0</v></c></row><row><c><v>2</v></c></row>'),
    sharedStrings: '<sst><si><t>a</t></si><si/><si/></sst>',
  })
  expect(await reasonFor(bytes, limit)).toBe(reason)
  const enough = { maxBytes: bytes.length, maxEntries: 6, maxSheets: 2, maxRows: 2, maxColumns: 3, maxSharedStrings: 3 }
  expect(await readRows(bytes, enough)).toEqual({ 1: [undefined, undefined, 'a'], 2: [2] })
})

test('refuses a text no cell can hold, in one piece or in many', async () => {
  const piece = 'x'.repeat(400_000)
  const cell = (text: string) => buildXlsx({ sheet: sheetXml(`<row><c t="str"><v>${text}</v></c></row>`) })
  const limits = { maxRatio: 2_000 }
  expect(await reasonFor(cell(piece.repeat(3)), limits)).toBe('cell_too_long')
  expect(await reasonFor(cell(`${piece}<!-- -->`.repeat(3)), limits)).toBe('cell_too_long')
})

test.each([
  ['xlsx', (text: string) => buildXlsx({ sheet: sheetXml(`<row><c t="str"><v>${text}</v></c></row>`) })],
  ['csv', (text: string) => Buffer.from(`a;b\r\n1;${text}\r\n`)],
  ['html', (text: string) => Buffer.from(`<html><table><tr><td>${text}</td></tr></table></html>`)],
])('holds a text in a cell of %s to the same length', async (_format, build) => {
  const limits = { maxRatio: 2_000 }
  expect(await reasonFor(build('x'.repeat(32_768)), limits)).toBe('cell_too_long')
  expect(await reasonFor(build('x'.repeat(10_000_000)), limits)).toBe('cell_too_long')
  expect(Object.values(await readRows(build('x'.repeat(32_767)), limits)).flat()).toContain('x'.repeat(32_767))
})

test.each([
  ['open angles', '<'.repeat(1_000_000)],
  ['comments', '<!-- <!-- '.repeat(200_000)],
  ['quotes', `<c ${`a="`.repeat(300_000)}`],
  ['entities', `<row><c t="str"><v>${'&#'.repeat(400_000)}</v></c></row>`],
  ['nesting', '<a>'.repeat(500_000)],
  ['empty CDATA', `<row><c t="str"><v>${'<![CDATA[]]>'.repeat(200_000)}</v></c></row>`],
  ['small pieces of text', `<row><c t="str"><v>${'x<!---->'.repeat(200_000)}</v></c></row>`],
  ['attributes', `<row><c ${'r '.repeat(100_000)}/></row>`],
])('gets through a mass of %s in linear time', async (_case, rows) => {
  // The time limit of the test is the check: quadratic work on these would take minutes.
  const outcome = readRows(buildXlsx({ sheet: sheetXml(rows) }), { maxRatio: 2_000 })
  await expect(outcome.catch((error: unknown) => error)).resolves.toBeDefined()
})

test('answers any damage to the file with rows or with UnreadableWorkbook', async () => {
  const whole = buildXlsx({
    sheet: sheetXml(
      '<row r="1"><c r="A1" t="s" s="1"><v>0</v></c><c t="str"><v>&amp;Ж</v></c><c s="1"><v>45902.5</v></c></row>',
    ),
    sharedStrings: '<sst><si><t>a</t></si></sst>',
    styles: '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
  })
  const spots = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(spots, fc.nat(whole.length), async (damage, cut) => {
      const file = Buffer.from(whole.subarray(0, cut % 3 === 0 ? cut : whole.length))
      for (const [at, byte] of damage) if (at < file.length) file[at] = byte
      expect(['rows', 'refusal']).toContain(await outcomeOf(file))
    }),
    { numRuns: 200 },
  )
})

test('answers any damage to the XML with rows or with UnreadableWorkbook', async () => {
  const words = [
    '<row>',
    '</row>',
    '<row r="2">',
    '<c',
    ' r="B1"',
    ' t="s"',
    ' t="e"',
    ' s="1"',
    '>',
    '/>',
    '<v>',
    '</v>',
    '1',
    '1e9',
    '</c>',
    '<is><t>',
    '</t></is>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '&#',
    '&amp;',
    '"',
    "'",
    '<rPh>',
    '</sheetData>',
    '<sheetData>',
    '\0',
  ]
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 40 }), async (soup) => {
      const file = buildXlsx({ sheet: sheetXml(soup.join('')) })
      expect(['rows', 'refusal']).toContain(await outcomeOf(file))
    }),
    { numRuns: 200 },
  )
})

test('refuses a package of nothing but a directory', async () => {
  expect(await reasonFor(buildZip([{ name: '[Content_Types].xml', data: '' }]))).toBe('not_a_workbook')
})

/** The outcome of a reading; any error but a refusal goes through. */
async function outcomeOf(file: Uint8Array): Promise<'rows' | 'refusal'> {
  try {
    await readRows(file)
    return 'rows'
  } catch (error) {
    if (error instanceof UnreadableWorkbook) return 'refusal'
    throw error
  }
}
