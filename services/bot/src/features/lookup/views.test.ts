import type { ContainerNumber } from '@atermtrack/domain'
import { describe, expect, test } from 'vitest'
import { aPosition } from '../../testing/a-position.ts'
import { cardKeyboard, cardView } from './card.ts'
import { freshnessView } from './freshness.ts'
import { listView } from './list.ts'
import { mistypedView, notFoundView } from './missing.ts'
import { summaryView } from './summary.ts'

const settings = { sourceZone: 'Europe/Moscow', staleAfterMinutes: 360, standingAfterMinutes: 1440 }
const now = new Date('2025-09-02T06:00:00Z')
const ru = { language: 'ru', now, settings } as const
const en = { language: 'en', now, settings } as const

describe('a card', () => {
  test('says that what is not known is unknown, never 0', () => {
    const html = cardView(
      aPosition({ kmLeft: null, wagon: null, waybill: null, origin: undefined, trainNumber: null, trainIndex: null }),
      ru,
    )
    expect(html).toContain('Осталось: неизвестно\n')
    expect(html).toContain('Прогноз прибытия: неизвестно\n')
    expect(html).toContain('Вагон: неизвестно\n')
    expect(html).toContain('Накладная: неизвестно\n')
    expect(html).toContain('Маршрут: неизвестно → СЕЛЯТИНО')
    expect(html).not.toContain('Поезд')
  })

  test('escapes what stands in the cells', () => {
    const html = cardView(aPosition({ operation: '<script>&', station: { name: 'A<B', code: null } }), ru)
    expect(html).toContain('&lt;script&gt;&amp;')
    expect(html).toContain('<b>A&lt;B</b>')
  })

  test('warns of a check digit that does not match', () => {
    expect(cardView(aPosition({ container: 'MSKU6011673' }), ru)).toContain('Контрольная цифра номера не сходится')
    expect(cardView(aPosition(), ru)).not.toContain('Контрольная цифра')
  })

  test('speaks English', () => {
    const html = cardView(aPosition({ container: 'MSKU6011673' }), en)
    expect(html).toContain('🚂 en route')
    expect(html).toContain('Data as of 02.09.2025 08:00 (МСК)')
    expect(html.replaceAll(/Отправление со станции|[А-ЯЁ]+/g, '')).not.toMatch(/[а-яё]/)
  })

  test('can be refreshed and subscribed to', () => {
    const data = cardKeyboard('MSKU6011672', 'ru')
      .inline_keyboard.flat()
      .map((button) => 'callback_data' in button && button.callback_data)
    expect(data).toEqual(['v1:card:MSKU6011672', 'v1:sub-new:MSKU6011672'])
  })
})

describe('the age of data', () => {
  const asOf = new Date('2025-09-02T00:00:00Z')

  test.each([
    { after: '360 min', at: '2025-09-02T06:00:00Z', stale: false },
    { after: '361 min', at: '2025-09-02T06:01:00Z', stale: true },
  ])('is mentioned beyond the limit only: $after', ({ at, stale }) => {
    const html = freshnessView({ asOf, confirmedAt: null, zone: 'Europe/Moscow' }, { ...ru, now: new Date(at) })
    expect(html.includes('Новых данных нет')).toBe(stale)
  })

  test('counts from the last confirmation of an unchanged report', () => {
    const confirmedAt = new Date('2025-09-02T05:00:00Z')
    const html = freshnessView(
      { asOf, confirmedAt, zone: 'Europe/Moscow' },
      { ...ru, now: new Date('2025-09-02T10:00:00Z') },
    )
    expect(html).toBe('Данные на 02.09.2025 03:00 (МСК), подтверждены 02.09.2025 08:00 (МСК)')
  })

  test('is not claimed when there are no data', () => {
    expect(freshnessView(undefined, ru)).toBe('Данных о дислокации пока нет.')
  })
})

test('a list says which of its positions an older report tells of', () => {
  const older = aPosition({ container: 'CSQU3054383', asOf: new Date('2025-09-01T05:00:00Z') })
  const [first, second] = listView([aPosition(), older], ru)
  expect(first).not.toContain('данные на')
  expect(second).toContain('данные на 01.09.2025 08:00 (МСК)')
})

test('a summary counts by status and station, the most frequent first', () => {
  const positions = [
    ...Array.from({ length: 2 }, () => aPosition()),
    ...Array.from({ length: 3 }, () => aPosition({ station: { name: 'СЕЛЯТИНО', code: '181102' } })),
  ]
  expect(summaryView(positions, 6, ru)).toEqual([
    '<b>Найдено 5 из 6 контейнеров</b>',
    '',
    '<b>По состоянию</b>',
    '• 🏁 прибыл на станцию назначения: 3',
    '• 🚂 в пути: 2',
    '',
    '<b>По станциям</b>',
    '• СЕЛЯТИНО: 3',
    '• ЧИТА I: 2',
  ])
})

describe('what was not found', () => {
  test('is named, the first 50 of very many', () => {
    const missing = Array.from({ length: 53 }, (_, index) => `MSKU${String(index).padStart(7, '0')}` as ContainerNumber)
    const lines = notFoundView(missing, new Map(), 'ru')
    expect(lines[1]).toBe('❔ <b>Не найдено: 53</b>')
    expect(lines).toHaveLength(53)
    expect(lines.at(-1)).toBe('… и ещё 3')
  })

  test('is told from what is no number, and what is wrong with it is said', () => {
    const suggestions = new Map([['MSKU 60116', ['MSKU6011672' as ContainerNumber]]])
    expect(mistypedView(['MSKU 60116', 'MSKX6011672'], suggestions, 'ru').slice(2)).toEqual([
      '• <code>MSKU 60116</code>: неверная длина: 9 вместо 11. Возможно: <code>MSKU6011672</code>',
      '• <code>MSKX6011672</code>: нужны 4 буквы и 7 цифр, четвёртая буква U, J или Z',
    ])
  })
})
