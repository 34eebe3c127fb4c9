import { expect, test } from 'vitest'
import { isBuiltinDateFormat, isDateFormat } from './number-format.ts'

test.each([
  'dd.mm.yyyy',
  'DD.MM.YYYY HH:MM',
  '[$-419]d mmm yyyy;@',
  '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy',
  'yyyy"г."',
  'h:mm AM/PM',
  '[Red]m/d/yy',
  'mm:ss.0',
  '\\[d\\]',
])('sees a date in %s', (code) => {
  expect(isDateFormat(code)).toBe(true)
})

test.each([
  'General',
  '0.00',
  '#,##0 "days"',
  '#,##0\\ \\d',
  '[Red]-0;[Black]0',
  '[$USD-409] 0.00',
  '0.00E+00',
  '@',
  '_-* #,##0.00_d_-',
  '[h]:mm',
  '[hh]:mm:ss',
  '[mm]:ss',
  '[ss]',
  '"dd',
  '[dd',
  '',
  `${'['.repeat(100_000)}d`,
])('sees no date in %.40s', (code) => {
  expect(isDateFormat(code)).toBe(false)
})

test('knows the built-in dates', () => {
  const dates = Array.from({ length: 100 }, (_, id) => id).filter(isBuiltinDateFormat)
  expect(dates).toEqual([
    14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 47, 50, 51, 52, 53, 54, 55, 56, 57,
    58,
  ])
})
