import { expect, test } from 'vitest'
import { plural as pluralEn } from '../en/words.ts'
import { plural } from '../ru/words.ts'
import { formatBytes, formatDuration, formatNumber, toDecimalText, zoneName } from './formats.ts'

test.each([
  [1, 'контейнер'],
  [21, 'контейнер'],
  [3, 'контейнера'],
  [0, 'контейнеров'],
  [5, 'контейнеров'],
  [11, 'контейнеров'],
  [112, 'контейнеров'],
])('%i %s', (n, noun) => {
  expect(plural(n, { one: 'контейнер', few: 'контейнера', many: 'контейнеров' })).toBe(noun)
})

test('English has two forms', () => {
  expect([0, 1, 2, 21].map((n) => pluralEn(n, { one: 'row', other: 'rows' }))).toEqual(['rows', 'row', 'rows', 'rows'])
})

test('numbers are written as the language writes them', () => {
  expect(formatNumber(1204.5, 'ru').replaceAll(/\s/gu, ' ')).toBe('1 204,5')
  expect(formatNumber(1204.5, 'en')).toBe('1,204.5')
  expect([toDecimalText(1204.5, 'ru'), toDecimalText(1204.5, 'en')]).toEqual(['1204,5', '1204.5'])
})

test('sizes are written in the unit that fits', () => {
  const sizes = [
    formatBytes(400, 'ru'),
    formatBytes(99_000, 'en'),
    formatBytes(1_500_000, 'en'),
    formatBytes(16e9, 'ru'),
  ]
  expect(sizes).toEqual(['0,4 КБ', '99 kB', '1.5 MB', '16 ГБ'])
})

test('a zone is called by its city, else by its own name', () => {
  expect(zoneName('Asia/Vladivostok', 'ru')).toBe('Владивосток')
  expect(zoneName('Asia/Vladivostok', 'en')).toBe('Vladivostok')
  expect(zoneName('Asia/Tbilisi', 'ru')).toBe('Asia/Tbilisi')
  expect(zoneName('constructor', 'en')).toBe('constructor')
})

test.each([
  [0, '0 мин', '0 min'],
  [-5, '0 мин', '0 min'],
  [59.6, '1 ч', '1 h'],
  [320, '5 ч 20 мин', '5 h 20 min'],
  [1440, '1 сут', '1 d'],
  [4579, '3 сут 4 ч', '3 d 4 h'],
])('%d minutes are %s', (minutes, russian, english) => {
  expect([formatDuration(minutes, 'ru'), formatDuration(minutes, 'en')]).toEqual([russian, english])
})
