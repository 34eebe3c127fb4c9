import { CFB, utils, write } from '@e965/xlsx'
import { expect, test } from 'vitest'
import { encodeText } from '../text/text-encoding.test-helper.ts'
import { readWorkbook } from '../read-workbook.ts'
import { readAll, readRows, reasonFor } from '../workbook-rows.test-helper.ts'

const BIFF5 = 0x05_00
const BIFF8 = 0x06_00
const END = record(0x0a)

function record(type: number, ...body: readonly (Buffer | readonly number[])[]): Buffer {
  const data = Buffer.concat(body.map((part) => Buffer.from(part)))
  const head = Buffer.alloc(4)
  head.writeUInt16LE(type, 0)
  head.writeUInt16LE(data.length, 2)
  return Buffer.concat([head, data])
}

const shorts = (...values: readonly number[]) => values.flatMap((value) => [value & 255, value >> 8])
const begin = (version: number, kind: number) => record(0x08_09, shorts(version, kind, 0, 0, 0, 0, 0, 0))
const text = (row: number, column: number, value: Buffer) =>
  record(0x02_04, shorts(row, column, 0, value.length), value)

/** A workbook stream with one sheet of these records. */
function stream(
  version: number,
  globals: readonly Buffer[],
  cells: readonly Buffer[],
  name = encodeText('Лист', 'windows-1251'),
) {
  const length = name.length
  const sheetHead = (at: number) =>
    record(0x85, [at & 255, (at >> 8) & 255, at >> 16, 0, 0, 0, length], version === BIFF8 ? [0] : [], name)
  const before = Buffer.concat([begin(version, 5), ...globals])
  const at = before.length + sheetHead(0).length + END.length
  return Buffer.concat([before, sheetHead(at), END, begin(version, 16), ...cells, END])
}

function ole(content: Buffer, name = 'Workbook'): Buffer {
  const container = CFB.utils.cfb_new({ root: 'Root Entry' })
  CFB.utils.cfb_add(container, `/${name}`, content)
  return Buffer.from(CFB.write(container, { type: 'buffer' }) as Buffer)
}

const cell8 = record(0x02_03, shorts(0, 0, 0), [0, 0, 0, 0, 0, 0, 0xf0, 0x3f])
const padding = record(0x59, Buffer.alloc(5_000))

test.each([
  [1251, 'windows-1251'],
  [866, 'ibm866'],
])('reads the one-byte texts of Excel 95 by its code page %i', async (codepage, charset) => {
  const content = stream(
    BIFF5,
    [record(0x42, shorts(codepage))],
    [text(0, 0, encodeText('УГЛОВАЯ (982206)', charset)), text(1, 2, encodeText('Эльбан', charset))],
    encodeText('Дислокация', charset),
  )
  const sheets = [...(await readAll(ole(content, 'Book')))]
  expect(sheets).toEqual([['Дислокация', { 1: ['УГЛОВАЯ (982206)'], 2: [undefined, undefined, 'Эльбан'] }]])
})

test('reads a workbook of either stream length', async () => {
  for (const fill of [[], [padding]]) {
    expect(await readRows(ole(stream(BIFF8, fill, [cell8], Buffer.from('S'))))).toEqual({ 1: [1] })
  }
})

test('does not spread a hyperlink over the millions of cells it names, nor believe the dimension', async () => {
  const link = record(0x01_b8, shorts(0, 0xff_ff, 0, 0xff), Buffer.alloc(40))
  const dimension = record(0x02_00, [0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0, 0, 0])
  expect(await readRows(ole(stream(BIFF8, [padding], [dimension, cell8, link], Buffer.from('S'))))).toEqual({ 1: [1] })
})

test('refuses a password-protected workbook as such', async () => {
  const content = stream(BIFF8, [padding, record(0x2f, shorts(0, 1, 2))], [cell8], Buffer.from('S'))
  expect(await reasonFor(ole(content))).toBe('encrypted')
})

const one = (row: number, column = 0) => record(0x02_03, shorts(row, column, 0), [0, 0, 0, 0, 0, 0, 0xf0, 0x3f])

test('reads masses of cells without holding them', async () => {
  const numbers = record(0xbd, shorts(0, 0), Buffer.alloc(6 * 200), shorts(199))
  const masses = Array.from({ length: 4_001 }, () => numbers)
  const content = stream(BIFF8, [padding], masses, Buffer.from('S'))
  expect((await readRows(ole(content)))[1]).toHaveLength(200)
})

