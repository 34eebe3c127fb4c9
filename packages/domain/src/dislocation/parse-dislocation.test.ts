import { describe, expect, test } from 'vitest'
import type { Cell } from '../cells/cell.ts'
import { findDislocationHeader } from './dislocation-columns.ts'
import { createDislocationParser } from './parse-dislocation.ts'
import type { WallTime } from '../values/wall-time.ts'

const row: Readonly<Record<string, Cell>> = {
  'Номер контейнера': 'MSKU6011672',
  'Номер накладной': 'эф038927',
  'Дата и время начала рейса': { kind: 'date', wall: '2025-08-31T22:34:00' as WallTime },
  'Станция назначения': 'СЕЛЯТИНО (181102)',
  'Грузоотправитель (ОКПО)': '00112233',
  'Вес груза (кг)': '26 575',
  'Станция операции': 'ЧИТА I (940006)',
  Операция: 'Отправление вагона со станции (2)',
  'Дорога операции': 'ЗАБАЙКАЛЬСКАЯ (94)',
  'Дата и время операции': '05.09.2025 01:20',
  'Номер поезда': '1988.0',
  'Номер вагона': 58955428,
  'Количество пломб': '1',
  'Нормативный срок доставки': 45918,
  'Расстояние оставшееся': '3 330',
  'Время простоя под последней операцией (сутки:часы:минуты)': '0: 6: 40',
  'Время простоя под последней операцией (сутки)': '0.28',
  'Признак груж. рейса': 1,
}
const labels = Object.keys(row)
const times = { latest: new Date('2025-09-05T12:00:00Z'), longAgo: new Date('2023-09-05T12:00:00Z') }

function parse(...changes: readonly Partial<Record<string, Cell>>[]) {
  const header = findDislocationHeader([labels])!
  const parser = createDislocationParser({ columns: header.columns, zone: 'Europe/Moscow', times })
  const rows = changes.map((change, i) =>
    parser.row(
      i + 5,
      labels.map((label) => (label in change ? change[label] : row[label])),
    ),
  )
  return { parser, rows, warnings: parser.warnings.map(({ row, problem, value }) => [row, problem, value]) }
}

const blank = Object.fromEntries(labels.map((label) => [label, undefined]))

test('reads and types every known column', () => {
  const { rows, parser } = parse({})
  expect(parser.warningCount()).toBe(0)
  expect(rows[0]).toMatchObject({
    rowNumber: 5,
    container: 'MSKU6011672',
    operation: 'Отправление вагона со станции (2)',
    operationStation: { name: 'ЧИТА I', code: '940006' },
    operationRoad: { name: 'ЗАБАЙКАЛЬСКАЯ', code: '94' },
    operatedWall: '2025-09-05T01:20:00',
    operatedAt: new Date('2025-09-04T22:20:00Z'),
    waybill: 'ЭФ038927',
    tripStartedAt: new Date('2025-08-31T19:34:00Z'),
    tripEndedAt: undefined,
    destinationStation: { name: 'СЕЛЯТИНО', code: '181102' },
    consignorOkpo: '00112233',
    weightKg: 26_575,
    trainNumber: '1988',
    wagon: '58955428',
    seals: 1,
    deliveryDueAt: new Date('2025-09-17T21:00:00Z'),
    kmTotal: undefined,
    kmLeft: 3330,
    idleMinutes: 400,
    loaded: true,
  })
})

test.each<[string, Cell, string, unknown]>([
  ['Номер поезда', '0', 'trainNumber', undefined],
  ['Номер вагона', 0, 'wagon', undefined],
  ['Номер накладной', 28038927, 'waybill', '28038927'],
  ['Расстояние оставшееся', '', 'kmLeft', undefined],
  ['Расстояние оставшееся', '12,5', 'kmLeft', 13],
  ['Расстояние оставшееся', { kind: 'error', code: '#REF!' }, 'kmLeft', undefined],
  ['Время простоя под последней операцией (сутки:часы:минуты)', undefined, 'idleMinutes', 403],
])('reads %s %j as %s %j without a warning', (label, cell, field, value) => {
  const { rows, parser } = parse({ [label]: cell })
  expect(rows[0]).toHaveProperty(field, value)
  expect(parser.warningCount()).toBe(0)
})

