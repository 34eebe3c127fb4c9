import { expect, test } from 'vitest'
import { needsNotice } from './quarantine-rules.ts'

test.each([
  ['отчёт.xlsx', 'not_a_workbook', true],
  ['отчёт.pdf', 'not_a_workbook', false],
  ['без имени', 'empty', false],
  ['без имени', 'truncated', true],
])('whether the refusal of %s, %s, is reported to admins: %s', (fileName, reason, isReported) => {
  expect(needsNotice({ fileName, reason })).toBe(isReported)
})
