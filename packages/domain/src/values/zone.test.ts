import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WallTime } from './wall-time.ts'
import { isZone, toInstant, toWall, zoneLabel } from './zone.ts'

const zones = ['Europe/Moscow', 'Asia/Vladivostok', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC']
const moments = fc.date({ min: new Date('1995-01-01Z'), max: new Date('2060-01-01Z'), noInvalidDate: true })

test.each<[string, boolean]>([
  ['Europe/Moscow', true],
  ['UTC', true],
  ['Europe/Nowhere', false],
  ['МСК', false],
  ['+03:00', false],
  ['', false],
])('isZone(%j) is %j', (name, known) => {
  expect(isZone(name)).toBe(known)
})

describe('toInstant', () => {
  test.each([
    ['Moscow time', '2025-09-02T08:00:00', 'Europe/Moscow', '2025-09-02T05:00:00.000Z'],
    ['the Moscow of before 2014', '2012-09-02T08:00:00', 'Europe/Moscow', '2012-09-02T04:00:00.000Z'],
    ['a zone west of Greenwich', '2025-01-02T23:30:00', 'America/New_York', '2025-01-03T04:30:00.000Z'],
    ['a gap of spring, moved forward', '2025-03-30T02:30:00', 'Europe/Berlin', '2025-03-30T01:30:00.000Z'],
    ['the first coming in autumn', '2025-10-26T02:30:00', 'Europe/Berlin', '2025-10-26T00:30:00.000Z'],
    ['the hour before the overlap', '2025-10-26T01:59:00', 'Europe/Berlin', '2025-10-25T23:59:00.000Z'],
    ['the hour after the overlap', '2025-10-26T03:00:00', 'Europe/Berlin', '2025-10-26T02:00:00.000Z'],
    ['a change of half an hour', '2025-10-05T02:15:00', 'Australia/Lord_Howe', '2025-10-04T15:45:00.000Z'],
    ['a day that an island skipped', '2011-12-30T12:00:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
  ])('reads %s', (_, wall, zone, instant) => {
    expect(toInstant(wall as WallTime, zone).toISOString()).toBe(instant)
  })

  test('refuses an unknown zone', () => {
    expect(() => toInstant('2025-09-02T08:00:00' as WallTime, 'Europe/Nowhere')).toThrow(RangeError)
  })
})

test('a wall time that toWall showed leads back to itself, at that moment or at its first coming', () => {
  fc.assert(
    fc.property(moments, fc.constantFrom(...zones), (moment, zone) => {
      const second = new Date(Math.floor(moment.getTime() / 1000) * 1000)
      const wall = toWall(second, zone)
      const back = toInstant(wall, zone)
      expect(toWall(back, zone)).toBe(wall)
      expect(second.getTime() - back.getTime()).toBeOneOf([0, 1_800_000, 3_600_000])
    }),
  )
})

test('agrees with Intl at every moment', () => {
  const format = (zone: string, moment: Date) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(moment)
  fc.assert(
    fc.property(moments, fc.constantFrom(...zones), (moment, zone) => {
      expect(toWall(moment, zone).replace('T', ' ')).toBe(format(zone, moment))
    }),
  )
})

test('a long run over many years keeps its answers when the cache starts again', () => {
  const years = Array.from({ length: 25_000 }, (_, day) => new Date(day * 86_400_000))
  const first = years.map((day) => toWall(day, 'Asia/Tokyo'))
  expect(years.map((day) => toWall(day, 'Asia/Tokyo'))).toEqual(first)
})

test.each([
  ['Europe/Moscow', 'МСК'],
  ['Asia/Vladivostok', 'МСК+7'],
  ['Europe/Kaliningrad', 'МСК−1'],
  ['Europe/Minsk', 'UTC+3'],
  ['America/New_York', 'UTC−5'],
  ['Asia/Kolkata', 'UTC+5:30'],
  ['UTC', 'UTC'],
])('%s is labelled %s', (zone, label) => {
  expect(zoneLabel(zone, new Date('2025-01-15T00:00:00Z'))).toBe(label)
})