test.each<[string, Cell, string]>([
  ['Номер вагона', '5895542', 'wagon'],
  ['Расстояние оставшееся', '-5', 'kmLeft'],
  ['Вес груза (кг)', 'тяжёлый', 'weightKg'],
  ['Дата и время начала рейса', '31.02.2025 10:00', 'tripStartedAt'],
  ['Признак груж. рейса', 'возможно', 'loaded'],
])('keeps the row when %s is %j, and warns', (label, cell, field) => {
  const { rows, parser } = parse({ [label]: cell })
  expect(rows[0]).toHaveProperty(field, undefined)
  expect(parser.warnings).toEqual([{ row: 5, column: label, value: cell, problem: 'value_unreadable' }])
})

test('warns of idle days that are negative', () => {
  const time = 'Время простоя под последней операцией (сутки'
  expect(parse({ [`${time}:часы:минуты)`]: '', [`${time})`]: '-1' }).warnings).toEqual([[5, 'value_unreadable', '-1']])
})

test('keeps a row with a wrong check digit, and warns', () => {
  const { rows, warnings } = parse({ 'Номер контейнера': 'MSKU6011673' })
  expect(rows[0]?.container).toBe('MSKU6011673')
  expect(warnings).toEqual([[5, 'container_check_digit', 'MSKU6011673']])
})

test.each<[Partial<Record<string, Cell>>, string, string | undefined]>([
  [{ 'Номер контейнера': undefined }, 'container_missing', undefined],
  [{ 'Номер контейнера': 'нет данных' }, 'container_unreadable', 'нет данных'],
  [{ Операция: '-' }, 'operation_missing', undefined],
  [{ 'Станция операции': '' }, 'station_missing', undefined],
  [{ 'Дата и время операции': '' }, 'time_missing', undefined],
  [{ 'Дата и время операции': '31.02.2025 08:00' }, 'time_unreadable', '31.02.2025 08:00'],
])('skips the row %j with a warning', (change, problem, value) => {
  const { rows, warnings, parser } = parse(change)
  expect(rows).toEqual([undefined])
  expect(warnings).toEqual([[5, problem, value]])
  expect(parser.skippedCount()).toBe(1)
})

test('refuses an operation that is still to come, and counts it', () => {
  const at = (wall: string) => ({ 'Дата и время операции': wall })
  const { rows, warnings, parser } = parse(at('05.09.2025 15:00'), at('05.09.2025 15:01'), at('01.01.2099 00:00'))
  expect(rows.map((read) => read?.rowNumber)).toEqual([5, undefined, undefined])
  expect(warnings).toEqual([
    [6, 'time_in_future', '05.09.2025 15:01'],
    [7, 'time_in_future', '01.01.2099 00:00'],
  ])
  expect([parser.skippedCount(), parser.futureCount()]).toEqual([2, 2])
})

test('takes an operation of years ago with a warning', () => {
  const { rows, warnings, parser } = parse({ 'Дата и время операции': '05.09.2019 01:20' })
  expect(rows[0]?.operatedWall).toBe('2019-09-05T01:20:00')
  expect(warnings).toEqual([[5, 'time_long_ago', '05.09.2019 01:20']])
  expect([parser.skippedCount(), parser.futureCount()]).toEqual([0, 0])
})

test('does not believe that a trip begins after its report came', () => {
  const { rows, warnings } = parse({ 'Дата и время начала рейса': '01.01.2099 00:00' })
  expect(rows[0]).toMatchObject({ container: 'MSKU6011672', tripStartedAt: undefined })
  expect(warnings).toEqual([[5, 'time_in_future', '01.01.2099 00:00']])
})

