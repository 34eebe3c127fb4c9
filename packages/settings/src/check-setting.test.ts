import { settingNames, settingOf } from '@atermtrack/domain'
import { expect, test } from 'vitest'
import { checkSetting, defaultOf, rangeOf } from './check-setting.ts'

test('every default fits its own schema', () => {
  const defaults = settingNames.map((name) => ({ name, text: defaultOf(name) }))
  const unfit = defaults.filter(({ name, text }) => text !== '' && checkSetting(name, text).kind === 'refused')
  expect(unfit).toEqual([])
  expect(defaults.find(({ name }) => name === 'OFFERED_TIMES')?.text).toBe('09:00, 16:00')
  expect(defaults.find(({ name }) => name === 'DISLOCATION_SENDERS')?.text).toBe('cargolk@gvc.rzd.ru')
})

test('every number has limits', () => {
  const unlimited = settingNames.filter((name) => settingOf(name).form === 'number' && rangeOf(name) === undefined)
  expect(unlimited).toEqual([])
  expect(rangeOf('REPORT_WAIT_MINUTES')).toEqual({ from: 1, until: 1_440 })
  expect(rangeOf('OFFERED_TIMES')).toBeUndefined()
})

test.each([
  ['STALE_AFTER_HOURS', ' 8 ', '8'],
  ['DISLOCATION_SENDERS', 'a@rail.example\n@port.example', 'a@rail.example, @port.example'],
  ['ROSTER_FILES', '*поезд*; list-??.xlsx', '*поезд*, list-??.xlsx'],
  ['OFFERED_TIMES', '16:00\n9:00', '16:00, 9:00'],
  ['FEED_WORK_HOURS', '07:30-19:00', '07:30-19:00'],
  ['SCHEDULE_TIMEZONE', 'Europe/Moscow', 'Europe/Moscow'],
  ['TERMINAL_FREE_DAYS', 'ВСК;40;Селятино=7:1500', 'ВСК;40;Селятино=7:1500'],
  ['GREETING_RU', 'Привет, {name} <3 & 😀\nвторая строка', 'Привет, {name} <3 & 😀\nвторая строка'],
] as const)('%s takes %j', (name, typed, value) => {
  expect(checkSetting(name, typed)).toEqual({ kind: 'fits', value })
})

test.each([
  ['STALE_AFTER_HOURS', ''],
  ['STALE_AFTER_HOURS', '0'],
  ['STALE_AFTER_HOURS', '-1'],
  ['STALE_AFTER_HOURS', '1.5'],
  ['STALE_AFTER_HOURS', '9007199254740991'],
  ['STALE_AFTER_HOURS', 'шесть'],
  ['LIMIT_QUESTIONS_PER_MINUTE', '0'],
  ['DISLOCATION_SENDERS', 'nobody'],
  ['DISLOCATION_SENDERS', '@'],
  ['DISLOCATION_SENDERS', 'a b@c.example'],
  ['DISLOCATION_SENDERS', Array.from({ length: 51 }, (_, n) => `a${n}@b.example`).join()],
  ['DISLOCATION_FILES', ' , ,'],
  ['DISLOCATION_FILES', 'x'.repeat(101)],
  ['OFFERED_TIMES', '25:00'],
  ['OFFERED_TIMES', '01:00, 02:00, 03:00, 04:00, 05:00, 06:00, 07:00'],
  ['FEED_WORK_HOURS', '20:00-08:00'],
  ['SCHEDULE_TIMEZONE', 'Mars/Olympus'],
  ['TERMINAL_FREE_DAYS', 'ВСК=7'],
  ['GREETING_RU', 'x'.repeat(1_501)],
  ['GREETING_RU', '{name}'.repeat(6)],
  ['GREETING_RU', 'a\u0000b'],
  ['GREETING_RU', 'a\u202Eb'],
  ['GREETING_RU', 'a\uD800b'],
  ['GREETING_RU', 'x'.repeat(1_000_000)],
] as const)('%s refuses %.40j', (name, typed) => {
  expect(checkSetting(name, typed)).toEqual({ kind: 'refused', reason: expect.stringMatching(/^expected /) })
})
