import { describe, expect, test } from 'vitest'
import { actionsOf, rendered } from '../rendered.test-helper.ts'
import type { NoticeParams } from '../render.ts'

const zone = 'Europe/Moscow'
const at = (day: number, hour: number) => new Date(Date.UTC(2026, 7, day, hour))
const numbers = Array.from({ length: 60 }, (_, n) => `TKRU${String(1_000_000 + n)}`)

const one = {
  kind: 'abandoned',
  station: 'МОГОЧА',
  train: '1234 (9822+123+1811)',
  firstAt: at(12, 5),
  lastAt: at(12, 5),
  count: 1,
  containers: ['MSKU6011672'],
  destination: 'СЕЛЯТИНО',
  expected: { from: at(20, 5), to: at(20, 5), isEarliest: true },
} as const
const alert = (events: Partial<NoticeParams<'event_alert'>['events']>, rest = {}) =>
  rendered('event_alert', { alertId: 8, zone, events: { ...one, ...events }, ...rest })

describe('a message about like events', () => {
  test('says of one container what, where, when and what it means for the arrival', () => {
    const notice = alert({})
    expect(notice.html.split('\n')).toEqual([
      '<b>🛑 Поезд брошен: <code>MSKU6011672</code></b>',
      '📍 Могоча, поезд 1234 (9822+123+1811)',
      '🕒 12 августа 08:00 МСК',
      '🎯 Селятино: прибытие не раньше 20 августа',
    ])
    expect(actionsOf(notice)).toEqual(['card-open:MSKU6011672', 'alert-stop:8', 'alert-settings'])
    expect(notice.subject).toBe('🛑 Поезд брошен: 1 контейнер')
  })

  test('counts many, names the odd ones out and fits a message', () => {
    const notice = alert(
      {
        count: 4_000,
        containers: numbers,
        lastAt: at(12, 9),
        expected: { from: at(14, 5), to: at(16, 5), isEarliest: false },
        elsewhere: [{ container: 'CSQU3054383', destination: 'ЧЕМСКОЙ' }],
      },
      { trainCode: 'К26-073' },
    )
    expect(notice.html).toContain('<b>🛑 Поезд брошен: 4000 контейнеров</b>')
    expect(notice.html).toContain('🕒 с 12 августа 08:00 до 12 августа 12:00 МСК')
    expect(notice.html).toContain('🎯 Селятино: прибытие ожидается 14 августа – 16 августа')
    expect(notice.html).toContain('↪️ Другая станция назначения: <code>CSQU3054383</code> → Чемской')
    expect(notice.html).toContain('… и ещё 3980')
    expect(notice.html.length).toBeLessThan(2_000)
    expect(actionsOf(notice)).toEqual(['alert-list:8', 'train-open:26-073', 'alert-stop:8', 'alert-settings'])
  })

  test('says by how much a forecast has moved, and which way', () => {
    const moved = { kind: 'forecast_moved', direction: 'later', hours: { least: 21, most: 30 } } as const
    expect(alert(moved).html).toContain('<b>📅 Прибытие откладывается: <code>MSKU6011672</code></b>, на 21–30 часов')
  })

  test('says at which terminal free days end, when, and what a day costs then', () => {
    const stay = { kind: 'free_days_end', station: undefined, train: undefined, terminal: 'A-Terminal <1>' } as const
    const ending = (charged: NonNullable<NoticeParams<'event_alert'>['events']['charged']>) =>
      alert({ ...stay, destination: undefined, charged }).html.split('\n')
    expect(ending({ from: at(13, 5), to: at(13, 5), dayRate: 1500 })).toEqual([
      '<b>💰 Кончаются бесплатные дни на терминале: <code>MSKU6011672</code></b>',
      '📍 A-Terminal &lt;1&gt;',
      '🕒 12 августа 08:00 МСК',
      '💳 Бесплатно до 13 августа 08:00, потом 1500 ₽ в сутки',
    ])
    expect(ending({ from: at(13, 5), to: at(14, 5) }).at(-1)).toBe(
      '💳 Бесплатно до 13 августа 08:00 – 14 августа 08:00',
    )
  })

  test('says nothing of the arrival of what has arrived', () => {
    expect(alert({ kind: 'arrived' }).html).not.toContain('🎯')
  })

  test('names what turned out not to have happened', () => {
    const corrected = { count: 1, containers: ['CSQU3054383'] }
    expect(alert({}, { corrected }).html).toContain('✏️ Исправлено, этого не было: <code>CSQU3054383</code>')
  })

  test('is a correction when nothing of it is left', () => {
    const notice = alert({ count: 0, containers: [] }, { corrected: { count: 1, containers: ['MSKU6011672'] } })
    expect(notice.html).toBe(
      '✏️ <b>Исправление.</b> 🛑 Поезд брошен: этого не было, данные отозваны.\n<code>MSKU6011672</code>',
    )
    expect(actionsOf(notice)).toEqual([])
  })

  test('comes without a sound where its kind is quiet, and only there', () => {
    expect(alert({ kind: 'departed' }).isSilent).toBe(true)
    expect(alert({}).isSilent).toBe(false)
  })

  test('escapes what files say', () => {
    expect(alert({ station: '<b>&' }).html).toContain('📍 &lt;b&gt;&amp;')
  })
})

test('a digest of as many groups as it can have fits a message', () => {
  const group = {
    ...one,
    station: 'С'.repeat(300),
    train: '9'.repeat(300),
    count: 900,
    containers: numbers,
    lastAt: at(13, 5),
  }
  const params = {
    alertId: 8,
    zone,
    why: 'digest',
    name: '<Мои>',
    groups: Array.from({ length: 12 }, () => group),
    others: 40,
  } as const
  const notice = rendered('event_digest', { ...params, corrected: { count: 99, containers: numbers } })
  expect(notice.html).toContain('🔔 <b>События: &lt;Мои&gt;</b>')
  expect(notice.html).toContain('… и ещё 40 событий')
  expect(notice.html.replaceAll(/<[^>]*>/g, '').length).toBeLessThanOrEqual(4_096)
})
