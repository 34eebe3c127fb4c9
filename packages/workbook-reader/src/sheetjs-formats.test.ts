import { read, utils, write, type BookType, type WorkSheet } from '@e965/xlsx'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forgetFormats } from './corpus/forget-formats.test-helper.ts'
import { readWorkbook } from './read-workbook.ts'
import type { SheetInfo } from './sheets/workbook-visitor.ts'
import { readAll, readRows, reasonFor } from './workbook-rows.test-helper.ts'

const formats = ['biff8', 'biff5', 'xlsb', 'ods', 'xlml'] as const
const date = (wall: string) => ({ kind: 'date', wall })
const error = (code: string) => ({ kind: 'error', code })

function written(sheet: WorkSheet, bookType: BookType, name = 'Лист1'): Uint8Array {
  forgetFormats()
  return new Uint8Array(write(utils.book_new(sheet, name), { type: 'buffer', bookType }) as Buffer)
}

function mixedSheet(): WorkSheet {
  const sheet = utils.aoa_to_sheet([
    ['00500123', 94123456, 0.1 + 0.2, -12.5, true, false, 1e15, 0],
    [],
    [undefined, 'x', undefined, 123456789.125],
  ])
  sheet['A4'] = { t: 'n', v: 45902.5, z: 'dd.mm.yyyy hh:mm' }
  sheet['B4'] = { t: 'n', v: 0.5, z: '0.00%' }
  sheet['C4'] = { t: 'e', v: 0x2a }
  sheet['!ref'] = 'A1:IV50'
  return sheet
}

// Written before anything is read: SheetJS keeps the number formats of what it read last and may leave them out of what it writes.
const mixed = new Map(formats.map((bookType) => [bookType, written(mixedSheet(), bookType)] as const))

describe.each(formats)('%s', (bookType) => {
  const isAscii = bookType === 'biff5'

  test('keeps identifiers, numbers, booleans, errors and dates apart', async () => {
    const rows = await readRows(mixed.get(bookType) ?? new Uint8Array())
    expect(rows).toMatchObject({
      1: ['00500123', 94123456, 0.1 + 0.2, -12.5, true, false, 1e15, 0],
      3: [undefined, 'x', undefined, 123456789.125],
    })
    expect(rows[4]?.slice(1, 2)).toEqual([0.5])
    // SheetJS writes the date of an ods without saying that it is one, and no error values into it.
    if (bookType === 'ods') return
    expect(rows[4]?.[0]).toEqual(date('2025-09-02T12:00:00'))
    expect(rows[4]?.[2]).toEqual(error('#N/A'))
  })

  test('reads back every table', async () => {
    const text = isAscii
      ? fc.stringMatching(/^[A-Za-z0-9 .;-]{1,20}$/u)
      : fc.string({ unit: fc.constantFrom(...Array.from('aЖ0<>&"é_x1;=😀')), minLength: 1, maxLength: 12 })
    const value = fc.oneof(
      text,
      fc.integer(),
      fc.integer().map((whole) => whole / 1_000),
      fc.boolean(),
    )
    const rows = fc.array(fc.array(fc.option(value, { nil: undefined }), { maxLength: 6 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        const expected = table.flatMap((row, index) => {
          const width = row.findLastIndex((cell) => cell !== undefined) + 1
          return width === 0 ? [] : [[index + 1, row.slice(0, width).map((cell) => (cell === 0 ? 0 : cell))]]
        })
        const bytes = written(utils.aoa_to_sheet(table.map((row) => [...row])), bookType)
        expect(await readRows(bytes)).toEqual(Object.fromEntries(expected))
      }),
      { numRuns: 40 },
    )
  })

  test('tells its sheets in order, hidden ones too', async () => {
    const book = utils.book_new(utils.aoa_to_sheet([['a']]), isAscii ? 'One' : 'Первый')
    utils.book_append_sheet(book, utils.aoa_to_sheet([['b']]), 'Two')
    book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] }
    const bytes = new Uint8Array(write(book, { type: 'buffer', bookType }) as Buffer)
    const seen: SheetInfo[] = []
    await readWorkbook(bytes, { sheet: (info) => void seen.push(info) })
    const hidden = bookType !== 'ods'
    expect(seen).toEqual([
      { name: isAscii ? 'One' : 'Первый', index: 0, hidden: false },
      { name: 'Two', index: 1, hidden: hidden && seen[1]!.hidden },
    ])
    expect([...(await readAll(bytes)).values()]).toEqual([{ 1: ['a'] }, { 1: ['b'] }])
    expect(await reasonFor(bytes, { maxSheets: 1 })).toBe('too_many_sheets')
  })

  test('keeps to the limits', async () => {
    const bytes = written(utils.aoa_to_sheet([['a', 'b', 'c'], ['d'], ['e']]), bookType)
    expect(await reasonFor(bytes, { maxRows: 2 })).toBe('too_many_rows')
    expect(await reasonFor(bytes, { maxColumns: 2 })).toBe('too_many_columns')
    expect(await readRows(bytes, { maxRows: 3, maxColumns: 3 })).toEqual({ 1: ['a', 'b', 'c'], 2: ['d'], 3: ['e'] })
  })

  test('answers any damage with rows or a refusal', async () => {
    const whole = Buffer.from(
      written(
        utils.aoa_to_sheet([
          ['a', 1],
          [true, 'b'],
          [2.5, 'a'],
        ]),
        bookType,
      ),
    )
    const spots = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(spots, fc.nat(whole.length * 3), async (damage, cut) => {
        const file = Buffer.from(whole.subarray(0, Math.min(cut, whole.length)))
        for (const [at, byte] of damage) if (at < file.length) file[at] = byte
        const outcome = await readRows(file).catch((error: unknown) => (error as Error).name)
        expect(typeof outcome === 'string' ? outcome : 'rows').toMatch(/^(?:rows|UnreadableWorkbook)$/u)
      }),
      { numRuns: 150 },
    )
  })
})

