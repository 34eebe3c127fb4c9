import { expect, test } from 'vitest'
import type { WallTime } from '../values/wall-time.ts'
import { toInstant } from '../values/zone.ts'
import { readUntil } from './read-until.ts'

const zone = 'Asia/Vladivostok'
// A Sunday, 15:00 by the clock of the person.
const options = { now: toInstant('2025-11-30T15:00:00' as WallTime, zone), zone, mostDays: 90 }

test.for([
  ['до 5 декабря', '2025-12-05T00:00:00'],
  ['5.12 09:00', '2025-12-05T09:00:00'],
  ['До 5.12, в 9', '2025-12-05T09:00:00'],
  ['12.01', '2026-01-12T00:00:00'],
  ['завтра в 15:00', '2025-12-01T15:00:00'],
  ['до пятницы', '2025-12-05T00:00:00'],
  ['до среды 8:30', '2025-12-03T08:30:00'],
  ['через 3 дня', '2025-12-03T15:00:00'],
  ['через 2 сут. 8:00', '2025-12-02T08:00:00'],
  ['на неделю', '2025-12-07T15:00:00'],
  ['через 6 часов', '2025-11-30T21:00:00'],
  ['через час', '2025-11-30T16:00:00'],
  ['до 18:00', '2025-11-30T18:00:00'],
  ['9:00', '2025-12-01T09:00:00'],
  ['until 5 December', '2025-12-05T00:00:00'],
  ['5 December at 9:30', '2025-12-05T09:30:00'],
  ['in 3 days', '2025-12-03T15:00:00'],
  ['for a week', '2025-12-07T15:00:00'],
  ['tomorrow 15:00', '2025-12-01T15:00:00'],
] as const)('reads «%s»', ([text, wall]) => {
  expect(readUntil(text, options)).toEqual({ kind: 'at', at: toInstant(wall as WallTime, zone) })
})

test.for([
  ['потом', 'unknown'],
  ['на следующей неделе', 'unknown'],
  ['31.02', 'unknown'],
  ['5.12 25:00', 'unknown'],
  ['через 3 дня утром', 'unknown'],
  ['через 3 раза', 'unknown'],
  ['вчера', 'past'],
  ['до 5 ноября', 'past'],
  ['сегодня', 'past'],
  ['сегодня 14:59', 'past'],
  ['1.05.2026', 'far'],
  ['через 100 дней', 'far'],
] as const)('refuses «%s» as %s', ([text, reason]) => {
  expect(readUntil(text, options)).toEqual({ kind: 'refused', reason })
})