test.each([{ 'Номер контейнера': 'Итого: 48' }, { 'Номер накладной': 'ВСЕГО контейнеров 48' }, {}])(
  'passes over blank rows and totals in silence: %j',
  (cells) => {
    const { rows, parser } = parse({}, { ...blank, ...cells })
    expect(rows[1]).toBeUndefined()
    expect([parser.warningCount(), parser.skippedCount()]).toEqual([0, 0])
  },
)

describe('a merged block', () => {
  const continued = { 'Номер контейнера': undefined, 'Дата и время операции': '05.09.2025 02:30' }
  const containers = (...changes: readonly Partial<Record<string, Cell>>[]) =>
    parse(...changes).rows.map((parsed) => parsed?.container)

  test('fills the container down', () => {
    expect(containers({}, continued, continued, { 'Номер контейнера': 'CSQU3054383' }, continued)).toEqual([
      'MSKU6011672',
      'MSKU6011672',
      'MSKU6011672',
      'CSQU3054383',
      'CSQU3054383',
    ])
  })

  test.each([
    ['a blank row', blank],
    ['a row without an operation', { ...continued, Операция: undefined }],
    ['a container that cannot be read', { 'Номер контейнера': 'MSKU' }],
  ])('ends at %s', (_, end) => {
    expect(containers({}, end, continued)).toEqual(['MSKU6011672', undefined, undefined])
  })

  test('warns of a wrong check digit once', () => {
    expect(parse({ 'Номер контейнера': 'MSKU6011673' }, continued).warnings).toHaveLength(1)
  })
})

test('keeps the first 200 warnings, cut to 100 characters, and counts them all', () => {
  const spoilt = Array.from({ length: 300 }, () => ({ 'Номер вагона': 'я'.repeat(500) }))
  const { parser, rows } = parse(...spoilt)
  expect(rows.filter(Boolean)).toHaveLength(300)
  expect([parser.warnings.length, parser.warningCount()]).toEqual([200, 300])
  expect(parser.warnings[0]?.value).toHaveLength(100)
  const pair = parse({ 'Номер вагона': `${'я'.repeat(99)}😀` })
  expect(pair.warnings).toEqual([[5, 'value_unreadable', 'я'.repeat(99)]])
})

test('reads a column with more different texts than it remembers', () => {
  const many = Array.from({ length: 6000 }, (_, i) => ({ 'Вес груза (кг)': `${i},0` }))
  expect(parse(...many).rows.map((parsed) => parsed?.weightKg)).toEqual(many.map((_, i) => i))
})

test('yields no rows for a report without the column of containers', () => {
  const { columns } = findDislocationHeader([labels.slice(1)])!
  const parser = createDislocationParser({ columns, zone: 'Europe/Moscow', times })
  expect(parser.row(2, Object.values(row).slice(1))).toBeUndefined()
  expect(parser.warnings).toEqual([
    { row: 2, column: 'Номер контейнера', value: undefined, problem: 'container_missing' },
  ])
})

test('converts a column in another unit before it rounds', () => {
  const { columns } = findDislocationHeader([labels])!
  const scales = new Map([['weightKg', 1_000] as const, ['kmLeft', 0.001] as const])
  const parser = createDislocationParser({ columns, scales, zone: 'Europe/Moscow', times })
  const cells = (weight: Cell) =>
    labels.map((label) =>
      label === 'Вес груза (кг)' ? weight : label === 'Расстояние оставшееся' ? '3 330 400' : row[label],
    )
  expect(parser.row(5, cells('12,5'))).toMatchObject({ weightKg: 12_500, kmLeft: 3_330 })
  expect(parser.row(6, cells(12.3456))).toMatchObject({ weightKg: 12_346 })
  expect(parser.row(7, cells('нет'))).toMatchObject({ weightKg: undefined })
  expect(parser.warnings).toMatchObject([{ row: 7, column: 'Вес груза (кг)', problem: 'value_unreadable' }])
})
