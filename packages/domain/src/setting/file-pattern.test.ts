import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitsPattern } from './file-pattern.ts'

test.each([
  ['*', 'anything.xlsx', true],
  ['*', '', true],
  ['*.xlsx', 'Дислокация.XLSX', true],
  ['*.xlsx', 'report.xlsx.exe', false],
  ['дислокация*', 'Дислокация 02.09.xls', true],
  ['дислокация*', 'Моя дислокация.xls', false],
  ['*дислокац*.xls?', 'Моя дислокация.xlsx', true],
  ['report-??.csv', 'report-07.csv', true],
  ['report-??.csv', 'report-7.csv', false],
  ['a*b*c', 'aXbXbXc', true],
  ['a*b*c', 'aXbXcX', false],
  ['(report)[1].xlsx', '(report)[1].xlsx', true],
  ['й.xls', 'й.xls'.normalize('NFD'), true],
])('%s and %s: %s', (pattern, name, fits) => {
  expect(fitsPattern(pattern, name)).toBe(fits)
})

test('a pattern of stars is no trap', () => {
  expect(fitsPattern(`${'*a'.repeat(200)}b`, 'a'.repeat(2_000))).toBe(false)
})

test('a name fits itself, and any pattern with a part of it replaced by a star', () => {
  const plain = fc.string().filter((text) => !/[*?]/.test(text))
  fc.assert(
    fc.property(plain, plain, plain, (before, part, after) => {
      expect(fitsPattern(before + part + after, before + part + after)).toBe(true)
      expect(fitsPattern(`${before}*${after}`, before + part + after)).toBe(true)
    }),
  )
})