test('holds little of nine megabytes of cells', async () => {
  const megabytes = () => (process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers) / 1_000_000
  const cells = Array.from({ length: 50_000 }, (_, row) => {
    const body = Buffer.alloc(28 * 6)
    for (let column = 0; column < 28; column++) body.writeInt32LE(((row * column) << 2) | 2, column * 6 + 2)
    return record(0xbd, shorts(row, 0), body, shorts(27))
  })
  const file = ole(stream(BIFF8, [padding], cells, Buffer.from('S')))
  expect(file.length).toBeGreaterThan(8_900_000)
  const before = megabytes()
  let most = 0
  let rows = 0
  const visitRow = () => {
    rows++
    if (rows % 1_000 === 0) most = Math.max(most, megabytes() - before)
  }
  await readWorkbook(file, { sheet: () => visitRow })
  expect(rows).toBe(50_000)
  // The stream is a second copy of the file.
  expect(most).toBeLessThan(100)
})

test.each([
  ['windows-1252 with its quotes and dots', 1252, Buffer.from([0x93, 0x61, 0x94, 0x85, 0x84, 0x80, 0xe9]), '“a”…„€é'],
  ['Japanese', 932, Buffer.from('838a83938353', 'hex'), 'リンゴ'],
  ['Chinese', 936, Buffer.from('c6bb', 'hex'), '苹'],
  ['Macintosh', 10_000, Buffer.from('8e', 'hex'), 'é'],
  ['an unknown page', 9_999, Buffer.from([0x85]), '…'],
])('reads the texts of Excel 95 in %s', async (_case, codePage, bytes, expected) => {
  const content = stream(BIFF5, [record(0x42, shorts(codePage))], [text(0, 0, bytes)], Buffer.from('S'))
  expect(await readRows(ole(content, 'Book'))).toEqual({ 1: [expected] })
})

test('finds the stream of the workbook under a name in capitals', async () => {
  expect(await readRows(ole(stream(BIFF8, [padding], [cell8], Buffer.from('S')), 'WORKBOOK'))).toEqual({ 1: [1] })
})

test('reads each kind of cell, and results of formulas behind other records', async () => {
  const formula = (column: number, ...result: readonly number[]) =>
    record(0x06, shorts(0, column, 0), result, shorts(0, 0, 0, 0))
  const cells = [
    record(0x02_7e, shorts(0, 0, 0), [0x01, 0, 0x59, 0x40]),
    record(0x02_7e, shorts(0, 1, 0), [0x06, 0, 0, 0]),
    record(0x02_05, shorts(0, 2, 0), [1, 0]),
    record(0x02_05, shorts(0, 3, 0), [0x2a, 1]),
    formula(4, 0, 0, 0, 0, 0, 0, 0xff, 0xff),
    record(0x04_bc, Buffer.alloc(20)),
    record(0x02_07, shorts(2), [1], Buffer.from('Же', 'utf16le')),
    formula(5, 1, 0, 1, 0, 0, 0, 0xff, 0xff),
    formula(6, 2, 0, 7, 0, 0, 0, 0xff, 0xff),
    formula(7, 3, 0, 0, 0, 0, 0, 0xff, 0xff),
    formula(8, 0, 0, 0, 0, 0, 0, 0, 0x40),
    record(0x02_04, shorts(0, 9, 0, 2), [0], Buffer.from('ab')),
  ]
  expect(await readRows(ole(stream(BIFF8, [padding], cells, Buffer.from([0, 0x53]).subarray(1))))).toEqual({
    1: [
      1,
      1,
      true,
      { kind: 'error', code: '#N/A' },
      'Же',
      true,
      { kind: 'error', code: '#DIV/0!' },
      undefined,
      2,
      'ab',
    ],
  })
})

test('joins shared strings that go on in the next record, in either width, and skips their formatting', async () => {
  const rich = [shorts(4), [0x08], shorts(2), Buffer.from('ab')]
  const strings = record(0xfc, shorts(3, 0, 3, 0), ...rich)
  const more = record(0x3c, [1], Buffer.from('Же', 'utf16le'), Buffer.alloc(6))
  const rest = record(
    0x3c,
    Buffer.alloc(2),
    shorts(2),
    [0x04],
    [3, 0, 0, 0],
    Buffer.from('xy'),
    [1, 2, 3],
    shorts(1),
    [0],
    Buffer.from('z'),
  )
  const shared = (column: number, index: number) => record(0xfd, shorts(0, column, 0, index, 0))
  const content = stream(
    BIFF8,
    [padding, strings, more, rest],
    [shared(0, 0), shared(1, 1), shared(2, 2)],
    Buffer.from('S'),
  )
  expect(await readRows(ole(content))).toEqual({ 1: ['abЖе', 'xy', 'z'] })
  expect(await reasonFor(ole(content), { maxSharedStrings: 2 })).toBe('bomb')
})

test('passes over a chart within a sheet, and sorts rows that lie in disorder', async () => {
  const chart = [begin(BIFF8, 0x20), one(7), END]
  expect(
    Object.keys(await readRows(ole(stream(BIFF8, [padding], [one(0), ...chart, one(1)], Buffer.from('S'))))),
  ).toEqual(['1', '2'])
  const backwards = Array.from({ length: 9 }, (_, n) => [one(9 - n, 1), one(9 - n)]).flat()
  const rows = await readRows(ole(stream(BIFF8, [padding], backwards, Buffer.from('S'))))
  expect(Object.entries(rows)).toEqual(Array.from({ length: 9 }, (_, n) => [String(n + 2), [1, 1]]))
})

