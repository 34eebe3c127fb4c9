import { describe, expect, test } from 'vitest'
import { namedPeriod, periodNames, readPeriod } from './period.ts'

const today = '2026-03-01'
const period = (from: string, until = from) => ({ kind: 'period', period: { from, until } })

test('a button names days that are over, or today', () => {
  const days = periodNames.map((name) => {
    const { from, until } = namedPeriod(name, today)
    return [name, from, until]
  })
  expect(days).toEqual([
    ['today', '2026-03-01', '2026-03-01'],
    ['yesterday', '2026-02-28', '2026-02-28'],
    ['week', '2026-02-23', '2026-03-01'],
    ['month', '2026-01-31', '2026-03-01'],
    ['this_month', '2026-03-01', '2026-03-01'],
    ['last_month', '2026-02-01', '2026-02-28'],
    ['all', undefined, undefined],
  ])
})

describe('typed dates', () => {
  test.each([
    ['01.11.2025 – 15.11.2025', period('2025-11-01', '2025-11-15')],
    ['01.11.2025-15.11.2025', period('2025-11-01', '2025-11-15')],
    ['1.11.25 - 15.11.25', period('2025-11-01', '2025-11-15')],
    ['с 01.02 по 15.02', period('2026-02-01', '2026-02-15')],
    ['from 2025-12-30 to 2026-01-02', period('2025-12-30', '2026-01-02')],
    ['2026-02-01..2026-02-03', period('2026-02-01', '2026-02-03')],
    ['28.02.2026', period('2026-02-28')],
    // Without a year it is the newest that is not ahead.
    ['31.12', period('2025-12-31')],
    ['01.03', period('2026-03-01')],
    ['12.2025', period('2025-12-01', '2025-12-31')],
    ['02.2024 – 03.2024', period('2024-02-01', '2024-03-31')],
  ])('%s is read', (text, expected) => {
    expect(readPeriod(text, today)).toEqual(expected)
  })

  test.each([
    ['вчера', { kind: 'unreadable', what: 'вчера' }],
    ['', { kind: 'unreadable', what: '' }],
    ['01.02.2026 – завтра', { kind: 'unreadable', what: 'завтра' }],
    ['01.02.2026 – 02.02.2026 – 03.02.2026', { kind: 'unreadable', what: '01.02.2026 – 02.02.2026 – 03.02.2026' }],
    ['30.02.2026', { kind: 'no_such_day', what: '30.02.2026' }],
    ['13.2025', { kind: 'no_such_day', what: '13.2025' }],
    ['15.02.2026 – 01.02.2026', { kind: 'reversed', from: '2026-02-15', until: '2026-02-01' }],
    ['02.03.2026', { kind: 'future', from: '2026-03-02' }],
  ])('%s is refused, and the answer says why', (text, expected) => {
    expect(readPeriod(text, today)).toEqual(expected)
  })
})
