import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cell } from '../cells/cell.ts'
import { createTerminalParser } from './parse-terminal-report.ts'
import { findTerminalHeader } from './terminal-columns.ts'
import type { WallTime } from '../values/wall-time.ts'

const transport = ['Id', 'Транспорт', 'Номер вагона | Номер тягача', 'Станция | Водитель']
const labels = [
  ['№', 'Терминал', 'Зона', 'Контейнер', 'ИНН', 'Краткое наименование', 'Клиент', 'Сток', 'Таможенный режим'],
  ['Направление', 'Тип', 'Размер', 'Грузоподъёмность', 'Тара', 'Год изготовления', 'Брутто клиента'],
  ['Брутто терминала', 'Состояние', 'Груз', 'Температура', 'Пломбы', 'Прибыл', ...transport, 'Номер заказа'],
  ['Отправлен', ...transport, 'Релиз', 'Перевозчик', 'Менеджер', 'Примечание'],
].flat()
const cellRows: readonly Cell[][] = [
  [1, 'A-Terminal', 'A · 1-1 · 1', 'MSKU6011672', 7_700_000_016, 'СЕВЕР ЛОГ', 'ООО "Север"', 'Сток 2', 'импорт'],
  ['Селятино', '22G1', '20 DC', 28_700, '3 800', 2006, '26575.0', 26_608, 'Без повреждений', 'Груженый', -18],
  ['1000003, 2000003\n3000003', { kind: 'date', wall: '2025-09-02T09:30:00' as WallTime } as const, '500001.0'],
  ['Автотягач', 'А859ВС25', 'Водителев В.В.', 'З-00001', 45_902.5, 700_001, 'Полувагон', 58_955_428],
  ['Селятино', 'R000001', 'ООО «Авто»', 'Менеджеров М.М.', '=2+2 срочно'],
]
const cells = cellRows.flat()
const latest = new Date('2025-09-20T00:00:00Z')

function parse(...rows: readonly (readonly Cell[])[]) {
  const { columns, noteEnd } = findTerminalHeader([labels])!
  const parser = createTerminalParser({ columns, noteEnd, zone: 'Asia/Vladivostok', sheetKind: 'dispatch', latest })
  const visits = rows.map((row, i) => parser.row(i + 2, row))
  return { parser, visits, warnings: parser.warnings.map(({ row, problem, value }) => [row, problem, value]) }
}

function change(changes: Partial<Record<number, Cell>>): Cell[] {
  return cells.map((cell, i) => (i in changes ? changes[i] : cell))
}

const place = (label: string, after = 0) => labels.indexOf(label, after)

test('reads and types every column', () => {
  const { visits, parser } = parse(cells)
  expect(parser.warningCount()).toBe(0)
  expect(visits[0]).toEqual({
    container: 'MSKU6011672',
    terminal: 'A-Terminal',
    zoneName: 'A · 1-1 · 1',
    inn: '7700000016',
    shortName: 'СЕВЕР ЛОГ',
    client: 'ООО "Север"',
    stock: 'Сток 2',
    customsMode: 'импорт',
    direction: 'Селятино',
    type: '22G1',
    size: '20 DC',
    capacityKg: 28_700,
    tareKg: 3800,
    year: 2006,
    grossClientKg: 26_575,
    grossTerminalKg: 26_608,
    condition: 'Без повреждений',
    cargo: 'Груженый',
    temperature: '-18',
    seals: '1000003, 2000003 3000003',
    arrivedWall: '2025-09-02T09:30:00',
    arrivedAt: new Date('2025-09-01T23:30:00Z'),
    arrivalId: '500001',
    arrivalTransport: 'Автотягач',
    arrivalVehicle: 'А859ВС25',
    arrivalFrom: 'Водителев В.В.',
    order: 'З-00001',
    dispatchedWall: '2025-09-02T12:00:00',
    dispatchedAt: new Date('2025-09-02T02:00:00Z'),
    dispatchId: '700001',
    dispatchTransport: 'Полувагон',
    dispatchVehicle: '58955428',
    dispatchTo: 'Селятино',
    release: 'R000001',
    carrier: 'ООО «Авто»',
    manager: 'Менеджеров М.М.',
    note: '=2+2 срочно',
    sheet: 'dispatch',
    rowNumber: 2,
  })
})

test.each<[Cell, string | undefined]>([
  [500_000_017, '0500000017'],
  ['50 000 004 855', '050000004855'],
  [250_000_004_855, '250000004855'],
  ['0500000017', '0500000017'],
  [12_345, '12345'],
  ['', undefined],
])('gives the tax number %j its lost zero back where that is certain: %s', (cell, inn) => {
  expect(parse(change({ [place('ИНН')]: cell })).visits[0]?.inn).toBe(inn)
})

