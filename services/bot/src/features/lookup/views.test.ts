import type { ContainerNumber, WagonNumber, Waybill } from '@atermtrack/domain'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import { describe, expect, test } from 'vitest'
import { aPosition } from '../../testing/a-position.ts'
import type { Answered } from './answer.ts'
import { answerKeyboard } from './answer-view.ts'
import { cardParts } from './card/card-parts.ts'
import { cardKeyboard } from './buttons.ts'
import { cardView } from './card/card.ts'
import { freshnessView } from './freshness.ts'
import { listView } from './card/list.ts'
import { absentPage, absentView } from './missing.ts'
import { carrierTitles, containersOnWagon, containersOnWagonView } from './card/wagon-containers.ts'
import { offered } from './suggestions.ts'
import { summaryView } from './card/summary.ts'

const settings = { sourceZone: 'Europe/Moscow', freeDays: [], staleAfterMinutes: 360, standingAfterMinutes: 1440 }
const now = new Date('2025-09-02T06:00:00Z')
const ru = { language: 'ru', now, settings } as const
const en = { language: 'en', now, settings } as const

describe('a card', () => {
  test('shows a missing value as unknown, never as 0', () => {
    const html = cardView(
      aPosition({ kmLeft: null, wagon: null, waybill: null, origin: undefined, trainNumber: null, trainIndex: null }),
      ru,
    )
    expect(html).toContain('Осталось: неизвестно\n')
    expect(html).toContain('Прогноз прибытия: неизвестно\n')
    expect(html).toContain('Вагон: неизвестно\n')
    expect(html).toContain('Накладная: неизвестно\n')
    expect(html).toContain('\n◉\u00A0<b>Чита\u00A0I</b> ─ ○\u00A0Селятино\n')
    expect(html).not.toContain('Поезд')
  })

  test('leaves out the parts that its reader has hidden', () => {
    const html = cardView(aPosition(), { ...ru, hidden: cardParts })
    expect(html.split('\n').filter((line) => line !== '')).toEqual([
      '<b>🚂 в пути</b>',
      '📦 <code>MSKU6011672</code>',
      'Сейчас: <b>Чита I</b>, Забайкальская',
      'Данные на сегодня 08:00 МСК (2 сентября)',
    ])
  })

  test('escapes the text of cells', () => {
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
    expect(html).toContain('Data as of today 08:00 MSK (2 September)')
    expect(html).toContain(
      'Now at: <b>Chita I</b>, Transbaikal Railway\nOperation: Departed from the station, today 06:30',
    )
    expect(html.replaceAll(/<code>[^<]*<\/code>/g, '')).not.toMatch(/\p{Script=Cyrillic}/u)
  })

  test('shows all times in the zone of its reader, which it names once', () => {
    const html = cardView(aPosition({ operatedAt: new Date('2025-09-02T09:30:00Z') }), {
      ...ru,
      zone: 'Asia/Vladivostok',
    })
    expect(html).toContain('Операция: Отправление со станции, сегодня 19:30 (2 сентября)\n')
    expect(html).toContain('Прогноз прибытия: 14 сентября, через 12 дней\n')
    expect(html.match(/МСК/g)).toHaveLength(1)
    expect(html).toContain('Данные на сегодня 15:00 МСК+7 (2 сентября)')
  })

  test('of a container that is gone from its reports shows where it was last seen', () => {
    const html = cardView(aPosition({ missingSince: now, sourceStamp: now }), ru)
    expect(html).toContain('пропал из отчёта')
    expect(html).toContain('Последний раз: <b>Чита I</b>')
  })

  test.each([
    [
      { isWatched: false, isSeen: true },
      [
        'history:MSKU6011672:0:0',
        'card-excel:MSKU6011672',
        'card-route:MSKU6011672',
        'card-pace:MSKU6011672',
        'watch:MSKU6011672',
        'card:MSKU6011672',
      ],
    ],
    [{ isWatched: true, isSeen: false }, ['history:MSKU6011672:0:0', 'unwatch:MSKU6011672', 'card:MSKU6011672']],
    [
      { isWatched: false, isSeen: false, list: 7, mayInspect: true },
      ['history:MSKU6011672:7:0', 'watch:MSKU6011672', 'card:MSKU6011672:7', 'why:MSKU6011672:7:0', 'lookup-list:7'],
    ],
    [
      { isWatched: false, isSeen: false, list: 7 },
      ['history:MSKU6011672:7:0', 'watch:MSKU6011672', 'card:MSKU6011672:7', 'lookup-list:7'],
    ],
  ])('with %j has the buttons %j', (card, actions) => {
    expect(dataOf(cardKeyboard({ container: 'MSKU6011672', mayInspect: false, ...card }, 'ru'))).toEqual(actions)
  })
})

