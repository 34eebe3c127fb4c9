import { utils, write } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { annotated, byExceljs, columns, knownValues } from './packages.test-helper.ts'

const table = [
  ['Контейнер', 'Дата', 'Цена', 'Код'],
  ['MSKU6011672', new Date(2026, 10, 1), 12.5, '007'],
]
const headings = columns.map(({ header }) => header)

/** `text` in the charset that Russian Windows writes. */
function windows1251(text: string): Buffer {
  const letters = new Map<string, number>([
    ['№', 0xb9],
    ['ё', 0xb8],
    ['Ё', 0xa8],
  ])
  for (let n = 0; n < 64; n++) letters.set(String.fromCharCode(0x410 + n), 0xc0 + n)
  return Buffer.from(Array.from(text, (letter) => letters.get(letter) ?? letter.charCodeAt(0)))
}

async function rowsOf(content: Buffer, name?: string): Promise<readonly unknown[][]> {
  const workbook = await byExceljs(content)
  const sheet = name === undefined ? workbook.worksheets[0]! : workbook.getWorksheet(name)!
  const rows: unknown[][] = []
  sheet.eachRow({ includeEmpty: true }, (row) => rows.push((row.values as unknown[]).slice(1)))
  return rows
}

describe('a CSV of windows-1251', () => {
  const text =
    'Список;;\r\nКлиент;Контейнер;ИНН\r\n"ООО ""Ёлка""";MSKU6011672;0077001234\r\n=1+1;CSQU3054383;5\r\n;;\r\n'

  test('comes back as a workbook with the same texts, its numbers as numbers, and the statuses', async () => {
    const { content, isKept } = await annotated(windows1251(text))
    expect(isKept).toBe(false)
    const rows = await rowsOf(content)
    expect(rows[0]).toEqual(['Список'])
    expect(rows[1]).toEqual(['Клиент', 'Контейнер', 'ИНН', ...headings])
    expect(rows[2]).toEqual(['ООО "Ёлка"', 'MSKU6011672', '0077001234', ...knownValues])
    expect(rows[3]!.slice(0, 4)).toEqual(['=1+1', 'CSQU3054383', 5, 'не найден'])
  })

  test('has no formulas, coloured rows and widths to read by', async () => {
    const sheet = (await byExceljs((await annotated(windows1251(text))).content)).worksheets[0]!
    expect(sheet.getCell('A4').formula).toBeUndefined()
    expect(sheet.getCell('A4').fill).toMatchObject({ fgColor: { argb: 'FFFFF0C2' } })
    expect(sheet.getCell('A3').fill).toMatchObject({ pattern: 'none' })
    expect(sheet.getCell('D2').font.bold).toBe(true)
    expect([2, 4].map((column) => sheet.getColumn(column).width)).toEqual([13, 20])
  })
})

test('a list of bare numbers is enough', async () => {
  const { content } = await annotated(Buffer.from('MSKU6011672\nCSQU3054383\nMSKU60116O2\n'))
  expect((await rowsOf(content)).map(([number, state]) => [number, state])).toEqual([
    ['MSKU6011672', 'в пути'],
    ['CSQU3054383', 'не найден'],
    ['MSKU60116O2', 'опечатка <&> в номере'],
  ])
})

test.each(['biff8', 'xlsb', 'ods', 'xlml'] as const)(
  'a workbook of the format %s comes back as xlsx with its values, dates and sheets',
  async (bookType) => {
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet(table, { cellDates: true }), 'Отправки')
    utils.book_append_sheet(book, utils.aoa_to_sheet([['Позвонить'], [true]]), 'Заметки')
    const { content, isKept } = await annotated(Buffer.from(write(book, { type: 'buffer', bookType }) as Uint8Array))
    expect(isKept).toBe(false)
    expect(await rowsOf(content, 'Отправки')).toEqual([
      ['Контейнер', 'Дата', 'Цена', 'Код', ...headings],
      ['MSKU6011672', new Date('2026-11-01T00:00:00Z'), 12.5, '007', ...knownValues],
    ])
    expect(await rowsOf(content, 'Заметки')).toEqual([['Позвонить'], [true]])
  },
)

test('a table of HTML, as web pages call it a workbook, comes back as one', async () => {
  const html = '<html><table><tr><td>Контейнер</td><td>Код</td></tr><tr><td>MSKU6011672</td><td>007</td></tr></table>'
  expect(await rowsOf((await annotated(Buffer.from(html))).content)).toEqual([
    ['Контейнер', 'Код', ...headings],
    ['MSKU6011672', '007', ...knownValues],
  ])
})
