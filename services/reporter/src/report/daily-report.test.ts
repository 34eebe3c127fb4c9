import { attentionState, differencesOf, usualColumns, type WallTime } from '@atermtrack/domain'
import { reportTexts as texts } from '@atermtrack/messages'
import { describe, expect, test } from 'vitest'
import { composeCaption } from './caption.ts'
import { composeLetter } from './letter.ts'
import { type Marks, toReportData } from './report-data.ts'
import { toStates } from './report-states.ts'
import { aPositionView, asOf, byHeader, dailyOf, draw, facts, valuesOf, zone } from './report.test-helper.ts'
import { toSheets } from './sheets/report-sheets.ts'

describe('a report of a subscription', () => {
  const missing = { reason: 'missing', since: asOf } as const
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
      ['LATE', 'опаздывает', '2026-11-20T03:00:00', 2],
      ['GONE', 'пропал из отчёта', '2026-11-22T08:00:00', 0],
    ])
    for (const row of valuesOf(attention)) expect(row[6]).toMatch(/перевозчик/)
    expect(byHeader(all)).toMatchObject({ 'Срок доставки': '2026-11-20T00:00:00', 'Опоздание, сут': 2 })
    expect([...all!.rows][0]!.cells).toContainEqual({ value: 2, tone: 'late' })
  })

  test('says who is at it, until when it waits, and that it is hidden, and names nobody in a group', () => {
    const mark = {
      takenBy: null,
      takenByName: null,
      takenAt: null,
      laterUntil: null,
      hiddenState: null,
      note: null,
      tripId: 7,
      presentTripId: 7,
    }
    const hiddenState = attentionState({ tripId: 7, operatedAt: gone.operatedAt, attention: [missing] })
    const found = new Map(
      [
        { ...mark, container: 'LEFT', takenBy: 1, takenByName: 'Анна Петрова', takenAt: asOf, note: '=Звонила' },
        { ...mark, container: 'LATE', laterUntil: new Date('2026-11-24T05:00:00Z') },
        { ...mark, container: 'GONE', hiddenState },
      ].map((one) => [one.container, one]),
    )
    const sheet = (marks: Partial<Marks> = {}) => {
      const options = { standingAfterMinutes: 1_440, sourceZone: zone, order: 'own' } as const
      const all = { found, now: asOf, showsNames: true, ...marks }
      const data = toReportData(['LATE', 'GONE', 'LEFT'], [late, gone, left], { ...options, marks: all })
      return valuesOf(dailyOf(data, undefined)[0]).map((row) => row.slice(8))
    }
    expect(sheet()).toEqual([
      ['Анна Петрова', undefined, '=Звонила'],
      [undefined, 'до 24.11.2026 08:00', undefined],
      [undefined, 'до изменения', undefined],
    ])
    expect(sheet({ showsNames: false })[0]).toEqual(['уже занимаются', undefined, '=Звонила'])
    const former = new Map([...found].map(([container, one]) => [container, { ...one, presentTripId: 8 }]))
    expect(sheet({ found: former })).toEqual([[], [], []])
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
    const differences = differencesOf(toStates(before.rows), toStates(after.rows), { forecastMovedHours: 12 })
    const [, changes] = dailyOf(after, { since: new Date('2026-11-20T23:00:00Z'), differences })
    expect(changes!.lines).toEqual(['Сравнение с отчётом от 21.11.2026 09:00 (МСК+7)'])
    expect(valuesOf(changes).map((row) => row.slice(0, 5))).toEqual([
      ['A', 'сдвинулся прогноз', '26.11.2026 18:30', '25.11.2026 08:54', 'на 1 сут 10 ч раньше'],
      ['C', 'новый в списке', undefined, 'Забайкальск', undefined],
      ['B', 'больше не в списке', 'Забайкальск', undefined, undefined],
      ['A', 'продвинулся', 'Забайкальск', 'Чита', 'на 840 км'],
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
    const letter = composeLetter(
      data,
      { caption, planned: '2026-11-22T09:00:00' as WallTime, zone, language: 'ru' },
      texts.ru,
    )
    expect(letter.subject).toBe('Дислокация «А & Б» — 22.11.2026 09:00')
    expect(letter.text).toContain('Дислокация «А & Б»\nДанные на 22.11.2026 08:00 (МСК)')
    expect(letter.html).toContain('&lt;b&gt;ЧИТА&lt;/b&gt;')
    expect(letter.html).toContain('Внимание')
    expect(letter.html).not.toContain('<b>')
  })
})
