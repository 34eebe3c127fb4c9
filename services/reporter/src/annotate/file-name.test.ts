import type { WallTime } from '@atermtrack/domain'
import { expect, test } from 'vitest'
import { annotatedFileName } from './file-name.ts'

const wall = '2026-11-22T09:00:00' as WallTime

test.each([
  ['Мои контейнеры.xlsx', true, 'Мои контейнеры + статусы 2026-11-22.xlsx'],
  ['Макросы.XLSM', true, 'Макросы + статусы 2026-11-22.XLSM'],
  ['Старый.xls', false, 'Старый + статусы 2026-11-22.xlsx'],
  ['Макросы.xlsm', false, 'Макросы + статусы 2026-11-22.xlsx'],
  ['План + статусы 2026-11-21.xlsx', true, 'План + статусы 2026-11-22.xlsx'],
  ['Plan + statuses 2026-11-20 + статусы 2026-11-21.xlsx', true, 'Plan + статусы 2026-11-22.xlsx'],
  ['с:\\путь/к?.xlsx', true, 'с путь к + статусы 2026-11-22.xlsx'],
  ['без расширения', false, 'без расширения + статусы 2026-11-22.xlsx'],
  [`${'д'.repeat(200)}.xlsx`, true, `${'д'.repeat(74)} + статусы 2026-11-22.xlsx`],
])('%s comes back as %s', (name, isKept, expected) => {
  expect(annotatedFileName(name, { language: 'ru', wall, isKept })).toBe(expected)
})
