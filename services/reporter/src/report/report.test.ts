import type { PositionView } from '@atermtrack/data'
import type { WallTime } from '@atermtrack/domain'
import { reportTexts as texts } from '@atermtrack/messages'
import { blankFields } from '@atermtrack/testkit'
import { describe, expect, test } from 'vitest'
import { composeCaption } from './caption.ts'
import { warnings } from './notes.ts'
import { toReportData } from './report-data.ts'
import { differencesOf, usualColumns } from '@atermtrack/domain'
import { composeLetter } from './letter.ts'
import { toStates } from './report-states.ts'
import type { ReportChanges } from './sheets/changes-sheet.ts'
import { toSheets } from './sheets/report-sheets.ts'
import { toned } from './xlsx/sheet-xml.ts'
import type { Sheet } from './xlsx/sheet.ts'

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
  return toReportData(containers, positions, { standingAfterMinutes: 1_440, sourceZone: zone })
}

/** The values of a sheet, without their looks. */
function valuesOf(sheet: Sheet | undefined) {
  return [...(sheet?.rows ?? [])].map(({ cells }) => cells.map((cell) => toned(cell).value))
}

function byHeader(sheet: Sheet | undefined, row = 0) {
  const values = valuesOf(sheet)[row] ?? []
  return Object.fromEntries((sheet?.columns ?? []).map(({ header }, index) => [header, values[index]]))
}

/** The sheets of an answer: all, whatever needs somebody, the summary. */
function sheetsOf(data: ReturnType<typeof draw>, more: Partial<typeof facts> = {}) {
  const options = {
    isDaily: false,
    order: 'destination',
    columns: usualColumns,
    changes: undefined,
    movements: [],
  } as const
  return toSheets(data, { ...facts, ...more }, options, texts.ru)
}

function dailyOf(data: ReturnType<typeof draw>, changes: ReportChanges | undefined) {
  const options = { isDaily: true, order: 'own', columns: usualColumns, changes, movements: [] } as const
  return toSheets(data, facts, options, texts.ru)
}

const facts = {
  name: 'Новосибирск',
  zone,
  plannedZone: 'Asia/Vladivostok',
  plannedAt: new Date('2026-11-21T23:00:00Z'),
  notes: [] as readonly string[],
}

