import type { PositionView } from '@atermtrack/data'
import type { WallTime } from '@atermtrack/domain'
import { reportTexts as texts } from '@atermtrack/messages'
import { blankFields } from '@atermtrack/testkit'
import { describe, expect, test } from 'vitest'
import { composeCaption } from './caption.ts'
import { warnings } from './notes.ts'
import { toReportData } from './report-data.ts'
import { toTables } from './tables.ts'

const zone = 'Europe/Moscow'
const asOf = new Date('2026-11-22T05:00:00Z')

function aPositionView(fields: Partial<PositionView>): PositionView {
  return {
    container: 'CSQU3054383',
    asOf,
    confirmedAt: null,
    zone,
    operatedAt: new Date('2026-11-22T03:30:00Z'),
    operatedWall: '2026-11-22T06:30:00' as WallTime,
    operation: 'Проследование',
    operationMnemonic: null,
    station: { name: 'ЗАБАЙКАЛЬСК', code: '947404' },
    roadName: 'ЗАБАЙКАЛЬСКАЯ',
    roadCode: '94',
    origin: { name: 'УГЛОВАЯ', code: '982206' },
    destination: { name: 'СЕЛЯТИНО', code: '181102' },
    ...blankFields,
    waybill: 'ЭФ038927',
    containerType: '45G1',
    arrivedAt: null,
    cargo: 'Мебель',
    trainIndex: '9822+123+1811',
    trainNumber: '2731',
    wagon: '00123456',
    kmTotal: 9_300,
    kmLeft: 1_260,
    loaded: true,
    isAbandoned: false,
    missingSince: null,
    sourceStamp: null,
    sourceHeardAt: null,
    ...fields,
  }
}

function draw(containers: readonly string[], positions: readonly PositionView[]) {
  return toReportData(containers, positions, { standingAfterMinutes: 1_440 })
}

const facts = { zone, plannedZone: 'Asia/Vladivostok', plannedAt: new Date('2026-11-21T23:00:00Z'), notes: [] }

describe('the table of containers', () => {
  test('holds the requested containers, typed, with the times of the railway', () => {
    const [table] = toTables(draw(['CSQU3054383'], [aPositionView({})]), facts, texts.ru)
    const row = table!.columns.map(({ header, kind }, index) => [header, kind, table!.rows[0]![index]])
    expect(row).toEqual([
      ['Контейнер', 'text', 'CSQU3054383'],
      ['Статус', 'text', 'в пути'],
      ['Станция операции', 'text', 'ЗАБАЙКАЛЬСК'],
      ['Дорога', 'text', 'ЗАБАЙКАЛЬСКАЯ'],
      ['Операция', 'text', 'Проследование'],
      ['Дата операции (МСК)', 'dateTime', '2026-11-22T06:30:00'],
      ['Простой (ч)', 'decimal', undefined],
      ['Откуда', 'text', 'УГЛОВАЯ'],
      ['Куда', 'text', 'СЕЛЯТИНО'],
      ['Осталось, км', 'integer', 1_260],
      ['Прогноз (дней)', 'decimal', 3.1],
      ['Прогноз (дата)', 'date', '2026-11-25T00:00:00'],
      ['Прибыл (МСК)', 'dateTime', undefined],
      ['Поезд', 'text', '2731'],
      ['Индекс поезда', 'text', '9822+123+1811'],
      ['Вагон', 'text', '00123456'],
      ['Накладная', 'text', 'ЭФ038927'],
      ['Тип', 'text', '45G1'],
      ['Гружёный', 'text', 'да'],
      ['Груз', 'text', 'Мебель'],
      ['Данные на (МСК)', 'dateTime', '2026-11-22T08:00:00'],
      ['Примечание', 'text', undefined],
    ])
  })

  test.each<[string, Partial<PositionView>, object]>([
    [
      'a container that stands',
      { operatedAt: new Date('2026-11-18T12:00:00Z') },
      { 'Простой (ч)': 89, 'Прогноз (дней)': 5.8, 'Прогноз (дата)': '2026-11-24T00:00:00', Примечание: undefined },
    ],
    [
      'an abandoned one',
      { operation: 'Бросание поезда (92)' },
      { 'Простой (ч)': 1.5, 'Прогноз (дата)': '2026-11-25T00:00:00', Примечание: 'прибудет не раньше прогноза' },
    ],
    [
      'one that has arrived',
      { station: { name: 'СЕЛЯТИНО', code: '181102' }, arrivedAt: new Date('2026-11-20T11:05:00Z') },
      { 'Прогноз (дней)': undefined, 'Прогноз (дата)': undefined, 'Прибыл (МСК)': '2026-11-20T14:05:00' },
    ],
    [
      'one that is issued',
      { station: { name: 'СЕЛЯТИНО', code: '181102' }, operation: 'Выдача контейнера получателю (49)' },
      { 'Простой (ч)': undefined, 'Прогноз (дата)': undefined },
    ],
    [
      'one that is missing',
      { asOf: new Date('2026-11-21T05:00:00Z'), missingSince: asOf, sourceStamp: asOf },
      {
        Статус: 'пропал из отчёта',
        'Простой (ч)': undefined,
        Примечание: 'нет в отчёте от 22.11.2026 08:00, последний раз 21.11.2026 08:00 (МСК)',
      },
    ],
  ])('says of %s what is known', (_, fields, expected) => {
    const [table] = toTables(draw(['CSQU3054383'], [aPositionView(fields)]), facts, texts.ru)
    const row = Object.fromEntries(table!.columns.map(({ header }, index) => [header, table!.rows[0]![index]]))
    expect(row).toMatchObject(expected)
  })

  test('leaves an unknown distance and its forecast blank', () => {
    const [table] = toTables(draw(['CSQU3054383'], [aPositionView({ kmLeft: null })]), facts, texts.ru)
    expect(table!.rows[0]!.slice(9, 12)).toEqual([undefined, undefined, undefined])
  })

  test('stands by destination, within one the nearest first, and unknown numbers come last', () => {
    const positions = [
      aPositionView({ container: 'FAR', kmLeft: 5_000 }),
      aPositionView({ container: 'UNKNOWN', kmLeft: null }),
      aPositionView({ container: 'NEAR', kmLeft: 10 }),
      aPositionView({ container: 'LOST', destination: undefined, kmLeft: 1 }),
      aPositionView({ container: 'OTHER', destination: { name: 'ИНЯ-ВОСТОЧНАЯ', code: null } }),
    ]
    const asked = ['GONE', 'UNKNOWN', 'FAR', 'LOST', 'NEAR', 'OTHER', 'NEAR']
    const [table] = toTables(draw(asked, positions), facts, texts.ru)
    expect(table!.rows.map((row) => row[0])).toEqual(['OTHER', 'NEAR', 'FAR', 'UNKNOWN', 'LOST', 'GONE'])
    expect(table!.rows.at(-1)).toEqual(['GONE', 'не найден'])
  })
})