test.each(['biff8', 'xlsb'] as const)('reads dates of 1904 in %s', async (bookType) => {
  const book = utils.book_new({ '!ref': 'A1', A1: { t: 'n', v: 1, z: 'dd.mm.yyyy' } }, 'S')
  book.Workbook = { WBProps: { date1904: true } }
  const bytes = new Uint8Array(write(book, { type: 'buffer', bookType }) as Buffer)
  expect(await readRows(bytes)).toEqual({ 1: [date('1904-01-02T00:00:00')] })
})

test('reads what SheetJS itself reads out of a binary workbook with formulas', async () => {
  const sheet = utils.aoa_to_sheet([[1, 2]])
  sheet['C1'] = { t: 'n', f: 'A1+B1', v: 3 }
  sheet['!ref'] = 'A1:C1'
  sheet['!merges'] = [utils.decode_range('A1:B1')]
  const bytes = written(sheet, 'biff8')
  expect(utils.sheet_to_json(read(bytes).Sheets['Лист1']!, { header: 1 })).toEqual([[1, 2, 3]])
  expect(await readRows(bytes)).toEqual({ 1: [1, 2, 3] })
})

test.each(['biff8', 'ods', 'xlml'] as const)('reads 3,000 rows of %s in good time', async (bookType) => {
  const table = Array.from({ length: 3_000 }, (_, row) => [
    `TKRU${row % 100}`,
    'УГЛОВАЯ (982206)',
    row,
    row / 7,
    '00123',
  ])
  const rows = await readRows(written(utils.aoa_to_sheet(table), bookType))
  expect(Object.keys(rows)).toHaveLength(3_000)
  expect(rows[3_000]).toEqual(['TKRU99', 'УГЛОВАЯ (982206)', 2_999, 2_999 / 7, '00123'])
})