describe('the table of containers', () => {
  test('holds the requested containers, typed, with the times of the railway', () => {
    const [table] = sheetsOf(draw(['CSQU3054383'], [aPositionView({ consignee: 'ООО «Ромашка»', weightKg: 24_000 })]))
    const values = valuesOf(table)[0]!
    const row = table!.columns.map(({ header, kind }, index) => [header, kind, values[index]])
    expect(row).toEqual([
      ['Контейнер', 'text', 'CSQU3054383'],
      ['Клиент', 'text', 'ООО «Ромашка»'],
      ['Статус', 'text', 'в пути'],
      ['Станция операции', 'text', 'ЗАБАЙКАЛЬСК'],
      ['Сутки без движения', 'decimal', 0.1],
      ['Куда', 'text', 'СЕЛЯТИНО'],
      ['Осталось, км', 'integer', 1_260],
      ['Прогноз (дата)', 'date', '2026-11-25T00:00:00'],
      ['Прибыл (МСК)', 'dateTime', undefined],
      ['Срок доставки', 'date', undefined],
      ['Опоздание, сут', 'integer', undefined],
      ['Поезд терминала', 'text', undefined],
      ['Операция', 'text', 'Проследование'],
      ['Дата операции (МСК)', 'dateTime', '2026-11-22T06:30:00'],
      ['Дорога', 'text', 'ЗАБАЙКАЛЬСКАЯ'],
      ['Простой (ч)', 'decimal', undefined],
      ['Откуда', 'text', 'УГЛОВАЯ'],
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
    ['Станция операции', 'ЗАБАЙКАЛЬСК', 1],
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
    ['Станция операции', 'ЗАБАЙКАЛЬСК', 2],
    ['Станция операции', 'СЕЛЯТИНО', 1],
    ['Прибытие по дням', '20.11.2026', 1, 1, 0],
    ['Прибытие по дням', '25.11.2026', 2, 0, 2],
  ])
  expect(summary!.chart).toMatchObject({ firstRow: 6, category: 1, series: [3, 4] })
})

describe('a report of a subscription', () => {
  const late = aPositionView({ container: 'LATE', deliveryDueAt: new Date('2026-11-20T00:00:00Z') })
  const left = aPositionView({
    container: 'LEFT',
    operation: 'Бросание поезда',
    operatedAt: new Date('2026-11-21T05:00:00Z'),
  })
  const gone = aPositionView({
    container: 'GONE',
    missingSince: asOf,
    sourceStamp: asOf,
    asOf: new Date('2026-11-21T05:00:00Z'),
  })

  test('begins with what needs somebody: why, since when, for how long, and what to do', () => {
    const [attention, , all] = dailyOf(
      toReportData(['LATE', 'GONE', 'LEFT'], [late, gone, left], {
        standingAfterMinutes: 1_440,
        sourceZone: zone,
        order: 'own',
      }),
      undefined,
    )
    expect(attention!.name).toBe('Внимание')
    expect(valuesOf(attention).map((row) => row.slice(0, 4))).toEqual([
      ['LEFT', 'поезд брошен', '2026-11-21T08:00:00', 1],
      ['LATE', 'опаздывает', '2026-11-20T03:00:00', 3],
      ['GONE', 'пропал из отчёта', '2026-11-22T08:00:00', 0],
    ])
    for (const row of valuesOf(attention)) expect(row[6]).toMatch(/перевозчик/)
    expect(byHeader(all)).toMatchObject({ 'Срок доставки': '2026-11-20T00:00:00', 'Опоздание, сут': 3 })
    expect([...all!.rows][0]!.cells).toContainEqual({ value: 3, tone: 'late' })
  })

  test('says so when nothing needs anybody, and when there is nothing to compare with', () => {
    const [attention, changes] = dailyOf(draw(['CSQU3054383'], [aPositionView({})]), undefined)
    expect([attention!.rowCount, attention!.lines!.at(-1)]).toEqual([0, texts.ru.nothingUrgent])
    expect([changes!.rowCount, changes!.lines]).toEqual([0, [texts.ru.firstReport]])
  })

  test('names what has changed, old and new', () => {
    const before = draw(
      ['A', 'B'],
      [aPositionView({ container: 'A', kmLeft: 2_100 }), aPositionView({ container: 'B' })],
    )
    const after = draw(
      ['A', 'C'],
      [
        aPositionView({ container: 'A', kmLeft: 1_260, station: { name: 'ЧИТА', code: null } }),
        aPositionView({ container: 'C', operation: 'Бросание' }),
      ],
    )
    const differences = differencesOf(toStates(before.rows), toStates(after.rows))
    const [, changes] = dailyOf(after, { since: new Date('2026-11-20T23:00:00Z'), differences })
    expect(changes!.lines).toEqual(['Сравнение с отчётом от 21.11.2026 09:00 (МСК+7)'])
    expect(valuesOf(changes).map((row) => row.slice(0, 5))).toEqual([
      ['A', 'сдвинулся прогноз', '26.11.2026 18:30', '25.11.2026 08:54', 'на 1 сут 10 ч раньше'],
      ['C', 'новый в списке', undefined, 'ЗАБАЙКАЛЬСК', undefined],
      ['B', 'больше не в списке', 'ЗАБАЙКАЛЬСК', undefined, undefined],
      ['A', 'продвинулся', 'ЗАБАЙКАЛЬСК', 'ЧИТА', 'на 840 км'],
    ])
  })

  test('stands in the order of the person, or by train, and shows their own words', () => {
    const views = [
      aPositionView({ container: 'A', trainIndex: '9822+2+1811' }),
      aPositionView({ container: 'B', trainIndex: '9822+1+1811' }),
      aPositionView({ container: 'C', trainIndex: '9822+2+1811', kmLeft: 10 }),
    ]
    const items = new Map([['A', { orderNumber: '=17', note: null }]])
    const all = (order: 'own' | 'train') => {
      const data = toReportData(['C', 'A', 'B'], views, { standingAfterMinutes: 1_440, sourceZone: zone, items, order })
      const options = { isDaily: true, order, columns: usualColumns, changes: undefined, movements: [] }
      return toSheets(data, facts, options, texts.ru)[2]!
    }
    expect(valuesOf(all('own')).map(([container]) => container)).toEqual(['C', 'A', 'B'])
    expect(byHeader(all('own'), 1)).toMatchObject({ Контейнер: 'A', Заказ: '=17' })
    expect(all('own').columns.map(({ header }) => header)).not.toContain('Ваша заметка')
    const grouped = [...all('train').rows]
    expect(grouped.map(({ cells, beginsGroup }) => [cells[0], beginsGroup])).toEqual([
      ['B', false],
      ['C', true],
      ['A', false],
    ])
  })

  test('leaves as a letter with the key tables, in which nothing of others is markup', () => {
    const data = draw(['LATE'], [{ ...late, station: { name: '<b>ЧИТА</b>', code: null } }])
    const caption = composeCaption(data, { name: 'А & Б', zone, notes: [] }, texts.ru)
    const letter = composeLetter(data, { caption, planned: '2026-11-22T09:00:00' as WallTime, zone }, texts.ru)
    expect(letter.subject).toBe('Дислокация «А & Б» — 22.11.2026 09:00')
    expect(letter.text).toContain('Дислокация «А & Б»\nДанные на 22.11.2026 08:00 (МСК)')
    expect(letter.html).toContain('&lt;b&gt;ЧИТА&lt;/b&gt;')
    expect(letter.html).toContain('Внимание')
    expect(letter.html).not.toContain('<b>')
  })
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

  test('names the three biggest changes, by kind', () => {
    const from = (fields: Partial<PositionView>) =>
      ['A', 'B', 'C'].map((container) => aPositionView({ container, ...fields }))
    const before = draw(
      ['A', 'B', 'C', 'D'],
      [...from({ kmLeft: 3_000, wagon: '1' }), aPositionView({ container: 'D' })],
    )
    const after = draw(['A', 'B', 'C', 'E'], [...from({ operation: 'Бросание' }), aPositionView({ container: 'E' })])
    const changes = { since: asOf, differences: differencesOf(toStates(before.rows), toStates(after.rows)) }
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
    const changes = { since: asOf, differences: differencesOf([], toStates(data.rows)) }
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
    expect(html).toBe('<b>Dislocation “Coal”</b>\nNo data: the reports hold none of these containers\nNot found: GONE')
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
