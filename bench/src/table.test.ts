import { expect, test } from 'vitest'
import { formatNumber, formatTable } from './table.ts'

test('sets the figures below each other, with the ratio to the floor where there is one', () => {
  const table = formatTable([
    { name: 'import 5,000 rows: first', value: 1.5, unit: 's', floor: 0.5 },
    { name: 'rows', value: 50_000, unit: 'rows/s' },
  ])
  expect(table.split('\n')).toEqual([
    'figure                     value  unit    floor   ratio',
    '------------------------  ------  ------  -----  ------',
    'import 5,000 rows: first    1.50  s        0.50  3.00 x',
    'rows                      50,000  rows/s',
  ])
})

test('shows no ratio to a floor of zero', () => {
  expect(formatTable([{ name: 'a', value: 1, unit: 's', floor: 0 }])).not.toContain('x')
})

test.each([
  { value: 0, text: '0' },
  { value: 0.1234, text: '0.12' },
  { value: 12.345, text: '12.3' },
  { value: 123.45, text: '123' },
  { value: 1234.5, text: '1,235' },
])('writes $value as $text', ({ value, text }) => {
  expect(formatNumber(value)).toBe(text)
})
