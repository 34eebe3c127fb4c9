import { expect, test } from 'vitest'
import { findRosterHeader, rosterHeading, type RosterField } from './roster-columns.ts'

test.each<[RosterField, string]>([
  ['container', 'Номер контейнера'],
  ['container', '№ контейнера'],
  ['container', 'КОНТЕЙНЕР'],
  ['container', 'Контейнер №'],
  ['container', 'Container No.'],
  ['type', 'Типоразмер'],
  ['type', 'Тип контейнера'],
  ['weightKg', 'Вес, кг'],
  ['weightKg', 'Вес груза (кг)'],
  ['weightKg', 'Брутто'],
  ['wagon', '№ вагона'],
  ['wagon', 'Вагон'],
  ['waybill', 'Номер накладной'],
  ['waybill', 'ЖД накладная'],
  ['destination', 'Ст. назначения'],
  ['destination', 'Станция назн.'],
  ['client', 'Клиент (получатель)'],
])('knows the column %s by the heading %s', (field, label) => {
  const rest = field === 'container' ? ['Груз', 'Тара'] : ['Контейнер', 'Груз']
  expect(findRosterHeader([[...rest, label]])?.columns.get(field)).toBe(2)
})

test.each([
  ['by its heading', ['Клиент', 'Контейнер', 'Тип'], 0],
  ['in column L when no heading names it', ['№', 'Контейнер', 'Тип'], 11],
  ['nowhere when column L holds something else', [...Array<string>(9).fill('х'), 'Контейнер', 'Тип', 'Вес'], undefined],
])('finds the client %s', (_, labels, place) => {
  expect(findRosterHeader([labels])?.columns.get('client')).toBe(place)
})

test('reports unknown and repeated headings', () => {
  expect(findRosterHeader([['Поезд'], ['№', 'Контейнер', 'Контейнер №', 'Груз']])).toMatchObject({
    headerRow: 2,
    unknown: ['№', 'Груз'],
    duplicates: ['Контейнер №'],
  })
})

test.each([
  ['two headings', [['Контейнер', 'Клиент']]],
  ['a dislocation of an unknown layout', [['Номер контейнера', 'Последняя операция', 'Где', 'Когда']]],
  ['a header below the fifteenth row', [...Array.from({ length: 15 }, () => []), ['№', 'Контейнер', 'Тип']]],
  ['an empty sheet', []],
])('%s is no roster', (_, rows) => {
  expect(findRosterHeader(rows)).toBeUndefined()
})

test('names columns in messages', () => {
  expect(rosterHeading('destination')).toBe('Станция назначения')
})
