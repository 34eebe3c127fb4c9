import type { LaneBucket, LaneSummary } from '@atermtrack/data'
import { kmBucketStarts } from '@atermtrack/domain'
import { expect, test } from 'vitest'
import { lanesView, laneView } from './views.ts'

const ru = { language: 'ru', zone: 'Europe/Moscow' } as const
const en = { language: 'en', zone: 'Europe/Moscow' } as const
const newest = { measuredAt: new Date('2026-08-10T01:40:00Z'), trips: 18_320 }
const lane: LaneSummary = {
  id: 7,
  name: 'СЕЛЯТИНО <1>',
  isRoad: false,
  trips: 412,
  tests: 900,
  errorMinutes: 1150,
  biasMinutes: -150,
  shareWithin: 0.823,
  plainErrorMinutes: 2160,
}

test('says of each lane how far forecasts were from arrivals, to which side, and how often the window was right', () => {
  const { html, keyboard } = lanesView({ newest, lanes: [lane], page: 1, pages: 3 }, ru)
  expect(html).toContain('Измерены 10.08.2026 04:40 (МСК), рейсов: 18\u00A0320.')
  expect(html).toContain(
    '9. <b>Селятино &lt;1&gt;</b>: 412 рейсов, ошибка ±0,8\u00A0сут (1,5), прибывают на 0,1\u00A0сут позже прогноза, в окне 82\u00A0%',
  )
  expect(keyboard.inline_keyboard.flat().map(({ text }) => text)).toEqual(['9', '‹', '2/3', '›'])
  expect(lanesView({ newest, lanes: [{ ...lane, biasMinutes: 300 }], page: 0, pages: 1 }, en).html).toContain(
    '412 trips, error ±0.8\u00A0d (1.5), containers come 0.2\u00A0d before the forecast, 82% in the window',
  )
})

test('a lane that nothing has tested says so', () => {
  const untested = {
    ...lane,
    tests: 0,
    errorMinutes: null,
    biasMinutes: null,
    shareWithin: null,
    plainErrorMinutes: null,
  }
  const { html } = lanesView(
    { newest, lanes: [{ ...untested, isRoad: true, name: 'МОСКОВСКАЯ' }], page: 0, pages: 1 },
    ru,
  )
  expect(html).toContain('<b>дорога Московская</b>: 412 рейсов, проверить ещё не на чем')
})

test('before the first measurement, and without trips, the list says what counts', () => {
  expect(lanesView({ newest: undefined, lanes: [], page: 0, pages: 1 }, ru).html).toContain('ещё не измерены')
  expect(lanesView({ newest, lanes: [], page: 0, pages: 1 }, ru).html).toContain('600\u00A0км в сутки и ещё сутки')
})

test('one lane fits into a message with every distance and half a year of weeks', () => {
  const bucket: LaneBucket = { ...lane, bucket: 1, step: 'lane' }
  const buckets = kmBucketStarts.map((_start, n) => ({ ...bucket, bucket: n + 1, biasMinutes: -12_345 }))
  const weeks = Array.from({ length: 26 }, (_, n) => ({
    measuredAt: new Date(Date.UTC(2026, 7, 10 - 7 * n)),
    errorMinutes: n === 1 ? null : 1150 + n * 144,
  }))
  const { html } = laneView({ name: 'С'.repeat(500), isRoad: false, buckets, weeks, page: 0 }, ru)
  expect(html).toContain('• <b>0–100 км</b>: по своим рейсам, 412 рейсов, ошибка ±0,8\u00A0сут (1,5)')
  expect(html).toContain('<b>от 12\u00A0000 км</b>')
  expect(html).toContain('\n10.08.2026: ±0,8\u00A0сут\n27.07.2026: ±1\u00A0сут')
  expect(html.length).toBeLessThan(4_096)
})
