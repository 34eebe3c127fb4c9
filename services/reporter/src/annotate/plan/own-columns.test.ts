import type { Cell, WallTime } from '@atermtrack/domain'
import { describe, expect, test } from 'vitest'
import { ownSets } from './make-plan.ts'
import { createOwnSearch } from './own-columns.ts'

const sets = ownSets({ zone: 'Europe/Moscow', now: new Date('2026-11-22T06:00:00Z') })
const headings = sets[0]!.map(({ header }) => header)
const former = sets[2]!.map(({ header }) => header)
const english = sets[1]!.map(({ header }) => header)
const time: Cell = { kind: 'date', wall: '2026-11-22T08:00:00' as WallTime }
const day: Cell = { kind: 'date', wall: '2026-11-25T00:00:00' as WallTime }
const moving: readonly Cell[] = [
  'в пути',
  'ЧИТА',
  'ЗАБ',
  'ОТПР',
  time,
  'Селятино',
  2.5,
  1250,
  day,
  undefined,
  day,
  'опаздывает на 2 сут',
  '2731',
  '52275476',
  undefined,
  time,
]
/** As releases before the column of destinations wrote it, those before the columns of the norm, and before that of arrivals. */
const last = moving.toSpliced(5, 1)
const later = last.toSpliced(9, 2)
const earlier = last.toSpliced(8, 3)
const lost: readonly Cell[] = ['не найден; возможно, MSKU6011672']

/** Where the columns are found below some headings, as `column:which`. */
function find(rows: readonly (readonly Cell[])[], head?: readonly Cell[]): string | undefined {
  const search = createOwnSearch(sets)
  for (const row of rows) search.numbered(row)
  return search
    .end(head)
    ?.map(({ column, index }) => `${column}:${index}`)
    .join(' ')
}

const all = (first: number) => headings.map((_, index) => `${first + index}:${index}`).join(' ')

describe('columns of an earlier annotation are found by their headings', () => {
  test.each([
    ['all of them', ['Контейнер', ...headings], all(1)],
    ['in another language', ['Контейнер', 'Клиент', ...english], all(2)],
    ['with the headings of releases before', ['Контейнер', ...former], all(1)],
    ['beside columns of the same name', ['Контейнер', 'Состояние', 'Станция', ...headings], all(3)],
    ['numbered by Excel', ['Контейнер', ...headings.map((heading) => `${heading}2`)], all(1)],
    [
      'without those that were taken out',
      ['Контейнер', ...headings.filter((_, n) => ![2, 12].includes(n))],
      '1:0 2:1 3:3 4:4 5:5 6:6 7:7 8:8 9:9 10:10 11:11 12:13 13:14 14:15',
    ],
    [
      'without the first',
      ['Контейнер', ...headings.slice(1)],
      headings
        .slice(1)
        .map((_, n) => `${n + 1}:${n + 1}`)
        .join(' '),
    ],
    [
      'with a column of theirs among them',
      ['Контейнер', ...headings.toSpliced(9, 0, 'Примечание')],
      '1:0 2:1 3:2 4:3 5:4 6:5 7:6 8:7 9:8 11:9 12:10 13:11 14:12 15:13 16:14 17:15',
    ],
  ])('%s', (_, head, places) => {
    expect(find([['MSKU6011672']], head)).toBe(places)
  })

  test('the states stay our column behind an added column: their values identify them', () => {
    const head = ['Контейнер', headings[0], 'Примечание', ...headings.slice(1)]
    expect(find([['MSKU6011672', 'в пути', 'звонить', ...moving.slice(1)]], head)).toBe(
      '1:0 3:1 4:2 5:3 6:4 7:5 8:6 9:7 10:8 11:9 12:10 13:11 14:12 15:13 16:14 17:15',
    )
  })

  test.each([
    [
      'a few columns of their own',
      ['Контейнер', 'Состояние', 'Станция', 'Дорога', 'Операция', 'Вагон'],
      ['MSKU6011672', 'заказан', 'ЧИТА'],
    ],
    ['a forecast of their own', ['Контейнер', 'Станция', 'Прогноз прибытия', 'Поезд'], ['MSKU6011672', 'ЧИТА', day]],
    [
      'states that they write by hand',
      ['Контейнер', 'Состояние', 'Станция', 'Осталось, км', 'Прогноз прибытия'],
      ['MSKU6011672', 'в пути', 'ЧИТА', 1250, day],
    ],
    ['nothing of the kind', ['Контейнер', 'Цена'], ['MSKU6011672', 5]],
  ])('but not in %s', (_, head, row) => {
    expect(find([row], head)).toBeUndefined()
  })
})

describe('where there are no headings, columns are found by their values', () => {
  test('whatever the order of the rows, with new ones among them', () => {
    const rows = [['CSQU3054383', 'б', ...lost], ['TKRU8864591'], ['MSKU6011672', 'а', ...moving], ['MSKU6011672']]
    expect(find(rows)).toBe(all(2))
  })

  test('as an earlier release wrote them, whatever stands beside them', () => {
    const places = '1:0 2:1 3:2 4:3 5:4 6:6 7:7 8:8 9:12 10:13 11:14 12:15'
    expect(find([['MSKU6011672', ...earlier, 'звонить']])).toBe(places)
    const withoutTrain = earlier.toSpliced(8, 1, undefined)
    expect(find([['MSKU6011672', ...withoutTrain]])).toBe(places)
    expect(find([['MSKU6011672', ...moving.toSpliced(12, 1, undefined)]])).toBe(all(1))
    const withoutDestination = '1:0 2:1 3:2 4:3 5:4 6:6 7:7 8:8 9:9 10:10 11:11 12:12 13:13 14:14 15:15'
    expect(find([['MSKU6011672', ...last, 'звонить']])).toBe(withoutDestination)
    const withoutNorm = '1:0 2:1 3:2 4:3 5:4 6:6 7:7 8:8 9:9 10:12 11:13 12:14 13:15'
    expect(find([['MSKU6011672', ...later, 'звонить', 'а']])).toBe(withoutNorm)
    expect(find([['MSKU6011672', ...later.toSpliced(9, 1, undefined)]])).toBe(withoutNorm)
  })

  test('with a note behind the status', () => {
    const state = 'пропал из отчёта: нет в отчёте от 22.11.2026 08:00, последний раз 21.11.2026 08:00 (МСК)'
    expect(find([['MSKU6011672', state, ...moving.slice(1)]])).toBe(all(1))
  })

  test('with times as a text, as CSV has them', () => {
    const texts = moving.map((cell) => (typeof cell === 'object' ? '22.11.2026 08:00' : cell))
    expect(find([['MSKU6011672', ...texts]])).toBe(all(1))
  })

  test('though nothing is known about any number', () => {
    expect(find([['CSQU3054383', ...lost]])).toBe(all(1))
  })

  test('though somebody has given them other headings', () => {
    expect(find([['MSKU6011672', ...moving]], ['Контейнер', 'Где', 'Что'])).toBe(all(1))
  })

  test.each([
    [
      'states of their own with other things beside them',
      ['MSKU6011672', 'в пути', 'Ромашка', '15 т', 'звонить', 'да'],
    ],
    ['states without the time that we write', ['MSKU6011672', 'в пути', 'ЧИТА']],
    ['a remark among the states', ['MSKU6011672', 'позвонить', ...moving.slice(1)]],
    ['something beside a number that was not found', ['MSKU6011672', 'не найден', 'Ромашка']],
  ])('but not %s', (_, row) => {
    expect(find([['CSQU3054383', ...moving], row])).toBeUndefined()
    expect(find([row])).toBeUndefined()
  })
})