describe('the age of data', () => {
  const asOf = new Date('2025-09-02T00:00:00Z')

  test.each([
    { after: '360 min', at: '2025-09-02T06:00:00Z', stale: false },
    { after: '361 min', at: '2025-09-02T06:01:00Z', stale: true },
  ])('is mentioned beyond the limit only: $after', ({ at, stale }) => {
    const html = freshnessView({ asOf, confirmedAt: null }, { ...ru, now: new Date(at) })
    expect(html.includes('Новых данных нет')).toBe(stale)
  })

  test('counts from the last confirmation of an unchanged report', () => {
    const confirmedAt = new Date('2025-09-02T05:00:00Z')
    const html = freshnessView({ asOf, confirmedAt }, { ...ru, now: new Date('2025-09-02T10:00:00Z') })
    expect(html).toBe('Данные на сегодня 03:00 МСК (2 сентября), подтверждены сегодня 08:00 (2 сентября)')
  })

  test('is not claimed when there are no data', () => {
    expect(freshnessView(undefined, ru)).toBe('Данных о дислокации пока нет.')
  })
})

test('a list marks the positions of an older report', () => {
  const older = aPosition({ container: 'CSQU3054383', asOf: new Date('2025-09-01T05:00:00Z') })
  const [first, second] = listView([aPosition(), older], ru)
  expect(first).not.toContain('данные на')
  expect(second).toContain('данные на 1 сентября 08:00')
})

describe('wagons and waybills', () => {
  const wagon = '94287657' as WagonNumber
  const waybill = 'ЭФ038927' as Waybill

  test('are named with all containers on them', () => {
    const positions = [aPosition(), aPosition({ container: 'CSQU3054383', waybill: null })]
    const records = containersOnWagonView(positions, { wagons: [wagon], waybills: [waybill] }, ru)
    expect(records.filter((record) => record.startsWith('🚃') || record.startsWith('📄'))).toEqual([
      '🚃 <b>Вагон <code>94287657</code></b> (платформа): 2 контейнера',
      '📄 <b>Накладная <code>ЭФ038927</code></b>: 1 контейнер',
    ])
    expect(records.filter((record) => record.includes('в пути'))).toHaveLength(3)
  })

  test('are said to be unknown, with a warning of a wrong check digit', () => {
    const wagons = ['94287653' as WagonNumber, '94287658' as WagonNumber]
    expect(containersOnWagonView([], { wagons, waybills: [waybill] }, ru)).toEqual([
      '',
      '🚃 <b>Вагон <code>94287653</code></b> (платформа): не найден',
      '',
      '🚃 <b>Вагон <code>94287658</code></b> (платформа): не найден\n⚠️ Контрольная цифра не сходится: проверьте номер вагона.',
      '',
      '📄 <b>Накладная <code>ЭФ038927</code></b>: не найдена',
    ])
  })

  test('count the earlier containers of a wagon only while nothing is on it', () => {
    const over = aPosition({ container: 'CSQU3054383', tripEndedAt: now })
    expect(containersOnWagon([aPosition(), over], { wagons: [wagon], waybills: [] }, settings)).toEqual([aPosition()])
    expect(containersOnWagon([over], { wagons: [wagon], waybills: [] }, settings)).toEqual([over])
    expect(carrierTitles([over], { wagons: [wagon], waybills: [] }, ru)[1]).toContain(
      'сейчас пусто, раньше 1 контейнер',
    )
  })
})

test('a summary, missing numbers and containers on a wagon are shown in English', () => {
  const mistyped = { missing: ['MSKU6011673' as ContainerNumber], mistyped: ['MSKU601167'] }
  const records = [
    ...summaryView([aPosition()], 2, en),
    ...absentView(mistyped, new Map(), 'en'),
    ...containersOnWagonView([aPosition()], { wagons: ['94287657', '52275476'], waybills: ['ЭФ038927'] }, en),
  ]
  expect(records.join('\n').replaceAll(/Отправление со станции|[А-ЯЁ]+/g, '')).not.toMatch(/[а-яё]/)
})

test('the buttons of the longest list stay within eight rows', () => {
  const found = Array.from({ length: 10 }, (_, index) => aPosition({ container: `MSKU000000${index}` }))
  const mistyped = Array.from({ length: 21 }, (_, index) => `MSKU${index}`)
  const meant = ['CSQU3054383', 'TGHU1234567', 'TKRU4471976', 'MSKU0000001'] as ContainerNumber[]
  const answered: Answered = {
    asked: { containers: [], mistyped, wagons: [], waybills: [], trains: [] },
    found,
    carried: [],
    linked: [],
    absent: { missing: [], mistyped },
    suggestions: new Map([['MSKU1', meant]]),
    freshness: '',
  }
  const keyboard = answerKeyboard(answered, 7, ru)
  expect(keyboard?.inline_keyboard).toHaveLength(8)
  expect(keyboard?.inline_keyboard.at(-1)?.map(({ text }) => text)).toEqual(['📄 Excel', '❔ Не найдено: 21'])
})