test('containers of a train that are on another trip are counted apart', () => {
  const train = {
    code: 'К26-101',
    destination: null,
    transshipmentStation: null,
    sentAt: new Date('2026-11-18T00:00:00Z'),
    rows: ['A', 'B', 'C'].map((container) => ({ container, client: null, waybill: null })),
  }
  const positions = [
    aPositionView({ container: 'A', tripStartedAt: new Date('2026-11-18T00:00:00Z') }),
    aPositionView({
      container: 'B',
      tripStartedAt: new Date('2026-12-18T00:00:00Z'),
      station: { name: 'ОМСК', code: null },
    }),
    aPositionView({ container: 'C', tripStartedAt: new Date('2026-09-01T00:00:00Z') }),
  ]
  const data = toReportData(['A', 'B', 'C'], positions, { standingAfterMinutes: 1_440, train })
  const [table, summary] = toTables(data, facts, texts.ru)
  expect(table!.rows.map(([container, status]) => [container, status])).toEqual([
    ['A', 'в пути'],
    ['B', 'уехал другим рейсом'],
    ['C', 'ещё не виден в этом рейсе'],
  ])
  expect(summary!.rows.slice(4)).toEqual([
    ['Статус', 'в пути', 1],
    ['Статус', 'уехал другим рейсом', 1],
    ['Статус', 'ещё не виден в этом рейсе', 1],
    ['Станция операции', 'ЗАБАЙКАЛЬСК', 1],
  ])
  const { plain } = composeCaption(data, { name: undefined, zone, notes: [] }, texts.ru)
  expect(plain).toContain('Найдено 3 из 3 контейнеров')
  expect(plain).toContain('• уехал другим рейсом — 1\n• ещё не виден в этом рейсе — 1')
})

test('missing containers do not make their source silent', () => {
  const sourceHeardAt = new Date('2026-11-22T09:00:00Z')
  const old = new Date('2026-11-20T05:00:00Z')
  const data = draw(
    ['A'],
    [aPositionView({ container: 'A', asOf: old, missingSince: asOf, sourceStamp: asOf, sourceHeardAt })],
  )
  expect(data).toMatchObject({ asOf, confirmedAt: sourceHeardAt })
})

test('the summary counts by status and by station and repeats the warnings', () => {
  const positions = [
    aPositionView({ container: 'A' }),
    aPositionView({ container: 'B' }),
    aPositionView({ container: 'C', operation: 'Бросание поезда', station: { name: 'ЧИТА', code: null } }),
  ]
  const [, summary] = toTables(draw(['A', 'B', 'C', 'D'], positions), { ...facts, notes: ['Опоздал'] }, texts.ru)
  expect(summary!.rows).toEqual([
    ['Отчёт', 'Данные на (МСК)', undefined, '2026-11-22T08:00:00'],
    ['Отчёт', 'Запланирован на (МСК+7)', undefined, '2026-11-22T09:00:00'],
    ['Отчёт', 'Найдено контейнеров', 3],
    ['Отчёт', 'Не найдено контейнеров', 1],
    ['Отчёт', 'Опоздал'],
    ['Статус', 'в пути', 2],
    ['Статус', 'брошен', 1],
    ['Станция операции', 'ЗАБАЙКАЛЬСК', 2],
    ['Станция операции', 'ЧИТА', 1],
  ])
})

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

  test('is written in the language of its reader', () => {
    const { plain } = composeCaption(draw(['GONE'], [aPositionView({})]), { name: 'Coal', zone, notes: [] }, texts.en)
    expect(plain).toBe('Dislocation “Coal”\nNo data: the reports hold none of these containers\nNot found: GONE')
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
