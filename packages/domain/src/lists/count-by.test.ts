import { expect, test } from 'vitest'
import { countBy } from './count-by.ts'

const letters = ['в', 'б', 'а', 'б', 'а', 'г']

test('counts the most frequent first, equals as they come', () => {
  expect(countBy(letters, (letter) => letter)).toEqual([
    ['б', 2],
    ['а', 2],
    ['в', 1],
    ['г', 1],
  ])
})

test('puts equals in an order', () => {
  const counts = countBy(
    letters,
    (letter) => letter,
    (one, other) => one.localeCompare(other, 'ru'),
  )
  expect(counts.map(([letter]) => letter)).toEqual(['а', 'б', 'в', 'г'])
})
