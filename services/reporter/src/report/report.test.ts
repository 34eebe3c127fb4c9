import type { PositionView } from '@atermtrack/data'
import { reportTexts as texts } from '@atermtrack/messages'
import { describe, expect, test } from 'vitest'
import { composeCaption } from './caption.ts'
import { toReportData } from './report-data.ts'
import { aPositionView, asOf, byHeader, draw, sheetsOf, valuesOf, zone } from './report.test-helper.ts'

describe('the table of containers', () => {
  test('holds the requested containers, typed, with the times of the railway', () => {
    const [table] = sheetsOf(draw(['CSQU3054383'], [aPositionView({ consignee: 'ООО «Ромашка»', weightKg: 24_000 })]))
    const values = valuesOf(table)[0]!
    const row = table!.columns.map(({ header, kind }, index) => [header, kind, values[index]])
    expect(row).toEqual([
      ['Контейнер', 'text', 'CSQU3054383'],
      ['Клиент', 'text', 'ООО «Ромашка»'],
      ['Статус', 'text', 'в пути'],
      ['Станция операции', 'text', 'Забайкальск'],
      ['Сутки без движения', 'decimal', 0.1],
      ['Куда', 'text', 'Селятино'],
      ['Осталось, км', 'integer', 1_260],
      ['Прогноз (дата)', 'date', '2026-11-25T00:00:00'],
      ['Прибыл (МСК)', 'dateTime', undefined],
      ['Срок доставки', 'date', undefined],
      ['Опоздание, сут', 'integer', undefined],
      ['Поезд терминала', 'text', undefined],
      ['Операция', 'text', 'Проследование'],
      ['Дата операции (МСК)', 'dateTime', '2026-11-22T06:30:00'],
      ['Дорога', 'text', 'Забайкальская'],
      ['Простой (ч)', 'decimal', undefined],
      ['Откуда', 'text', 'Угловая'],
      ['Прогноз (дней)', 'decimal', 3.1],
      ['Поезд', 'text', '2731'],
      ['Индекс поезда', 'text', '9822+123+1811'],
      ['Вагон', 'text', '00123456'],
      ['Накладная', 'text', 'ЭФ038927'],
      ['Тип', 'text', '45G1'],
      ['Гружёный', 'text', 'да'],
      ['Вес груза, кг', 'integer', 24_000],
      ['Груз', 'text', 'Мебель'],
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
      'one that will miss its norm',
      { deliveryDueAt: new Date('2026-11-22T21:00:00Z') },
      {
        'Срок доставки': '2026-11-23T00:00:00',
        'Опоздание, сут': undefined,
        Примечание: 'ожидается опоздание на 2\u00A0сут',
      },
    ],
    [
      'an abandoned one that will miss its norm',
      { operation: 'Бросание поезда (92)', deliveryDueAt: new Date('2026-11-22T21:00:00Z') },
      { Примечание: 'прибудет не раньше прогноза; ожидается опоздание на 2\u00A0сут' },
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
    const [table] = sheetsOf(draw(['CSQU3054383'], [aPositionView(fields)]))
    expect(byHeader(table)).toMatchObject(expected)
  })

  test('leaves an unknown distance and its forecast blank', () => {
    const [table] = sheetsOf(draw(['CSQU3054383'], [aPositionView({ kmLeft: null })]))
    expect(byHeader(table)).toMatchObject({ 'Осталось, км': undefined, 'Прогноз (дата)': undefined })
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
    const rows = valuesOf(sheetsOf(draw(asked, positions))[0])
    expect(rows.map((row) => row[0])).toEqual(['OTHER', 'NEAR', 'FAR', 'UNKNOWN', 'LOST', 'GONE'])
    expect(rows.at(-1)!.slice(0, 3)).toEqual(['GONE', undefined, 'не найден'])
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
  const data = toReportData(['A', 'B', 'C'], positions, { standingAfterMinutes: 1_440, sourceZone: zone, train })
  const sheets = sheetsOf(data)
  const [table, summary] = [sheets[0], sheets.at(-1)]
  expect(valuesOf(table).map(([container, , status]) => [container, status])).toEqual([
    ['A', 'в пути'],
    ['B', 'уехал другим рейсом'],
    ['C', 'ещё не виден в этом рейсе'],
  ])
  expect(valuesOf(summary).map((row) => row.slice(0, 3))).toEqual([
    ['Статус', 'в пути', 1],
    ['Статус', 'уехал другим рейсом', 1],
    ['Статус', 'ещё не виден в этом рейсе', 1],
    ['Поезд', '9822+123+1811', 1],
    ['Станция операции', 'Забайкальск', 1],
    ['Прибытие по дням', '25.11.2026', 1],
  ])
  const { lines } = composeCaption(data, { name: undefined, zone, notes: [] }, texts.ru)
  expect(lines).toContain('Найдено 3 из 3 контейнеров')
  expect(lines.join('\n')).toContain('• уехал другим рейсом — 1\n• ещё не виден в этом рейсе — 1')
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

test('the summary counts by status, train, station and day, with a chart of the days, and repeats the warnings', () => {
  const positions = [
    aPositionView({ container: 'A' }),
    aPositionView({ container: 'B', trainIndex: null, trainNumber: null }),
    aPositionView({
      container: 'C',
      operation: 'Прибытие',
      station: { name: 'СЕЛЯТИНО', code: '181102' },
      arrivedAt: new Date('2026-11-20T11:05:00Z'),
    }),
  ]
  const summary = sheetsOf(draw(['A', 'B', 'C', 'D'], positions), { notes: ['Опоздал'] }).at(-1)
  expect(summary!.title).toBe('Дислокация «Новосибирск»')
  expect(summary!.lines).toEqual([
    'Данные на 22.11.2026 08:00 (МСК). Запланирован на 22.11.2026 09:00 (МСК+7). Найдено: 3, не найдено: 1',
    'Опоздал',
  ])
  expect(valuesOf(summary)).toEqual([
    ['Статус', 'в пути', 2],
    ['Статус', 'прибыл на станцию назначения', 1],
    ['Статус', 'не найден', 1],
    ['Поезд', '9822+123+1811', 2, 1, 1],
    ['Станция операции', 'Забайкальск', 2],
    ['Станция операции', 'Селятино', 1],
    ['Прибытие по дням', '20.11.2026', 1, 1, 0],
    ['Прибытие по дням', '25.11.2026', 2, 0, 2],
  ])
  expect(summary!.chart).toMatchObject({ firstRow: 6, category: 1, series: [3, 4] })
})
