import { describe, expect, test } from 'vitest'
import { isQuiet, parseQuietHours } from './quiet-hours.ts'

const night = { from: '22:00', until: '08:00' }
const vladivostok = 'Asia/Vladivostok'

describe('quiet hours', () => {
  test.each([
    ['2025-09-02T11:59:59Z', false, 'a second before ten in the evening'],
    ['2025-09-02T12:00:00Z', true, 'from ten in the evening on'],
    ['2025-09-02T14:00:00Z', true, 'at midnight'],
    ['2025-09-02T21:59:59Z', true, 'until eight in the morning'],
    ['2025-09-02T22:00:00Z', false, 'from eight in the morning on'],
    ['2025-09-02T02:00:00Z', false, 'at noon'],
  ])('over midnight: %s is quiet: %s, %s', (moment, expected) => {
    expect(isQuiet(night, vladivostok, new Date(moment))).toBe(expected)
  })

  test('within one day are those between', () => {
    const siesta = { from: '13:00', until: '14:30' }
    const at = (moment: string) => isQuiet(siesta, 'Europe/Moscow', new Date(moment))
    expect([at('2025-09-02T09:59:00Z'), at('2025-09-02T10:00:00Z')]).toEqual([false, true])
    expect([at('2025-09-02T11:29:00Z'), at('2025-09-02T11:30:00Z')]).toEqual([true, false])
    expect(at('2025-09-02T22:00:00Z')).toBe(false)
  })

  test('follow the clocks of the zone when these are changed', () => {
    const at = (moment: string) => isQuiet(night, 'Europe/Berlin', new Date(moment))
    // Eight in the morning is 07:00 UTC in winter and 06:00 UTC from 30 March 2025 on.
    expect([at('2025-03-29T06:59:00Z'), at('2025-03-29T07:00:00Z')]).toEqual([true, false])
    expect([at('2025-03-30T05:59:00Z'), at('2025-03-30T06:00:00Z')]).toEqual([true, false])
    expect([at('2025-10-26T06:59:00Z'), at('2025-10-26T07:00:00Z')]).toEqual([true, false])
    // An hour that comes twice is quiet both times.
    expect([at('2025-10-26T00:30:00Z'), at('2025-10-26T01:30:00Z')]).toEqual([true, true])
  })
})

test.each([
  ['22:00–08:00', { from: '22:00', until: '08:00' }],
  ['23-7', { from: '23:00', until: '07:00' }],
  [' с 22.30 до 8 ', { from: '22:30', until: '08:00' }],
  ['from 1 pm', undefined],
  ['from 23 to 6:45', { from: '23:00', until: '06:45' }],
  ['22:00 08:00', { from: '22:00', until: '08:00' }],
  ['22:00 — 8:15', { from: '22:00', until: '08:15' }],
  ['25:00-08:00', undefined],
  ['22:00', undefined],
  ['08:00-08:00', undefined],
  ['22:00-08:00-09:00', undefined],
  ['MSKU6011672', undefined],
])('reads «%s»', (text, expected) => {
  expect(parseQuietHours(text)).toEqual(expected)
})
