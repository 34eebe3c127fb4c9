import { expect, test } from 'vitest'
import { claimsToWarnOf, monthRange, registerMonthDue } from './register-schedule.ts'

const zone = 'Asia/Vladivostok'
const day = (count: number) => new Date(Date.UTC(2026, 10, 1) + count * 86_400_000)

test.for([
  // 08:59 and 09:00 of 1 November in Vladivostok.
  ['2026-10-31T22:59:00Z', '2026-09-01', undefined],
  ['2026-10-31T23:00:00Z', '2026-09-01', '2026-10-01'],
  ['2026-10-31T23:00:00Z', '2026-10-01', undefined],
  ['2026-11-20T10:00:00Z', '2026-09-01', '2026-10-01'],
  ['2027-01-01T10:00:00Z', '2026-11-01', '2026-12-01'],
] as const)('at %s, after %s, the register of %s is due', ([now, sentMonth, month]) => {
  expect(registerMonthDue({ now: new Date(now), zone, sentMonth })).toBe(month)
})

test('a month begins and ends at midnight of its zone', () => {
  expect(monthRange('2026-10-01', '2026-11-01', 'Europe/Moscow')).toEqual({
    from: new Date('2026-09-30T21:00:00Z'),
    until: new Date('2026-10-31T21:00:00Z'),
  })
})

test('each end of a period is warned of once, a week before it or earlier, once a week at most', () => {
  const warnings: { from: Date; until: Date }[] = []
  let warnedUntil: Date | undefined
  for (let n = 0; n < 60; n += 1) {
    const range = claimsToWarnOf({ now: day(n), warnedUntil })
    if (!range) continue
    warnings.push({ ...range })
    warnedUntil = range.until
  }
  expect(warnings.length).toBe(9)
  expect(warnings.every(({ from, until }) => until > from)).toBe(true)
  expect(warnings.slice(1).map(({ from }) => from)).toEqual(warnings.slice(0, -1).map(({ until }) => until))
})
