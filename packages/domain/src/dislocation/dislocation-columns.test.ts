import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cell } from '../cells/cell.ts'
import { findDislocationHeader } from './dislocation-columns.ts'

const fortyFive =
  `Номер контейнера · Номер накладной · Тип контейнера · Дата и время начала рейса · Государство отправления ·
 Станция отправления · Дорога отправления · Дата и время окончания рейса · Страна назначения · Дорога назначения ·
 Станция назначения · Грузоотправитель (ТГНЛ) · Грузоотправитель · Грузоотправитель (ОКПО) · Грузоотправитель (наим) ·
 Грузополучатель (ТГНЛ) · Грузополучатель · Грузополучатель (ОКПО) · Грузополучатель (наим) · Наименование груза ·
 Код груза ГНГ · Вес груза (кг) · Станция операции · Операция · Дорога операции · Мнемокод операции ·
 Дата и время операции · Состояние контейнера · Индекс поезда с наименованиями станций · Номер поезда · Номер вагона ·
 Количество пломб · Государство приема · Государство сдачи · Дорога приема · Дорога сдачи · Нормативный срок доставки ·
 Расстояние общее · Расстояние пройденное · Расстояние оставшееся ·
 Время простоя под последней операцией (сутки:часы:минуты) · Время простоя под последней операцией (сутки) ·
 Идентификатор отправки · Идентификатор накладной · Признак груж. рейса`.split('·')
const ten = [
  'Номер контейнера',
  'Станция отправления',
  'Станция назначения',
  'Станция операции',
  'Операция',
  'Дата и время операции',
  'Номер накладной',
  'Расстояние оставшееся',
  'Номер вагона',
  'Дорога операции',
]
const titles: Cell[][] = [['Отчёт слежения TrackerBot № 103'], ['Сформирован: 02.09.2025 08:00 (МСК)'], []]

test('knows all 45 headings, with BOM, blanks and in any case', () => {
  const spoilt = fortyFive.map((label, i) => (i % 2 ? `\ufeff ${label.toUpperCase()}\u00a0` : label))
  const header = findDislocationHeader([...titles, spoilt])!
  expect(header).toMatchObject({ headerRow: 4, missing: [], unknown: [], duplicates: [] })
  expect([...header.columns.values()]).toEqual(fortyFive.map((_, i) => i))
})

test('finds every column of a shuffled header', () => {
  const shuffled = fc.shuffledSubarray(fortyFive, { minLength: fortyFive.length })
  fc.assert(
    fc.property(shuffled, (labels) => {
      const { columns, missing } = findDislocationHeader([labels])!
      expect([columns.size, missing]).toEqual([45, []])
      expect(labels[columns.get('operatedAt')!]?.trim()).toBe('Дата и время операции')
    }),
  )
})

test('knows the ten columns of the old shape', () => {
  expect(findDislocationHeader([ten])).toMatchObject({ headerRow: 1, missing: [], unknown: [] })
})

test('reports what is missing, unknown or there twice, and takes the first of two', () => {
  const header = findDislocationHeader([
    ['№', undefined, ...ten.filter((label) => label !== 'Операция'), 'Номер вагона', 'Прогноз'],
  ])
  expect(header).toMatchObject({ missing: ['Операция'], unknown: ['№', 'Прогноз'], duplicates: ['Номер вагона'] })
  expect(header?.columns.get('wagon')).toBe(9)
})

test('reads no weights that are plainly not kilograms', () => {
  const weights = (...values: Cell[]) =>
    findDislocationHeader([[...ten, 'Вес груза'], ...values.map((value) => [...ten.map(() => undefined), value])])
  expect(weights(12.5, '24,1')).toMatchObject({ unknown: ['Вес груза'] })
  expect(weights(12.5, '24,1')?.columns.has('weightKg')).toBe(false)
  expect(weights(0, 24_100)?.columns.get('weightKg')).toBe(10)
  expect(weights()?.columns.get('weightKg')).toBe(10)
})

test('recognises a report without the container column, in order to say so', () => {
  expect(findDislocationHeader([ten.slice(1)])?.missing).toEqual(['Номер контейнера'])
})

test.each<[string, Cell[][]]>([
  ['an empty sheet', []],
  ['a list of goods', [['Товар', 'Кол-во']]],
  ['a roster', [['№', '№ контейнера', 'Тип', 'Вес', 'Вагон', 'Накладная', 'Станция назначения', 'Груз', 'Клиент']]],
  ['three headings of the operation alone', [['Номер контейнера', 'Операция', 'Станция операции']]],
  ['a header below the fifteenth row', [...Array.from({ length: 15 }, () => []), ten]],
])('%s is no dislocation report', (_, rows) => {
  expect(findDislocationHeader(rows)).toBeUndefined()
})
