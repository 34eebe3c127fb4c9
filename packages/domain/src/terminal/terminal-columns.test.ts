import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cell } from '../cells/cell.ts'
import { findTerminalHeader, terminalSheetKind } from './terminal-columns.ts'
import { terminalHeading } from './terminal-fields.ts'

const transport = ['Id', 'Транспорт', 'Номер вагона | Номер тягача', 'Станция | Водитель']
const beforeArrival =
  `№ · Терминал · Зона · Контейнер · ИНН · Краткое наименование · Клиент · Сток · Таможенный режим · Направление · Тип ·
 Размер · Грузоподъёмность · Тара · Год изготовления · Брутто клиента · Брутто терминала · Состояние · Груз ·
 Температура · Пломбы`.split(/\s*·\s*/)
const afterDispatch = ['Релиз', 'Перевозчик', 'Менеджер', 'Примечание']
const all = [...beforeArrival, 'Прибыл', ...transport, 'Номер заказа', 'Отправлен', ...transport, ...afterDispatch]

test('knows all 36 headings, with BOM, blanks and in any case', () => {
  const spoilt = all.map((label, i) => (i % 2 ? `\ufeff ${label.toUpperCase()}\u00a0` : label))
  const header = findTerminalHeader([['Выгрузка'], [], spoilt])!
  expect(header).toMatchObject({ headerRow: 3, missing: [], unknown: ['№'], duplicates: [], noteEnd: undefined })
  expect([...header.columns.values()]).toEqual(all.map((_, i) => i).slice(1))
})

test('finds every column of the dump, where the arrival is called Принят', () => {
  const header = findTerminalHeader([all.map((label) => label.replace('Прибыл', 'Принят'))])
  expect([header?.columns.get('arrivedAt'), header?.columns.size]).toEqual([21, 35])
})

test('takes the four repeated headings for those of the nearest moment on their left, in whatever order the rest is', () => {
  const arrival = ['Прибыл', ...transport]
  const dispatch = ['Отправлен', ...transport]
  const blocks = [...beforeArrival, 'Номер заказа', ...afterDispatch].map((label) => [label])
  const shuffled = fc.shuffledSubarray([...blocks, arrival, dispatch], { minLength: blocks.length + 2 })
  fc.assert(
    fc.property(shuffled, (order) => {
      const { columns } = findTerminalHeader([order.flat()])!
      expect(columns.size).toBe(35)
      expect(columns.get('arrivalFrom')).toBe(columns.get('arrivedAt')! + 4)
      expect(columns.get('dispatchVehicle')).toBe(columns.get('dispatchedAt')! + 3)
    }),
  )
})

test('reports a repeated heading that stands before both moments or for the third time', () => {
  const header = findTerminalHeader([
    ['Id', 'Терминал', 'Зона', 'Контейнер', 'Сток', 'Прибыл', 'Id', 'Транспорт', 'Id'],
  ])
  expect(header).toMatchObject({ unknown: ['Id'], duplicates: ['Id'] })
  expect([header?.columns.get('arrivalId'), header?.columns.has('dispatchId')]).toEqual([6, false])
})

test.each<[string, Cell[], number | undefined]>([
  ['ends before a named column', [...all, undefined, '', 'Экспедитор'], 38],
  ['goes on to the end of the row', [...all, undefined], undefined],
  ['is absent', all.slice(0, -1), undefined],
])('the note %s', (_, labels, end) => {
  expect(findTerminalHeader([labels])?.noteEnd).toBe(end)
})

test('says which required column is missing', () => {
  expect(findTerminalHeader([all.filter((label) => label !== 'Контейнер')])?.missing).toEqual(['Контейнер'])
  expect(findTerminalHeader([all.filter((label) => label !== 'Прибыл')])?.missing).toEqual(['Прибыл'])
})

test.each<[string, Cell[][]]>([
  ['an empty sheet', []],
  ['a roster', [['№', '№ контейнера', 'Тип', 'Вес', 'Груз', 'Тара', 'Направление', 'Клиент']]],
  ['a header below the fifteenth row', [...Array.from({ length: 15 }, () => []), all]],
])('%s is no terminal report', (_, rows) => {
  expect(findTerminalHeader(rows)).toBeUndefined()
})

test.each([
  ['Arrival (48 - 93 TEU)', 'arrival'],
  [' DISPATCH', 'dispatch'],
  ['Empty(0 - 0 TEU)', 'empty'],
  ['Damaged 3', 'damaged'],
  ['Loaded (1)', 'loaded'],
  ['customs', 'customs'],
  ['Containers (11456 - 20686 TEU)', 'containers'],
  ['Emptying', undefined],
  ['Лист1', undefined],
  ['', undefined],
])('the sheet %j lists %s', (name, kind) => {
  expect(terminalSheetKind(name)).toBe(kind)
})

test('names the two columns of one heading apart', () => {
  expect([terminalHeading('arrivalId'), terminalHeading('dispatchId')]).toEqual(['Id (прибытие)', 'Id (отправление)'])
})
