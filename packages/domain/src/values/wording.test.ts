import { expect, test } from 'vitest'
import type { WallTime } from './wall-time.ts'
import { formatDuration, formatWall, formatWallDate, pluralRu } from './wording.ts'

test.each([
  [1, 'контейнер'],
  [21, 'контейнер'],
  [3, 'контейнера'],
  [0, 'контейнеров'],
  [5, 'контейнеров'],
  [11, 'контейнеров'],
  [112, 'контейнеров'],
])('%i %s', (n, noun) => {
  expect(pluralRu(n, 'контейнер', 'контейнера', 'контейнеров')).toBe(noun)
})

test('dates are written the Russian way, without seconds', () => {
  const wall = '2025-09-02T08:05:59' as WallTime
  expect([formatWall(wall), formatWallDate(wall)]).toEqual(['02.09.2025 08:05', '02.09.2025'])
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
