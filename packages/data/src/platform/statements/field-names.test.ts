import { expect, test } from 'vitest'
import { renameRows } from './field-names.ts'

test('renames the columns of each row and leaves the values as they are', () => {
  const stored = { is_live: true }
  const rows = [
    { container: 'A', operated_at: 1, station_2: [stored], n: 1 },
    { container: 'B', operated_at: null, station_2: [], n: 2 },
  ]
  expect(renameRows(rows)).toEqual([
    { container: 'A', operatedAt: 1, station2: [stored], n: 1 },
    { container: 'B', operatedAt: null, station2: [], n: 2 },
  ])
})

test.each([[[]], [[{ a: 1 }]]])('passes on %j', (rows) => {
  expect(renameRows(rows)).toEqual(rows)
})
