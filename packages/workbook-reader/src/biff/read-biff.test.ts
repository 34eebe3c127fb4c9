import { CFB, utils, write } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { encodeText } from '../text/text-encoding.test-helper.ts'
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

test('refuses masses of cells before they are made', async () => {
  const numbers = record(0xbd, shorts(0, 0), Buffer.alloc(6 * 200), shorts(199))
  const content = stream(BIFF8, [padding], [numbers, numbers, numbers], Buffer.from('S'))
  expect(await reasonFor(ole(content), { maxCells: 500 })).toBe('too_many_cells')
})

test('refuses by default what would need more memory than a reader has, whatever the dimension says', async () => {
  const numbers = record(0xbd, shorts(0, 0), Buffer.alloc(6 * 200), shorts(199))
  const masses = Array.from({ length: 4_001 }, () => numbers)
  const dimension = record(0x02_00, Buffer.alloc(14))
  expect(await reasonFor(ole(stream(BIFF8, [padding], [dimension, ...masses], Buffer.from('S'))))).toBe(
    'too_many_cells',
  )
})

describe('a workbook that is read piece by piece', () => {
  const limits = { maxCellsAtOnce: 100 }
  const table = (name: string, rows: number) => [
    ['Контейнер', 'Дата', 'Вес', 'Груз', 'Пусто'],
    ...Array.from({ length: rows }, (_, n) => [`${name}${n}`, new Date(Date.UTC(2025, 8, 1 + n)), n / 7, n % 2 === 0]),
  ]
  function workbook(): Buffer {
    const book = utils.book_new()
    for (const [name, rows] of [
      ['А', 300],
      ['пустой', 0],
      ['Б', 90],
    ] as const) {
      const sheet = utils.aoa_to_sheet(table(name, rows))
      sheet['E2'] = { t: 's', v: 'итог', f: 'CONCATENATE("и","тог")' }
      utils.book_append_sheet(book, sheet, name)
    }
    return Buffer.from(write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer)
  }

  test('says the same as one that is read at once', async () => {
    const whole = [...(await readAll(workbook()))]
    expect(whole.map(([name, rows]) => [name, Object.keys(rows).length])).toEqual([
      ['А', 301],
      ['пустой', 1],
      ['Б', 91],
    ])
    expect([...(await readAll(workbook(), limits))]).toEqual(whole)
  })

  test('ends where it would end as a whole', async () => {
    const gap = record(0x02_03, shorts(5_000, 0, 0), [0, 0, 0, 0, 0, 0, 0xf0, 0x3f])
    const content = stream(BIFF8, [padding], [cell8, gap], Buffer.from('S'))
    expect(await readRows(ole(content), { maxCellsAtOnce: 1 })).toEqual({ 1: [1] })
  })

  test('is refused when its rows lie in a disorder that cannot be cut', async () => {
    const inRow = (row: number) => record(0x02_03, shorts(row, 0, 0), [0, 0, 0, 0, 0, 0, 0xf0, 0x3f])
    const backwards = Array.from({ length: 9 }, (_, n) => inRow(9 - n))
    const content = stream(BIFF8, [padding], backwards, Buffer.from('S'))
    expect(await reasonFor(ole(content), { maxCellsAtOnce: 4 })).toBe('too_many_cells')
    expect(Object.keys(await readRows(ole(content), { maxCellsAtOnce: 8 }))).toHaveLength(9)
  })

  test('is refused when no sheet begins where it says', async () => {
    const content = stream(BIFF8, [padding], [cell8, cell8], Buffer.from('S'))
    const at = content.indexOf(Buffer.from('S')) - 8
    content.writeUInt32LE(1, at)
    expect(await reasonFor(ole(content), { maxCellsAtOnce: 1 })).toBe('damaged')
  })
})

test('refuses masses of sheets and of empty shared texts before they are made', async () => {
  const sheets = Array.from({ length: 300 }, () => record(0x85, Buffer.alloc(9)))
  expect(await reasonFor(ole(stream(BIFF8, sheets, [cell8], Buffer.from('S'))))).toBe('too_many_sheets')
  const continued = Array.from({ length: 400 }, () => record(0x3c, Buffer.alloc(8_000)))
  const texts = [record(0xfc, [255, 255, 255, 0, 255, 255, 255, 0]), ...continued]
  expect(await reasonFor(ole(stream(BIFF8, texts, [cell8], Buffer.from('S'))))).toBe('too_many_cells')
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

test.each([0x85, 0x04_1e, 0xfc, 0x06, 0x02_03, 0x02_7e, 0xbd, 0xfd, 0x02_04, 0x02_05])(
  'refuses a record of type %i that is too short for what it must hold',
  async (type) => {
    expect(await reasonFor(ole(stream(BIFF5, [padding], [record(type)], Buffer.from('S'))))).toBe('damaged')
  },
)

test('ends a stream at the zeros that fill it up', async () => {
  const content = Buffer.concat([stream(BIFF8, [padding], [cell8], Buffer.from('S')), Buffer.alloc(600)])
  expect(await readRows(ole(content))).toEqual({ 1: [1] })
})
