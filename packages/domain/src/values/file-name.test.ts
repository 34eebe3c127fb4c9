import { expect, test } from 'vitest'
import { readableFileName } from './file-name.ts'

test.each([
  ['отчёт.xlsx', 'отчёт.xlsx'],
  [String.raw`C:\Temp\..\отчёт.xlsx`, 'отчёт.xlsx'],
  ['../../etc/passwd', 'passwd'],
  ['a\u0000b\u202Ec\uD800.csv', 'abc.csv'],
  ['a\r\n b.csv', 'a b.csv'],
  [`${'я'.repeat(300)}.csv`, 'я'.repeat(200)],
  [`${'я'.repeat(199)}😀.csv`, 'я'.repeat(199)],
  ['dir/', undefined],
  ['', undefined],
  [undefined, undefined],
])('%j is shown as %j', (name, shown) => {
  expect(readableFileName(name)).toBe(shown)
})