test.each([
  ['a sheet without an end', 'truncated'],
  ['a cell cut short', 'damaged'],
])('refuses %s', async (_case, reason) => {
  const cut = record(0x02_03, shorts(0, 0, 0))
  const whole = stream(BIFF8, [padding], reason === 'damaged' ? [cut] : [one(0)], Buffer.from('S'))
  expect(await reasonFor(ole(reason === 'damaged' ? whole : whole.subarray(0, -4)))).toBe(reason)
})

test('reads sheets one after the other, an empty one too', async () => {
  const table = (name: string, rows: number) => [
    ['Контейнер', 'Дата', 'Вес', 'Груз', 'Пусто'],
    ...Array.from({ length: rows }, (_, n) => [`${name}${n}`, new Date(Date.UTC(2025, 8, 1 + n)), n / 7, n % 2 === 0]),
  ]
  const book = utils.book_new()
  for (const [name, rows] of [
    ['А', 3_000],
    ['пустой', 0],
    ['Б', 90],
  ] as const) {
    const sheet = utils.aoa_to_sheet(table(name, rows), { UTC: true })
    sheet['E2'] = { t: 's', v: 'итог', f: 'CONCATENATE("и","тог")' }
    utils.book_append_sheet(book, sheet, name)
  }
  const sheets = [...(await readAll(write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer))]
  expect(sheets.map(([name, rows]) => [name, Object.keys(rows).length])).toEqual([
    ['А', 3_001],
    ['пустой', 1],
    ['Б', 91],
  ])
  expect(sheets[0]?.[1][3_001]).toEqual(['А2999', { kind: 'date', wall: '2033-11-17T00:00:00' }, 2_999 / 7, false])
  expect(sheets[0]?.[1][2]?.[4]).toBe('итог')
})

test('is refused when no sheet begins where it says', async () => {
  const content = stream(BIFF8, [padding], [cell8, cell8], Buffer.from('S'))
  content.writeUInt32LE(1, content.indexOf(Buffer.from('S')) - 8)
  expect(await reasonFor(ole(content))).toBe('damaged')
})

test('refuses masses of sheets and of empty shared texts before they are made', async () => {
  const sheets = Array.from({ length: 300 }, () => record(0x85, Buffer.alloc(9)))
  expect(await reasonFor(ole(stream(BIFF8, sheets, [cell8], Buffer.from('S'))))).toBe('too_many_sheets')
  const continued = Array.from({ length: 400 }, () => record(0x3c, Buffer.alloc(8_000)))
  const texts = [record(0xfc, [255, 255, 255, 0, 255, 255, 255, 0]), ...continued]
  expect(await reasonFor(ole(stream(BIFF8, texts, [cell8], Buffer.from('S'))), { maxSharedStrings: 1_000_000 })).toBe(
    'bomb',
  )
})

test('answers a text that points nowhere, a cut stream or a cycle of sectors with a refusal', async () => {
  const nowhere = record(0xfd, shorts(0, 0, 0), [9, 0, 0, 0])
  expect(await reasonFor(ole(stream(BIFF8, [padding], [nowhere], Buffer.from('S'))))).toBe('damaged')
  const whole = ole(stream(BIFF8, [padding], [cell8], Buffer.from('S')))
  expect(await reasonFor(whole.subarray(0, 2_048))).toBe('truncated')
  expect(await reasonFor(whole.subarray(0, 300))).toBe('not_a_workbook')
  const cyclic = Buffer.from(whole)
  const table = (cyclic.readInt32LE(76) + 1) * 512
  for (let at = table; at < table + 512; at += 4) cyclic.writeInt32LE((at - table) / 4, at)
  expect(await reasonFor(cyclic)).toBe('damaged')
})

test.each([0x85, 0x04_1e, 0xe0, 0x06, 0x02_03, 0x02_7e, 0xbd, 0xfd, 0x02_04, 0x02_05])(
  'refuses a record of type %i that is too short for what it must hold',
  async (type) => {
    const isGlobal = [0x85, 0x04_1e, 0xe0].includes(type)
    const [globals, cells] = isGlobal ? [[padding, record(type)], []] : [[padding], [record(type)]]
    expect(await reasonFor(ole(stream(BIFF5, globals, cells, Buffer.from('S'))))).toBe('damaged')
  },
)

test('ends a stream at the zeros that fill it up', async () => {
  const content = Buffer.concat([stream(BIFF8, [padding], [cell8], Buffer.from('S')), Buffer.alloc(600)])
  expect(await readRows(ole(content))).toEqual({ 1: [1] })
})
