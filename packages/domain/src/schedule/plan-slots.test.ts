import { describe, expect, test } from 'vitest'
import { nextDueAt, planSlots } from './plan-slots.ts'
import type { Slot } from './schedule.ts'

const vladivostok = {
  slots: ['09:00', '16:00'] as Slot[],
  zone: 'Asia/Vladivostok',
  dueAt: new Date('2026-11-21T23:00:00Z'),
}
const berlin = { slots: ['02:30'] as Slot[], zone: 'Europe/Berlin' }

function planned(schedule: Parameters<typeof planSlots>[0]) {
  const { reports, nextDueAt: next } = planSlots(schedule)
  return {
    reports: reports.map(({ localDate, slot, outcome, isLate }) => [localDate, slot, outcome, isLate]),
    next: next?.toISOString(),
  }
}

describe('a planned moment', () => {
  test('goes out, and the next is due later that day', () => {
    expect(planned({ ...vladivostok, now: new Date('2026-11-21T23:00:30Z') })).toEqual({
      reports: [['2026-11-22', '09:00', 'due', false]],
      next: '2026-11-22T06:00:00.000Z',
    })
  })

  test('goes out late after a downtime, once', () => {
    expect(planned({ ...vladivostok, now: new Date('2026-11-23T00:00:00Z') }).reports).toEqual([
      ['2026-11-22', '09:00', 'missed', true],
      ['2026-11-22', '16:00', 'missed', true],
      ['2026-11-23', '09:00', 'due', true],
    ])
  })

  test.for([
    ['2026-11-22T02:29:59Z', 'due'],
    // From 09:00 to 12:31 it is longer than from there to 16:00.
    ['2026-11-22T02:31:00Z', 'missed'],
  ] as const)('at %s is %s: a missed one yields to a next one that is nearer', ([now, outcome]) => {
    expect(planned({ ...vladivostok, now: new Date(now) }).reports).toEqual([['2026-11-22', '09:00', outcome, true]])
  })

  test('is not lost when slots follow each other closely and nothing was down', () => {
    const close = { ...vladivostok, slots: ['09:00', '09:01'] as Slot[], now: new Date('2026-11-21T23:00:40Z') }
    expect(planned(close).reports).toEqual([['2026-11-22', '09:00', 'due', false]])
  })

  test('comes on its days of the week only', () => {
    // 22 November 2026 is a Sunday.
    const working = { ...vladivostok, weekdays: [1, 2, 3, 4, 5] }
    expect(planned({ ...working, now: new Date('2026-11-21T23:00:30Z') })).toEqual({
      reports: [],
      next: '2026-11-22T23:00:00.000Z',
    })
    const mondays = { ...vladivostok, weekdays: [1], now: new Date('2026-11-24T00:00:00Z') }
    expect(planSlots(mondays).nextDueAt).toEqual(new Date('2026-11-29T23:00:00Z'))
  })

  test('that spring skips comes by the gap later, once', () => {
    const spring = { ...berlin, dueAt: new Date('2026-03-29T01:30:00Z'), now: new Date('2026-03-29T01:30:10Z') }
    expect(planned(spring)).toEqual({
      reports: [['2026-03-29', '02:30', 'due', false]],
      next: '2026-03-30T00:30:00.000Z',
    })
  })

  test('that autumn repeats comes once', () => {
    const autumn = { ...berlin, dueAt: new Date('2026-10-25T00:30:00Z'), now: new Date('2026-10-25T01:31:00Z') }
    expect(planned(autumn)).toEqual({
      reports: [['2026-10-25', '02:30', 'due', true]],
      next: '2026-10-26T01:30:00.000Z',
    })
  })

  test('does not come again when the clock jumps back', () => {
    const first = planSlots({ ...vladivostok, now: new Date('2026-11-21T23:00:30Z') })
    const back = { ...vladivostok, dueAt: first.nextDueAt!, now: new Date('2026-11-21T22:30:00Z') }
    expect(planSlots(back).reports).toEqual([])
  })

  test('is the newest one when the clock jumps ahead by days', () => {
    const { reports } = planSlots({ ...vladivostok, now: new Date('2026-11-25T23:10:00Z') })
    expect(reports.filter(({ outcome }) => outcome === 'due')).toMatchObject([
      { localDate: '2026-11-26', slot: '09:00' },
    ])
    expect(reports).toHaveLength(9)
  })

  test('has the same name in another zone, so that a move to the west sends it no second time', () => {
    const moved = { ...vladivostok, zone: 'Europe/Moscow', now: new Date('2026-11-22T06:00:10Z') }
    expect(planned(moved).reports).toEqual([['2026-11-22', '09:00', 'due', false]])
  })
})

describe('a schedule is due', () => {
  const now = new Date('2026-11-21T23:00:30Z')

  test('at its next slot, or at the first from the end of a pause on', () => {
    expect(nextDueAt({ ...vladivostok, now })).toEqual(new Date('2026-11-22T06:00:00Z'))
    const ends = { ...vladivostok, now, pausedUntil: new Date('2026-11-30T23:00:00Z') }
    expect(nextDueAt(ends)).toEqual(new Date('2026-11-30T23:00:00Z'))
    expect(nextDueAt({ ...ends, pausedUntil: new Date('2026-11-01T00:00:00Z') })).toEqual(
      new Date('2026-11-22T06:00:00Z'),
    )
  })

  test('never without slots or days', () => {
    expect(nextDueAt({ ...vladivostok, slots: [], now })).toBeUndefined()
    expect(nextDueAt({ ...vladivostok, weekdays: [], now })).toBeUndefined()
  })
})
