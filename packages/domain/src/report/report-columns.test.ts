import { expect, test } from 'vitest'
import { columnsOf, usualColumns } from './report-columns.ts'
import { summaryOf } from './report-summary.ts'

test('who has chosen no columns gets the usual ones, once more for names that nobody knows', () => {
  for (const chosen of [undefined, null, [], ['colour']]) expect(columnsOf(chosen)).toEqual(usualColumns)
})

test('own columns come in their order, each once, behind the container', () => {
  expect(columnsOf(['kmLeft', 'container', 'colour', 'asOf', 'kmLeft'])).toEqual(['container', 'kmLeft', 'asOf'])
})

test('a summary counts by status, by train and by day', () => {
  const row = { status: 'en_route', train: 'К26-101', arrivalDay: '2026-11-25', hasArrived: false }
  const rows = [
    row,
    { ...row, status: 'at_destination', hasArrived: true },
    { ...row, train: 'К26-002', arrivalDay: '2026-11-24' },
    { ...row, train: undefined, arrivalDay: undefined },
  ]
  expect(summaryOf(rows)).toEqual({
    byStatus: [
      ['en_route', 3],
      ['at_destination', 1],
    ],
    byTrain: [
      { train: 'К26-002', count: 1, byStatus: [['en_route', 1]] },
      {
        train: 'К26-101',
        count: 2,
        byStatus: [
          ['at_destination', 1],
          ['en_route', 1],
        ],
      },
    ],
    arrivals: [
      { day: '2026-11-24', arrived: 0, expected: 1 },
      { day: '2026-11-25', arrived: 1, expected: 1 },
    ],
  })
})
