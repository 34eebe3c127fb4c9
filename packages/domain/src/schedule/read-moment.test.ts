import { expect, test } from 'vitest'
import { readMoment } from './read-moment.ts'

const zone = 'Asia/Vladivostok'
// 14:05 on a Monday in Vladivostok.
const now = new Date('2026-11-30T04:05:00Z')

test.each([
  ['18:30', 'moment', '2026-11-30T08:30:00Z'],
  ['в 18:30', 'moment', '2026-11-30T08:30:00Z'],
  ['18', 'moment', '2026-11-30T08:00:00Z'],
  ['Завтра 9:00', 'moment', '2026-11-30T23:00:00Z'],
  ['tomorrow at 9:00', 'moment', '2026-11-30T23:00:00Z'],
  ['послезавтра, 09.30', 'moment', '2026-12-01T23:30:00Z'],
  ['05.12 10:00', 'moment', '2026-12-05T00:00:00Z'],
  ['05.12.2026 в 10:00', 'moment', '2026-12-05T00:00:00Z'],
  ['5 декабря 10:00', 'moment', '2026-12-05T00:00:00Z'],
  ['2026-12-05 10:00', 'moment', '2026-12-05T00:00:00Z'],
  ['05.01 10:00', 'moment', '2027-01-05T00:00:00Z'],
  ['14:05', 'past', '2026-11-30T04:05:00Z'],
  ['9:00', 'past', '2026-11-29T23:00:00Z'],
  ['29.11 10:00', 'past', '2026-11-29T00:00:00Z'],
  ['29.11.2025 10:00', 'past', '2025-11-29T00:00:00Z'],
  ['05.12.2028 10:00', 'too_far', '2028-12-05T00:00:00Z'],
])('reads %s', (text, kind, at) => {
  expect(readMoment(text, { zone, now })).toEqual({ kind, at: new Date(at) })
})

test.each([
  '',
  'завтра',
  '25:00',
  '31.02.2027 10:00',
  '05.12-07.12 10:00',
  'на этой неделе 10:00',
  'TKRU4471976',
  '10:00 завтра утром',
])('cannot read «%s»', (text) => expect(readMoment(text, { zone, now })).toEqual({ kind: 'unreadable' }))

test('a time that clocks skip in spring moves forward by the gap', () => {
  const berlin = { zone: 'Europe/Berlin', now: new Date('2027-03-27T10:00:00Z') }
  expect(readMoment('завтра 2:30', berlin)).toEqual({ kind: 'moment', at: new Date('2027-03-28T01:30:00Z') })
})
