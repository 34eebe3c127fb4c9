import { describe, expect, test } from 'vitest'
import { isStayAfterRoster, type TripOfRoster, tripToRoster } from './roster-trip.ts'

const day = (number: number) => new Date(Date.UTC(2025, 8, number))
const list = { sentAt: day(10), waybill: undefined }
const trip: TripOfRoster = {
  startedAt: day(10),
  waybill: 'ЭФ000001',
  operatedAt: day(14),
  arrivedAt: undefined,
  endedAt: undefined,
}

describe('a trip and the list of a train', () => {
  test.each<[string, Partial<TripOfRoster>, string]>([
    ['that starts on the day of the list is the same', {}, 'same'],
    ['that starts some days before it', { startedAt: day(6) }, 'same'],
    ['that starts up to a week after it, since lists are sent ahead', { startedAt: day(17) }, 'same'],
    ['that starts more than a week after it is a later one', { startedAt: day(18) }, 'later'],
    ['that started three weeks before a corrected list', { startedAt: day(-10) }, 'same'],
    ['that started long before it and never arrived', { startedAt: day(-13), operatedAt: day(-2) }, 'earlier'],
    ['that had arrived when the list was sent', { startedAt: day(1), arrivedAt: day(9) }, 'earlier'],
    ['that had ended when the list was sent', { startedAt: day(1), endedAt: day(9) }, 'earlier'],
    ['that arrives after it', { arrivedAt: day(20), endedAt: day(22) }, 'same'],
    ['without a start, with an operation soon after it', { startedAt: undefined }, 'same'],
    ['without a start, long before it', { startedAt: undefined, operatedAt: day(-13) }, 'earlier'],
    ['without a start, longer after it than a trip takes', { startedAt: undefined, operatedAt: day(71) }, 'later'],
  ])('%s: %j is %s', (_, changes, expected) => {
    expect(tripToRoster(list, { ...trip, ...changes })).toBe(expected)
  })

  test('belong together by the waybill, whatever the dates', () => {
    const late = { ...list, waybill: 'ЭФ000001' }
    expect(tripToRoster(late, { ...trip, startedAt: day(25) })).toBe('same')
    expect(tripToRoster(late, { ...trip, arrivedAt: day(2) })).toBe('same')
  })

  test('are matched by the dates where the railway wrote another waybill', () => {
    const other = { ...list, waybill: 'ЭФ000009' }
    expect(tripToRoster(other, trip)).toBe('same')
    expect(tripToRoster(other, { ...trip, startedAt: day(30) })).toBe('later')
  })
})

test('a container that comes to the terminal more than a week after a list waits for another train', () => {
  expect(isStayAfterRoster(day(10), day(12))).toBe(false)
  expect(isStayAfterRoster(day(10), day(17))).toBe(false)
  expect(isStayAfterRoster(day(10), day(18))).toBe(true)
})
