import type { DueSubscription } from '@atermtrack/data'
import { everything } from '@atermtrack/domain'
import { describe, expect, test } from 'vitest'
import { planReports } from './plan-reports.ts'

function aDueSubscription(fields: Partial<DueSubscription>): DueSubscription {
  return {
    id: 1,
    personId: 2,
    chatId: 3,
    name: 'Новосибирск',
    subject: 'containers',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    slots: ['09:00', '16:00'],
    zone: 'Asia/Vladivostok',
    nextDueAt: new Date('2026-11-21T23:00:00Z'),
    now: new Date('2026-11-21T23:00:30Z'),
    access: { kind: 'allowed', role: 'viewer', scope: everything },
    isReachable: true,
    hasEmail: false,
    ...fields,
  }
}

function planned(fields: Partial<DueSubscription>) {
  const { slots, nextDueAt } = planReports(aDueSubscription(fields))
  return {
    slots: slots.map(({ localDate, slot, late, skippedBecause }) => [localDate, slot, late, skippedBecause]),
    nextDueAt: nextDueAt.toISOString(),
  }
}

describe('a planned moment', () => {
  test('makes one report, and the next is due later that day', () => {
    expect(planned({})).toEqual({
      slots: [['2026-11-22', '09:00', false, undefined]],
      nextDueAt: '2026-11-22T06:00:00.000Z',
    })
  })

  test('that lies over five minutes back makes a late report', () => {
    expect(planned({ now: new Date('2026-11-21T23:05:01Z') }).slots).toEqual([['2026-11-22', '09:00', true, undefined]])
  })

  test('is skipped when a later one was missed as well', () => {
    expect(planned({ now: new Date('2026-11-23T00:00:00Z') }).slots).toEqual([
      ['2026-11-22', '09:00', true, 'missed'],
      ['2026-11-22', '16:00', true, 'missed'],
      ['2026-11-23', '09:00', true, undefined],
    ])
  })

  test('that spring skips comes by the gap later, once', () => {
    const spring = { zone: 'Europe/Berlin', slots: ['02:30'], nextDueAt: new Date('2026-03-29T01:30:00Z') }
    expect(planned({ ...spring, now: new Date('2026-03-29T01:30:10Z') })).toEqual({
      slots: [['2026-03-29', '02:30', false, undefined]],
      nextDueAt: '2026-03-30T00:30:00.000Z',
    })
  })

  test('that autumn repeats comes once', () => {
    const autumn = { zone: 'Europe/Berlin', slots: ['02:30'], nextDueAt: new Date('2026-10-25T00:30:00Z') }
    expect(planned({ ...autumn, now: new Date('2026-10-25T01:31:00Z') })).toEqual({
      slots: [['2026-10-25', '02:30', true, undefined]],
      nextDueAt: '2026-10-26T01:30:00.000Z',
    })
  })
})

describe('somebody whom no report can reach', () => {
  test.for([
    [{ access: { kind: 'removed' } }, 'access_denied'],
    [{ isReachable: false }, 'unreachable'],
    [{ isReachable: false, hasEmail: true }, undefined],
  ] as const)('%o gets: %s', ([fields, reason]) => {
    expect(planReports(aDueSubscription(fields)).slots[0]?.skippedBecause).toBe(reason)
  })
})