test.each<[readonly Cell[], string | undefined]>([
  [['до пятницы;', undefined, 'звонить', ' '], 'до пятницы; звонить'],
  [[undefined, 'далее'], 'далее'],
  [[undefined, undefined], undefined],
])('joins the note %j that flows over', (note, text) => {
  expect(parse([...cells.slice(0, -1), ...note]).visits[0]?.note).toBe(text)
})

test('does not take a new named column for the end of the note', () => {
  const { columns, noteEnd } = findTerminalHeader([[...labels, undefined, 'Экспедитор']])!
  const parser = createTerminalParser({ columns, noteEnd, zone: 'Asia/Vladivostok', sheetKind: undefined, latest })
  expect(parser.row(2, [...cells, 'и ещё', 'ООО "Экспедитор"'])?.note).toBe('=2+2 срочно и ещё')
})

test.each(['Прибыл', 'Отправлен'])('refuses a visit whose «%s» is still to come, and counts it', (label) => {
  const inTime = { kind: 'date', wall: '2025-09-20T10:00:00' as WallTime } as const
  const tooLate = { kind: 'date', wall: '2025-09-20T10:00:01' as WallTime } as const
  const { visits, warnings, parser } = parse(change({ [place(label)]: inTime }), change({ [place(label)]: tooLate }))
  expect(visits.map((visit) => visit?.rowNumber)).toEqual([2, undefined])
  expect(warnings).toEqual([[3, 'time_in_future', '2025-09-20T10:00:01']])
  expect([parser.skippedCount(), parser.futureCount()]).toEqual([1, 1])
})

test('keeps a visit known by the Id or by the time of its arrival alone', () => {
  const id = place('Id')
  const { visits, parser } = parse(change({ [place('Прибыл')]: undefined }), change({ [id]: undefined }))
  expect(visits.map((visit) => [visit?.arrivalId, visit?.arrivedWall])).toEqual([
    ['500001', undefined],
    [undefined, '2025-09-02T09:30:00'],
  ])
  expect(parser.warningCount()).toBe(0)
})

test.each<[Partial<Record<number, Cell>>, string, string | undefined]>([
  [{ [place('Контейнер')]: undefined }, 'container_missing', undefined],
  [{ [place('Контейнер')]: 'нет номера' }, 'container_unreadable', 'нет номера'],
  [{ [place('Прибыл')]: '', [place('Id')]: '-' }, 'arrival_missing', undefined],
])('skips the row %j with a warning', (changes, problem, value) => {
  const { visits, warnings, parser } = parse(change(changes))
  expect([visits, warnings, parser.skippedCount()]).toEqual([[undefined], [[2, problem, value]], 1])
})

test.each<[string, string, string]>([
  ['Год изготовления', '26', 'year'],
  ['Тара', '-5', 'tareKg'],
  ['Отправлен', '31.02.2025', 'dispatchedAt'],
])('keeps the row when %s is %j, and warns', (label, cell, field) => {
  const { visits, parser } = parse(change({ [place(label)]: cell }))
  expect(visits[0]).toHaveProperty(field, undefined)
  expect(parser.warnings).toEqual([{ row: 2, column: label, value: cell, problem: 'value_unreadable' }])
})

test('keeps a row with a wrong check digit, and warns', () => {
  const { visits, warnings } = parse(change({ [place('Контейнер')]: 'MSKU6011673' }))
  expect(visits[0]?.container).toBe('MSKU6011673')
  expect(warnings).toEqual([[2, 'container_check_digit', 'MSKU6011673']])
})

test('passes over blank rows and totals in silence', () => {
  const { visits, parser } = parse([], ['Итого', '48'], [undefined, ' '])
  expect([visits, parser.warningCount(), parser.skippedCount()]).toEqual([[undefined, undefined, undefined], 0, 0])
})

test('reads a report of few columns', () => {
  const { columns, noteEnd } = findTerminalHeader([['Терминал', 'Зона', 'Контейнер', 'Прибыл']])!
  const parser = createTerminalParser({ columns, noteEnd, zone: 'Asia/Vladivostok', sheetKind: 'loaded', latest })
  expect(parser.row(2, ['A', 'B', 'MSKU6011672', '02.09.2025 09:30'])).toMatchObject({
    note: undefined,
    inn: undefined,
  })
})

const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom<Cell>(undefined, 'MSKU6011672', '05.09.2025 01:20', 45_902.5, { kind: 'error', code: '#REF!' }),
)

test('no row makes it throw, and every row is a visit, skipped with a warning, or nothing', () => {
  fc.assert(
    fc.property(fc.array(anyCell, { maxLength: 40 }), (row) => {
      const { visits, parser } = parse(row)
      const skipped = parser.skippedCount()
      expect(skipped === 0 || parser.warningCount() > 0).toBe(true)
      expect(visits[0] === undefined || (skipped === 0 && visits[0].container.length === 11)).toBe(true)
    }),
  )
})
