import { describe, expect, test } from 'vitest'
import { pageOf, pageRow } from './pages.ts'

describe('a page', () => {
  test('beyond the last is the last', () => {
    expect(pageOf([1, 2, 3, 4, 5], 1, 2)).toEqual({ rows: [3, 4], page: 1, pages: 3 })
    expect(pageOf([1, 2, 3, 4, 5], 9, 2)).toEqual({ rows: [5], page: 2, pages: 3 })
    expect(pageOf([], 3, 2)).toEqual({ rows: [], page: 0, pages: 1 })
  })
})

test('buttons lead to the neighbouring pages, where there are any', () => {
  const dataOf = (page: number) => `v1:x:id:${page}`
  const texts = (page: number, pages: number) =>
    pageRow({ page, pages }, dataOf).map((row) => row.map(({ text }) => text))
  expect(texts(0, 1)).toEqual([])
  expect(texts(0, 3)).toEqual([['1/3', '›']])
  expect(texts(1, 3)).toEqual([['‹', '2/3', '›']])
  expect(texts(2, 3)).toEqual([['‹', '3/3']])
  expect(pageRow({ page: 0, pages: 2 }, dataOf)[0]?.[1]).toEqual({ text: '›', callback_data: 'v1:x:id:1' })
})
