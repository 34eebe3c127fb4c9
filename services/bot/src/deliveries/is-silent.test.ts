import { expect, test } from 'vitest'
import { isSilent } from './is-silent.ts'

const quietHours = { from: '22:00', until: '08:00', zone: undefined }
// 23:00 in Vladivostok, 16:00 in Moscow.
const evening = new Date('2025-09-02T13:00:00Z')

test('alerts and broadcasts are silent in quiet hours, an answer that somebody waits for is not', () => {
  const silent = (['answer', 'alert', 'report', 'broadcast', 'code'] as const).filter((kind) =>
    isSilent({ kind, quietHours }, 'Asia/Vladivostok', evening),
  )
  expect(silent).toEqual(['alert', 'broadcast'])
})

test("quiet hours are of the person's own zone, else of the schedule's", () => {
  const moscow = { ...quietHours, zone: 'Europe/Moscow' }
  expect(isSilent({ kind: 'alert', quietHours: moscow }, 'Asia/Vladivostok', evening)).toBe(false)
  expect(isSilent({ kind: 'alert', quietHours }, 'Europe/Moscow', evening)).toBe(false)
})

test('everything makes a sound without quiet hours', () => {
  expect(isSilent({ kind: 'alert', quietHours: undefined }, 'Asia/Vladivostok', evening)).toBe(false)
})

test('a notice that is always silent makes no sound at any hour', () => {
  expect(isSilent({ kind: 'alert', quietHours: undefined, isSilent: true }, 'Asia/Vladivostok', evening)).toBe(true)
})
