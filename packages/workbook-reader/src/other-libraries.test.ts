import { buffer } from 'node:stream/consumers'
import { PassThrough } from 'node:stream'
import { read, utils, write, type WorkBook } from '@e965/xlsx'
import type { Cell } from '@atermtrack/domain'
import exceljs from 'exceljs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRows } from './workbook-rows.test-helper.ts'

type Value = string | number | boolean | Date | undefined

const walls = fc
  .integer({ min: Date.UTC(1900, 2, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 })
  .map((seconds) => new Date(seconds * 1000))
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from('Ж1 <>&"\'_x;=-\n\t😀é')), maxLength: 20 }),
  fc.stringMatching(/^[ -~А-яё]{0,40}$/u),
)
const values: fc.Arbitrary<Value> = fc.oneof(
  texts.map((text) => text || undefined),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
  fc.boolean(),
  walls,
  fc.constant(undefined),
)
const tables = fc.array(fc.array(values, { maxLength: 8 }), { minLength: 1, maxLength: 12 })

/** The rows that the reader should return for a table of written values. */
function expected(table: readonly (readonly Value[])[]) {
  const rows: Record<number, readonly unknown[]> = {}
  for (const [index, row] of table.entries()) {
    const cells = row.map(toCell)
    const width = cells.findLastIndex((cell) => cell !== undefined) + 1
    if (width > 0) rows[index + 1] = cells.slice(0, width)
  }
  return rows
}

function toCell(value: Value): unknown {
  if (value instanceof Date) return { kind: 'date', wall: value.toISOString().slice(0, 19) }
  return value === 0 ? 0 : value
}

function fill(sheet: exceljs.Worksheet, table: readonly (readonly Value[])[]): void {
  for (const [index, values] of table.entries()) {
    const row = sheet.getRow(index + 1)
    for (const [column, value] of values.entries()) {
      if (value === undefined) continue
      row.getCell(column + 1).value = value
      if (value instanceof Date) row.getCell(column + 1).numFmt = 'dd.mm.yyyy hh:mm:ss'
    }
    row.commit()
  }
}

test('reads what exceljs writes', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      const book = new exceljs.Workbook()
      fill(book.addWorksheet('Лист1'), table)
      expect(await readRows(new Uint8Array(await book.xlsx.writeBuffer()))).toEqual(expected(table))
    }),
    { numRuns: 60 },
  )
})

test.each([true, false])(
  'reads what the exceljs stream writer writes, shared strings: %s',
  async (useSharedStrings) => {
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const stream = new PassThrough()
        const bytes = buffer(stream)
        const book = new exceljs.stream.xlsx.WorkbookWriter({ stream, useSharedStrings, useStyles: true })
        const sheet = book.addWorksheet('Лист1')
        fill(sheet, table)
        sheet.commit()
        await book.commit()
        expect(await readRows(await bytes)).toEqual(expected(table))
      }),
      { numRuns: 40 },
    )
  },
)

test.each([true, false])('reads what SheetJS writes, shared strings: %s', async (bookSST) => {
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      const sheet = utils.aoa_to_sheet(
        table.map((row) => [...row]),
        { UTC: true, cellDates: false, dateNF: 'yyyy-mm-dd hh:mm:ss' },
      )
      expect(await readRows(sheetJsBytes(utils.book_new(sheet, 'Лист1'), bookSST))).toEqual(expected(table))
    }),
    { numRuns: 60 },
  )
})

test('reads the same cells as exceljs and SheetJS do', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      const book = new exceljs.Workbook()
      fill(book.addWorksheet('Лист1'), table)
      const bytes = new Uint8Array(await book.xlsx.writeBuffer())
      const ours = Object.values(await readRows(bytes)).map(plain)
      expect(ours).toEqual(await withExceljs(bytes))
      expect(ours).toEqual(withSheetJs(bytes))
    }),
    { numRuns: 40 },
  )
})

test('reads formulas, hyperlinks, rich text, errors, merges and blank styled rows of exceljs', async () => {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('Лист1')
  sheet.getCell('A1').value = { formula: 'B1*2', result: 4 }
  sheet.getCell('B1').value = { formula: 'T("x")', result: 'x' }
  sheet.getCell('C1').value = { formula: '1/0', result: { error: '#DIV/0!' } }
  sheet.getCell('D1').value = { text: 'ссылка', hyperlink: 'https://example.org' }
  sheet.getCell('E1').value = { richText: [{ text: 'a' }, { font: { bold: true }, text: ' b' }] }
  sheet.getCell('F1').value = { error: '#N/A' }
  sheet.mergeCells('A2:C3')
  sheet.getCell('A2').value = 'merged'
  for (let row = 4; row < 20; row++)
    sheet.getCell(`A${row}`).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFF0000' } }
  sheet.getCell('A20').value = new Date(Date.UTC(2025, 8, 2))
  sheet.getCell('A20').numFmt = '[h]:mm'
  expect(await readRows(new Uint8Array(await book.xlsx.writeBuffer()))).toEqual({
    1: [4, 'x', { kind: 'error', code: '#DIV/0!' }, 'ссылка', 'a b', { kind: 'error', code: '#N/A' }],
    2: ['merged'],
    20: [45902],
  })
})

function sheetJsBytes(book: WorkBook, bookSST: boolean): Uint8Array {
  return new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx', bookSST, compression: bookSST }) as Buffer)
}

async function withExceljs(bytes: Uint8Array): Promise<readonly unknown[]> {
  const book = new exceljs.Workbook()
  await book.xlsx.load(bytes.buffer as ArrayBuffer)
  const rows: unknown[] = []
  book.worksheets[0]!.eachRow((row) => {
    const cells = (row.values as unknown[]).slice(1)
    rows.push(cells.map((value) => (value instanceof Date ? roundToSecond(value) : value)))
  })
  return rows
}

function withSheetJs(bytes: Uint8Array): readonly unknown[] {
  const book = read(bytes, { type: 'array', cellDates: true, UTC: true })
  const sheet = book.Sheets['Лист1']!
  const { e: end } = utils.decode_range(sheet['!ref'] ?? 'A1')
  const range = { s: { r: 0, c: 0 }, e: end }
  const rows = utils.sheet_to_json<unknown[]>(sheet, { header: 1, blankrows: false, UTC: true, range })
  return rows.map((row) => [...row].map((value) => (value instanceof Date ? roundToSecond(value) : value)))
}

function plain(cells: readonly Cell[]): readonly unknown[] {
  return cells.map((cell) => (typeof cell === 'object' && cell.kind === 'date' ? cell.wall : cell))
}

function roundToSecond(date: Date): string {
  return new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().slice(0, 19)
}