test('a list says where each container goes and when it is expected, in the zone of its reader', () => {
  const [item] = listView([aPosition()], { ...ru, zone: 'Asia/Vladivostok' })
  expect(item).toContain('отправление со станции, ')
  expect(item).toMatch(/Чита I → Селятино, .*, сегодня 13:30 \(2 сентября\), осталось: .* км, прогноз: 13 сентября$/)
  expect(listView([aPosition({ kmLeft: null })], ru)[0]).not.toContain('прогноз')
})

test('a summary counts who keeps the delivery norm', () => {
  const due = (day: string) => new Date(`2025-${day}T21:00:00Z`)
  const there = { station: { name: 'СЕЛЯТИНО', code: '181102' }, arrivedAt: due('08-25') }
  const html = summaryView(
    [
      aPosition({ deliveryDueAt: due('08-28') }),
      aPosition({ deliveryDueAt: due('09-05') }),
      aPosition({ deliveryDueAt: due('09-30') }),
      aPosition({ ...there, deliveryDueAt: due('08-20') }),
      aPosition({ ...there, deliveryDueAt: due('08-30') }),
      aPosition(),
    ],
    6,
    ru,
  ).join('\n')
  expect(html).toContain(
    '<b>По сроку доставки</b>\n• ⏰ опаздывают: 1\n• ⏳ ожидается опоздание: 1\n• идут в срок: 1\n• прибыли позже срока: 1\n• прибыли в срок: 1\n',
  )
})

test('a summary counts by status, station and day of arrival', () => {
  const late = { operatedAt: new Date('2025-09-04T03:30:00Z') }
  const positions = [
    ...Array.from({ length: 2 }, () => aPosition()),
    aPosition(late),
    ...Array.from({ length: 4 }, () => aPosition({ station: { name: 'СЕЛЯТИНО', code: '181102' } })),
  ]
  expect(summaryView(positions, 8, ru)).toEqual([
    '<b>Найдено 7 из 8 контейнеров</b>',
    '',
    '<b>По состоянию</b>',
    '• 🏁 прибыл на станцию назначения: 4',
    '• 🚂 в пути: 3',
    '',
    '<b>По станциям</b>',
    '• Селятино: 4',
    '• Чита I: 3',
    '',
    '<b>По прогнозу прибытия</b>',
    '• 13 сентября: 2',
    '• 15 сентября: 1',
  ])
})

describe('missing numbers', () => {
  const many = Array.from({ length: 53 }, (_, index) => `MSKU${String(index).padStart(7, '0')}` as ContainerNumber)

  test('are named, at most 20', () => {
    const lines = absentView({ missing: many, mistyped: [] }, new Map(), 'ru')
    expect(lines[1]).toBe('❔ <b>Не найдено: 53</b>')
    expect(lines).toHaveLength(23)
    expect(lines.at(-1)).toBe('… и ещё 33')
  })

  test('are all named by pages', () => {
    const { html, keyboard } = absentPage({ missing: many, mistyped: ['MSKU 60116'] }, { page: 1, list: 7 }, 'ru')
    expect(html.split('\n')).toHaveLength(25)
    expect(html).toContain('MSKU 60116')
    expect(dataOf(keyboard)).toEqual(['lookup-absent:7:0', 'lookup-absent:7:1', 'lookup-list:7'])
  })

  test('are separate from mistyped ones, whose error is named', () => {
    const suggestions = new Map([['MSKU 60116', ['MSKU6011672' as ContainerNumber]]])
    const mistyped = ['MSKU 60116', 'MSKX6011672']
    expect(absentView({ missing: [], mistyped }, suggestions, 'ru').slice(2)).toEqual([
      '• <code>MSKU 60116</code>: неверная длина: 9 вместо 11. Возможно: <code>MSKU6011672</code>',
      '• <code>MSKX6011672</code>: четвёртая буква должна быть U, J или Z',
    ])
  })

  test('have three buttons at most, the best suggestion of each piece first', () => {
    const suggestions = new Map([
      ['A', ['MSKU6011672', 'CSQU3054383', 'TGHU1234567']],
      ['B', ['TKRU4471976', 'MSKU6011672']],
    ] as [string, ContainerNumber[]][])
    expect(offered(suggestions)).toEqual(['MSKU6011672', 'TKRU4471976', 'CSQU3054383'])
  })
})

function dataOf({ inline_keyboard: rows }: InlineKeyboardMarkup): readonly string[] {
  return rows.flat().map((key) => ('callback_data' in key ? key.callback_data.replace('v1:', '') : ''))
}
