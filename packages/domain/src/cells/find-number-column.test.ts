import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell } from './cell.ts'
import { containerCheckDigit } from '../values/container-number.ts'
import { dislocationHeadings } from '../dislocation/dislocation-fields.ts'
import {
  findNumberColumn,
  findNumberHeading,
  type NumberedRow,
  numberCellOf,
  readNumberCells,
} from './find-number-column.ts'

const [one, two, three] = ['MSKU6011672', 'CSQU3054383', 'TKRU8864591']

function rowsOf(...table: readonly (readonly Cell[])[]): NumberedRow[] {
  return table.map((cells, index) => ({ rowNumber: index + 1, cells }))
}

describe('the column of numbers', () => {
  test.each([
    ...dislocationHeadings('container'),
    '№ КТК',
    'Container No.',
    'CNTR',
    'Номер\nконтейнера',
    ' КОНТЕЙНЕР: ',
  ])('is the one headed %j', (label) => {
    const rows = rowsOf(['Заявка'], [], ['Клиент', label], ['Иванов', one])
    expect(findNumberColumn(rows)).toEqual({ column: 1, headerRow: 3 })
  })

  test('is not the one with a heading that speaks of containers and holds something else', () => {
    const rows = rowsOf(['Тип контейнера', 'Номер контейнера'], ['40HC', one], ['20DC', two])
    expect(findNumberColumn(rows)).toEqual({ column: 1, headerRow: 1 })
  })

  test('has its heading next above the numbers, though a title speaks of containers too', () => {
    const rows = rowsOf(['Список контейнеров'], [], ['Контейнер', 'Клиент'], [one], ['Контейнер: итого'])
    expect(findNumberColumn(rows)).toEqual({ column: 0, headerRow: 3 })
  })

  test('is put together of letters and digits in two columns, with the zeros that a spreadsheet drops', () => {
    const rows = rowsOf(['Префикс', 'Номер', 'Тип'], ['MSKU', 6_011_672, '40HC'], ['тkrU', '8864591'], ['CSQU', 54_383])
    const column = findNumberColumn(rows)
    expect(column).toEqual({ column: 1, headerRow: 1, prefixColumn: 0 })
    expect(rows.map(({ cells }) => column && numberCellOf(cells, column))).toEqual([
      undefined,
      one,
      three,
      'CSQU0054383',
    ])
    expect(findNumberColumn(rowsOf(['ROSU', 'б'], ['AAAU', 'в'], ['MSKU', 6_011_672]))).toBeUndefined()
  })

  test('of two such columns is the fuller one', () => {
    const rows = rowsOf(['Контейнер', 'Контейнер взамен'], [one, undefined], [two, three])
    expect(findNumberColumn(rows)?.column).toBe(0)
  })

  test('needs no heading where its cells are numbers', () => {
    const rows = rowsOf(['Список', undefined], ['Иванов', one], ['Петров', two], ['Сидоров', undefined])
    expect(findNumberColumn(rows)).toEqual({ column: 1, headerRow: 1 })
  })

  test('has no header where the numbers begin in the first row', () => {
    expect(findNumberColumn(rowsOf([one], [two]))).toEqual({ column: 0, headerRow: undefined })
  })

  test('has its header in the blank row above the first number', () => {
    const rows = [
      { rowNumber: 1, cells: ['Список'] },
      { rowNumber: 4, cells: [one] },
    ]
    expect(findNumberColumn(rows)).toEqual({ column: 0, headerRow: 3 })
  })

  test('is found below its heading though most of its numbers are mistyped', () => {
    expect(findNumberColumn(rowsOf(['Контейнер'], ['MSKU60116O2'], ['MSK6011672']))).toEqual({
      column: 0,
      headerRow: 1,
    })
  })

  test.each([
    ['a heading without a number below it', rowsOf(['Контейнер'], ['нет'], ['да'])],
    ['codes of another kind', rowsOf(['Счёт'], ['INV00123'], ['INV00124'])],
    ['a number that somebody mentions once', rowsOf(['Письмо'], [`Где ${one}?`], ['Не знаю'], ['Ищем'], ['Ждите'])],
    ['nothing', []],
    ['blank rows', rowsOf([], [])],
  ])('is not there in %s', (_, rows) => {
    expect(findNumberColumn(rows)).toBeUndefined()
  })

  test('is found wherever it stands among any other values', () => {
    const digits = fc.stringMatching(/^\d{6}$/)
    const number = digits.map((six) => `MSKU${six}${containerCheckDigit(`MSKU${six}`)}`)
    const other = fc.oneof(fc.stringMatching(/^[а-я ]{0,8}$/), fc.integer(), fc.boolean(), fc.constant(undefined))
    const tables = fc.array(fc.tuple(fc.array(other, { minLength: 4, maxLength: 4 }), number), { minLength: 1 })
    fc.assert(
      fc.property(tables, fc.nat({ max: 4 }), fc.nat({ max: 12 }), fc.boolean(), (table, place, above, labelled) => {
        const head: Cell[][] = Array.from({ length: above }, (_, n) => [`строка ${n}`])
        const header = labelled ? [['а', 'б', 'в', 'г'].toSpliced(place, 0, 'Контейнер')] : []
        const rows = rowsOf(
          ...head,
          ...header,
          ...table.map(([cells, it]) => (cells as Cell[]).toSpliced(place, 0, it)),
        )
        const headerRow = head.length + header.length
        expect(findNumberColumn(rows)).toEqual({ column: place, headerRow: headerRow === 0 ? undefined : headerRow })
      }),
    )
  })
})

function number(container: string) {
  return { kind: 'number', container }
}

function slip(text: string) {
  return { kind: 'mistyped', text }
}

test.each([
  [one, [number(one)]],
  ['msku 601167-2', [number(one)]],
  [`${one} / ${two}`, [number(one), number(two)]],
  [`${one}\n${two}\n${one}`, [number(one), number(two)]],
  [`MSKU6011673, ${two}`, [number('MSKU6011673'), number(two)]],
  [`${two}, MSKU601167`, [number(two), slip('MSKU601167')]],
  [`${one} (пломба RZD1234567, заявка INV00123)`, [number(one)]],
  [`конт. ${one} (40HC)`, [number(one)]],
  ['MSKU6011673', [number('MSKU6011673')]],
  ['MSKU601167', [slip('MSKU601167')]],
  ['MSKU601167 и CSQU305438', [slip('MSKU601167'), slip('CSQU305438')]],
  ['Итого: 80', []],
  [' ', []],
  [80, []],
  [undefined, []],
])('the cell %j is read', (cell, read) => {
  expect(readNumberCells(cell)).toEqual(read)
})

describe('the heading of numbers in a table that is still empty', () => {
  test('is the one that speaks of numbers, in the row with the most headings', () => {
    const rows = rowsOf(['Контейнеры клиента «Ромашка»'], [], ['Клиент', 'Тип контейнера', 'Контейнер', '№ контейнера'])
    expect(findNumberHeading(rows)).toEqual({ column: 3, headerRow: 3 })
    expect(findNumberHeading(rowsOf(['Client', 'CNTR']))).toEqual({ column: 1, headerRow: 1 })
  })

  test('is none where only something else of containers is named', () => {
    expect(findNumberHeading(rowsOf(['Тип контейнера', 'Вес контейнера'], ['Клиент']))).toBeUndefined()
    expect(findNumberHeading([])).toBeUndefined()
  })
})
