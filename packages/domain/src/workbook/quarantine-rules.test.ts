import { expect, test } from 'vitest'
import { isWorthTelling } from './quarantine-rules.ts'

test.each([
  ['отчёт.xlsx', 'not_a_workbook', true],
  ['отчёт.pdf', 'not_a_workbook', false],
  ['без имени', 'empty', false],
  ['без имени', 'truncated', true],
])('whether the refusal of %s, %s, is reported to admins: %s', (fileName, reason, isReported) => {
  expect(isWorthTelling({ fileName, reason })).toBe(isReported)
})
