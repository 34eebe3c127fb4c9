import { expect, test } from 'vitest'
import { readDay } from './read-day.ts'

test.for([
  ['12 января', '2026-01-12'],
  ['до 12.01', '2026-01-12'],
  ['12.01.2027', '2027-01-12'],
  ['завтра', '2025-12-01'],
  ['на этой неделе', undefined],
  ['12 января утром', undefined],
  ['31.02', undefined],
] as const)('reads «%s»', ([text, day]) => {
  // A Sunday.
  expect(readDay(text, '2025-11-30')).toBe(day)
})
