import { describe, expect, test } from 'vitest'
import { cityZones, findZone } from './known-zones.ts'
import { isZone, toWall, zoneLabel } from './zone.ts'

const now = new Date('2025-09-02T02:00:00Z')

test('the zones of the cities are real ones, from west to east', () => {
  expect(cityZones.every((zone) => isZone(zone))).toBe(true)
  const times = cityZones.map((zone) => toWall(now, zone))
  expect(times).toEqual(times.toSorted())
})

describe('a zone is found by', () => {
  test.each([
    ['Владивосток', 'Asia/Vladivostok'],
    [' хабаровск ', 'Asia/Vladivostok'],
    ['vladivostok', 'Asia/Vladivostok'],
    ['Артём', 'Asia/Vladivostok'],
    ['Нижний  Новгород', 'Europe/Moscow'],
    ['мск', 'Europe/Moscow'],
    ['МСК+7', 'Asia/Vladivostok'],
    ['msk + 7', 'Asia/Vladivostok'],
    ['МСК-1', 'Europe/Kaliningrad'],
    ['europe/moscow', 'Europe/Moscow'],
    ['Asia/Tbilisi', 'Asia/Tbilisi'],
    ['new york', 'America/New_York'],
    ['Васюки', undefined],
    ['+03:00', undefined],
    ['constructor', undefined],
    ['', undefined],
    ['/', undefined],
  ])('«%s»', (text, expected) => {
    expect(findZone(text, now)).toBe(expected)
  })
})

test('a zone without a label of its own is named by its offset', () => {
  expect(zoneLabel('Asia/Tbilisi', now)).toBe('UTC+4')
})
