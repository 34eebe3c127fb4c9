import { expect, test } from 'vitest'
import type { Cell } from './cell.ts'
import { findLikelyHeader } from './likely-header.ts'

const rows = [
  ['CSQU3054383', 'СЕЛЯТИНО (181102)', 'прибытие', '02.09.2025 06:30'],
  ['MSKU6011672', 'СЕЛЯТИНО (181102)', 'прибытие', '02.09.2025 06:40'],
]

test('finds the header below titles, by its words and by what stands under it', () => {
  const header = ['Конт.', 'Станция опер.', 'Вид операции', 'Время опер.']
  const found = findLikelyHeader([['Сводка'], [], header, ...rows])
  expect(found?.index).toBe(2)
  expect(found?.guesses.map(({ field }) => field)).toEqual(['container', 'operationStation', 'operation', 'operatedAt'])
})

test('finds a header of unknown words as the last row above the values', () => {
  expect(findLikelyHeader([['Сводка за день'], ['Box', 'Where', 'What', 'When'], ...rows])?.index).toBe(1)
})

test('takes neither a title that resembles a heading nor a row of values for the header', () => {
  const titles = [['Сводка по контейнерам'], ['Сформирован: 20.09.2025 08:00 (МСК)']]
  const found = findLikelyHeader([...titles, ['Бокс №', 'Где сейчас', 'Что с ним', 'Когда это было'], ...rows])
  expect(found?.index).toBe(2)
  expect(found?.guesses.map(({ field }) => field)).toEqual(['container', 'operationStation', 'operation', 'operatedAt'])
})

test('of a table without a header says what its columns hold all the same', () => {
  expect(findLikelyHeader(rows)?.guesses.map(({ field }) => field)).toContain('container')
})

test('finds none where nothing resembles a report', () => {
  expect(findLikelyHeader([['Меню'], ['Борщ', '150']])).toBeUndefined()
  expect(findLikelyHeader([])).toBeUndefined()
})

test('judges each cell once, however many sheets and columns there are', () => {
  let looks = 0
  const width = 150
  const counted = (cells: readonly Cell[]) =>
    new Proxy(cells, {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1
        return Reflect.get(target, key, receiver) as unknown
      },
    })
  const sheet = Array.from({ length: 20 }, (_, row) =>
    counted(Array.from({ length: width }, (_, column) => `Текст ${row * column}`)),
  )
  findLikelyHeader(sheet)
  // Once to cut the row, once as a header and once as a value.
  expect(looks).toBeLessThanOrEqual(20 * width * 3)
})
