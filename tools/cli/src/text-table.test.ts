import { expect, test } from 'vitest'
import { textTable } from './text-table.ts'

test('columns are aligned and cells stay on one line', () => {
  const rows = [
    [1, 'a\nb', new Date('2026-03-01T10:20:30Z')],
    [20, null, undefined],
  ]
  expect(textTable(['id', 'name', 'at'], rows)).toBe('id  name  at\n1   a b   2026-03-01 10:20\n20')
})

test('an empty table shows (none)', () => {
  expect(textTable(['id'], [])).toBe('(none)')
})
