import { expect, test } from 'vitest'
import {
  formatDateStamp,
  formatDay,
  formatDayAhead,
  formatMoment,
  formatStamp,
  type MomentReader,
  zoneMark,
} from './moments.ts'

const now = new Date('2025-09-02T06:00:00Z')
const ru: MomentReader = { language: 'ru', zone: 'Europe/Moscow', now }
const en: MomentReader = { ...ru, language: 'en' }
const far: MomentReader = { ...ru, zone: 'Asia/Vladivostok' }

test.each([
  ['2025-09-02T05:00Z', 'сегодня 08:00 (2 сентября)', 'today 08:00 (2 September)'],
  ['2025-09-01T20:48Z', 'вчера 23:48 (1 сентября)', 'yesterday 23:48 (1 September)'],
  ['2025-09-03T06:30Z', 'завтра 09:30 (3 сентября)', 'tomorrow 09:30 (3 September)'],
  ['2025-08-28T11:30Z', '28 августа 14:30', '28 August 14:30'],
  ['2024-12-31T21:30Z', '1 января 00:30', '1 January 00:30'],
  ['2024-12-31T20:30Z', '31.12.2024 23:30', '31 Dec 2024 23:30'],
])('the moment %s is %j, in English %j', (at, russian, english) => {
  expect([formatMoment(new Date(at), ru), formatMoment(new Date(at), en)]).toEqual([russian, english])
})

test('the day is that of the reader, and the zone is named where it is asked for', () => {
  const at = new Date('2025-09-01T20:48Z')
  expect(formatMoment(at, far)).toBe('сегодня 06:48 (2 сентября)')
  expect(formatStamp(at, far)).toBe('сегодня 06:48 МСК+7 (2 сентября)')
  expect(formatStamp(new Date('2025-08-28T11:30Z'), en)).toBe('28 August 14:30 MSK')
  expect(formatDateStamp(at, far)).toBe('2 сентября 06:48 МСК+7')
  expect(zoneMark('Asia/Tbilisi', at, 'en')).toBe('UTC+4')
})

test.each([
  ['2025-09-02T20:00Z', 'сегодня (2 сентября)', 'сегодня (2 сентября)', 'today (2 September)'],
  ['2025-09-02T21:00Z', 'завтра (3 сентября)', 'завтра (3 сентября)', 'tomorrow (3 September)'],
  ['2025-09-04T06:00Z', '4 сентября', '4 сентября, через 2 дня', '4 September, in 2 days'],
  ['2025-09-13T06:00Z', '13 сентября', '13 сентября, через 11 дней', '13 September, in 11 days'],
  ['2025-08-12T06:00Z', '12 августа', '12 августа', '12 August'],
  ['2026-01-01T06:00Z', '01.01.2026', '01.01.2026, через 121 день', '1 Jan 2026, in 121 days'],
])('the day of %s is %s, ahead %s', (at, day, ahead, english) => {
  const moment = new Date(at)
  expect([formatDay(moment, ru), formatDayAhead(moment, ru), formatDayAhead(moment, en)]).toEqual([day, ahead, english])
})
