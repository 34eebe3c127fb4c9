import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cell } from '../cells/cell.ts'
import { parseTrainRoster } from './parse-train-roster.ts'

const fileName = 'КП К25-101 Селятино.xlsx'
const labels = [
  ['№', '№ контейнера', 'Тип', 'Вес', 'Вагон', 'Накладная', 'Пломба', 'Станция назн.', 'Груз', 'Тара'],
  ['Собственник', 'Клиент'],
].flat()
const lineParts: Cell[][] = [
  [
    1,
    'MSKU6011672',
    '22G1',
    26_575,
    58_955_428,
    'эю038386',
    '1000001',
    'Селятино',
    'груз',
    3800,
    'собств.',
    'ООО "Ромашка"',
  ],
]
const line = lineParts.flat()
const withCells = (changes: Partial<Record<number, Cell>>) => line.map((cell, i) => (i in changes ? changes[i] : cell))
const parse = (...rows: Cell[][]) => parseTrainRoster({ fileName, sheets: [[labels, ...rows]] })!

test('reads train, destination and every line', () => {
  expect(parse(line)).toMatchObject({
    trainCode: 'К25-101',
    destination: 'Селятино',
    sheetIndex: 0,
    header: { headerRow: 1 },
    entries: [
      {
        rowNumber: 2,
        container: 'MSKU6011672',
        type: '22G1',
        weightKg: 26_575,
        wagon: '58955428',
        waybill: 'ЭЮ038386',
        destination: { name: 'Селятино', code: undefined },
        client: 'ООО "Ромашка"',
      },
    ],
    warningCount: 0,
    skippedCount: 0,
  })
})

test('reads the first sheet with a header, and the train from its title when the file name is silent', () => {
  const sheets = [[['Служебный лист']], [['Поезд k25 7'], ['Состав поезда k25 073'], [], labels, line]]
  expect(parseTrainRoster({ fileName: 'Книга1.xlsx', sheets })).toMatchObject({
    trainCode: 'К25-073',
    destination: undefined,
    sheetIndex: 1,
    header: { headerRow: 4 },
    entries: [{ rowNumber: 5 }],
  })
})

test('does not choose between two trains of a title, nor read one from the lines', () => {
  const sheets = [[['К25-073 и К25-074', undefined, 45], labels, withCells({ 11: 'К25-099' })]]
  expect(parseTrainRoster({ fileName: 'Книга1.xlsx', sheets })?.trainCode).toBeUndefined()
})

test('keeps a line with a wrong check digit or a wrong wagon, and warns', () => {
  const roster = parse(withCells({ 1: 'MSKU6011673', 4: '1234' }))
  expect(roster.entries).toMatchObject([{ container: 'MSKU6011673', wagon: undefined }])
  expect(roster.warnings).toEqual([
    { row: 2, column: 'Контейнер', value: 'MSKU6011673', problem: 'container_check_digit' },
    { row: 2, column: 'Вагон', value: '1234', problem: 'value_unreadable' },
  ])
})

test('of two lines of a container the last one stays, with a warning', () => {
  const roster = parse(withCells({ 11: 'первый' }), withCells({ 1: 'CSQU3054383' }), withCells({ 11: 'последний' }))
  expect(roster.entries.map(({ container, client }) => [container, client])).toEqual([
    ['CSQU3054383', 'ООО "Ромашка"'],
    ['MSKU6011672', 'последний'],
  ])
  expect(roster.warnings).toEqual([
    { row: 4, column: 'Контейнер', value: 'MSKU6011672', problem: 'container_repeated' },
  ])
  expect(roster.skippedCount).toBe(1)
})

test('skips lines without a readable container with a warning', () => {
  const roster = parse(withCells({ 1: undefined }), withCells({ 1: 'порожняя платформа' }))
  expect(roster).toMatchObject({ entries: [], skippedCount: 2 })
  expect(roster.warnings.map(({ problem }) => problem)).toEqual(['container_missing', 'container_unreadable'])
})

test('passes over blank and merely numbered lines and totals in silence', () => {
  expect(parse([], [2], ['Итого', 'контейнеров: 2'], [undefined, ' '])).toMatchObject({
    entries: [],
    warningCount: 0,
    skippedCount: 0,
  })
})

test('reads any sheet with container numbers that somebody calls a roster, by the headings that it has', () => {
  const bare: Cell[][] = [['MSKU6011672'], ['CSQU3054383'], ['итого 2']]
  const isDeclared = true
  expect(parseTrainRoster({ fileName: 'список.csv', sheets: [bare] })).toBeUndefined()
  const read = parseTrainRoster({ fileName: 'список.csv', sheets: [bare], isDeclared })
  expect(read?.entries.map(({ container, client }) => [container, client])).toEqual([
    ['MSKU6011672', undefined],
    ['CSQU3054383', undefined],
  ])
  const two: Cell[][] = [['Поезд'], ['Клиент', 'Контейнер'], ['ООО «А»', 'MSKU6011672']]
  expect(parseTrainRoster({ fileName: 'список.csv', sheets: [two], isDeclared })?.entries).toMatchObject([
    { rowNumber: 3, container: 'MSKU6011672', client: 'ООО «А»' },
  ])
  expect(
    parseTrainRoster({
      fileName,
      sheets: [
        [
          ['Товар', 'Цена'],
          ['стол', 5],
        ],
      ],
      isDeclared,
    }),
  ).toBeUndefined()
})

test('is undefined when no sheet is a roster', () => {
  expect(parseTrainRoster({ fileName, sheets: [[['Товар', 'Цена', 'Кол-во']], []] })).toBeUndefined()
})

const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom<Cell>(undefined, 'MSKU6011672', '05.09.2025 01:20', 45_902.5, { kind: 'error', code: '#REF!' }),
)

test('no lines make it throw, and each container stands there once', () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyCell, { maxLength: 14 })), (rows) => {
      const { entries, skippedCount, warningCount } = parse(...rows)
      expect(new Set(entries.map(({ container }) => container)).size).toBe(entries.length)
      expect(entries.length + skippedCount).toBeLessThanOrEqual(rows.length)
      expect(warningCount).toBeGreaterThanOrEqual(skippedCount)
    }),
  )
})

test.each<[string, Cell, number | undefined]>([
  ['Вес, т', 24.5, 24_500],
  ['Вес груза (тонн)', '24,5', 24_500],
  ['Вес (кг)', 24.5, 25],
  ['Вес', 24_500, 24_500],
  ['Вес', 24.5, undefined],
])('reads a weight under «%s» of %s as %s kilograms', (heading, weight, expected) => {
  const rows = [
    ['Контейнер', 'Клиент', heading],
    ['MSKU6011672', 'ООО', weight],
  ]
  const roster = parseTrainRoster({ fileName: 'КП К25-073.xlsx', sheets: [rows] })
  expect(roster?.entries).toMatchObject([{ weightKg: expected }])
  expect(roster?.header.unknown).toEqual(expected === undefined ? [heading] : [])
})
