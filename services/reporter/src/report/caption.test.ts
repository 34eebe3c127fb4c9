import type { PositionView } from '@atermtrack/data'
import { reportTexts as texts } from '@atermtrack/messages'
import { describe, expect, test } from 'vitest'
import { differencesOf } from '@atermtrack/domain'
import { composeCaption } from './caption.ts'
import { warnings } from './notes.ts'
import { toStates } from './report-states.ts'
import { aPositionView, asOf, draw, zone } from './report.test-helper.ts'

describe('a caption', () => {
  test('names the contents, the time of the data, the count and the states', () => {
    const data = draw(['CSQU3054383', 'GONE'], [aPositionView({})])
    expect(composeCaption(data, { name: '<Угли> & "К"', zone, notes: [] }, texts.ru).html).toBe(
      [
        '<b>Дислокация «&lt;Угли&gt; &amp; &quot;К&quot;»</b>',
        'Данные на 22.11.2026 08:00 (МСК)',
        'Найдено 1 из 2 контейнеров',
        '• в пути — 1',
        'Не найдены: GONE',
      ].join('\n'),
    )
  })

  test('says so when nothing is known', () => {
    const { html } = composeCaption(draw(['GONE'], []), { name: undefined, zone, notes: [] }, texts.ru)
    expect(html).toContain('Нет данных')
  })

  test('never exceeds the limit of Telegram, whatever the name', () => {
    const missing = Array.from({ length: 500 }, (_, n) => `CSQU${1_000_000 + n}`)
    const { html } = composeCaption(draw(missing, []), { name: '🚂&'.repeat(900), zone, notes: [] }, texts.ru)
    const shown = html.replace(/<\/?b>/g, '').replaceAll('&amp;', '&')
    expect(shown.length).toBeLessThanOrEqual(1_024)
    expect(shown).not.toMatch(/\p{Cs}/u)
    expect(shown).toContain('и ещё 495')
  })

  test('names the three biggest changes, by kind', () => {
    const from = (fields: Partial<PositionView>) =>
      ['A', 'B', 'C'].map((container) => aPositionView({ container, ...fields }))
    const before = draw(
      ['A', 'B', 'C', 'D'],
      [...from({ kmLeft: 3_000, wagon: '1' }), aPositionView({ container: 'D' })],
    )
    const after = draw(['A', 'B', 'C', 'E'], [...from({ operation: 'Бросание' }), aPositionView({ container: 'E' })])
    const changes = {
      since: asOf,
      differences: differencesOf(toStates(before.rows), toStates(after.rows), { forecastMovedHours: 12 }),
    }
    const { lines } = composeCaption(after, { name: 'К', zone, notes: [], changes }, texts.ru)
    expect(lines.slice(lines.indexOf('С прошлого отчёта:'))).toEqual([
      'С прошлого отчёта:',
      '• 3 контейнера брошены: A, B, C',
      '• 3 контейнера прибудут не тогда, когда ожидали, больше всех A: на 2 сут 22 ч раньше',
      '• 1 контейнер новый в списке: E',
    ])
    const same = composeCaption(
      after,
      { name: 'К', zone, notes: [], changes: { since: asOf, differences: [] } },
      texts.ru,
    )
    expect(same.lines.at(-1)).toBe('С прошлого отчёта ничего не изменилось')
  })

  test('leaves changes out before it exceeds the limit', () => {
    const views = Array.from({ length: 9 }, (_, n) =>
      aPositionView({ container: `CSQU000000${n}`, operation: 'Бросание' }),
    )
    const numbers = views.map(({ container }) => container)
    const data = draw(numbers, views)
    const changes = { since: asOf, differences: differencesOf([], toStates(data.rows), { forecastMovedHours: 12 }) }
    for (const size of [100, 700, 800, 850]) {
      const { html } = composeCaption(
        data,
        { name: 'К'.repeat(50), zone, notes: ['н'.repeat(size)], changes },
        texts.ru,
      )
      expect(html.length).toBeLessThanOrEqual(1_024 + '<b></b>'.length)
      expect(html).toContain('Дислокация «К')
    }
  })

  test('is written in the language of its reader', () => {
    const { html } = composeCaption(draw(['GONE'], [aPositionView({})]), { name: 'Coal', zone, notes: [] }, texts.en)
    expect(html).toBe('<b>Positions “Coal”</b>\nNo data: the reports hold none of these containers\nNot found: GONE')
  })
})

describe('the warnings', () => {
  const report = {
    late: false,
    plannedAt: new Date('2026-11-21T23:00:00Z'),
    plannedZone: 'Asia/Vladivostok',
    confirmedAt: new Date('2026-11-21T22:00:00Z'),
    staleAfterMinutes: 360,
    now: new Date('2026-11-22T02:00:00Z'),
  }

  test('are none for a fresh report in time', () => {
    expect(warnings(report, texts.ru)).toEqual([])
    expect(warnings({ ...report, confirmedAt: undefined }, texts.ru)).toEqual([])
  })

  test('name the moment for which a late report was planned, with the date once that is over', () => {
    expect(warnings({ ...report, late: true }, texts.ru)).toEqual([
      '⏰ Отчёт опоздал: был запланирован на 09:00 (МСК+7)',
    ])
    const tomorrow = new Date('2026-11-22T15:00:00Z')
    expect(warnings({ ...report, late: true, confirmedAt: tomorrow, now: tomorrow }, texts.ru)).toEqual([
      '⏰ Отчёт опоздал: был запланирован на 22.11.2026 09:00 (МСК+7)',
    ])
  })

  test('say for how long no new data has arrived', () => {
    const after = (confirmedAt: string) => ({ ...report, confirmedAt: new Date(confirmedAt) })
    expect(warnings(after('2026-11-21T19:30:00Z'), texts.ru)).toEqual(['⚠️ Данные устарели: новых нет уже 6 ч 30 мин'])
    expect(warnings(after('2025-09-11T17:00:00Z'), texts.ru)).toEqual(['⚠️ Данные устарели: новых нет уже 436 сут 9 ч'])
    expect(warnings(after('2026-11-20T02:00:00Z'), texts.en)).toEqual(['⚠️ The data are stale: nothing new for 2 d'])
  })
})
