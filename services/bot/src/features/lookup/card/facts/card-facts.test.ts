import type { PositionView } from '@atermtrack/data'
import { describe, expect, test } from 'vitest'
import { aPosition } from '../../../../testing/a-position.ts'
import { cardView } from '../card.ts'
import { listView } from '../list.ts'

const settings = { sourceZone: 'Europe/Moscow', freeDays: [], staleAfterMinutes: 360, standingAfterMinutes: 1440 }
const now = new Date('2025-09-02T06:00:00Z')
const ru = { language: 'ru', now, settings } as const
const en = { language: 'en', now, settings } as const
const arrived = { station: { name: 'СЕЛЯТИНО', code: '181102' }, kmLeft: 0 }

describe('a card', () => {
  describe('of a container that is missing', () => {
    const asOf = new Date('2025-08-31T05:00:00Z')
    const missing = {
      asOf,
      missingSince: new Date('2025-08-31T17:00:00Z'),
      sourceStamp: new Date('2025-09-02T05:00:00Z'),
    }

    test('names the report that lacks it, and does not call the data old', () => {
      expect(cardView(aPosition({ ...missing, sourceHeardAt: missing.sourceStamp }), ru)).toContain(
        '\n\nНет в отчёте от 2 сентября 08:00 МСК, последний раз 31 августа 08:00',
      )
      const html = cardView(aPosition({ ...missing, sourceHeardAt: missing.sourceStamp }), en)
      expect(html).toContain('Not in the report of 2 September 08:00 MSK, last seen 31 August 08:00')
      expect(html).not.toContain('No new data')
    })

    test('warns when the source itself is silent', () => {
      const later = { ...ru, now: new Date('2025-09-03T06:00:00Z') }
      expect(cardView(aPosition(missing), later)).toContain('⚠️ Новых данных нет 1 сут 1 ч')
      const confirmed = aPosition({ ...missing, sourceHeardAt: new Date('2025-09-03T05:00:00Z') })
      expect(cardView(confirmed, later)).not.toContain('Новых данных нет')
    })

    test('says nothing about standing or moving', () => {
      const html = cardView(aPosition({ ...missing, operatedAt: new Date('2025-08-29T05:00:00Z') }), ru)
      expect(html).not.toMatch(/Простой|Последняя операция/)
    })
  })

  test('of a container whose trip is over does not call the data old while its source is active', () => {
    const html = cardView(
      aPosition({
        ...arrived,
        operation: 'Выдача контейнера получателю (49)',
        asOf: new Date('2025-08-20T05:00:00Z'),
        missingSince: new Date('2025-08-21T05:00:00Z'),
        sourceStamp: new Date('2025-09-02T05:00:00Z'),
      }),
      ru,
    )
    expect(html).not.toMatch(/Новых данных нет|Нет в отчёте/)
  })

  test.each<[string, Partial<PositionView>, string | undefined, string | undefined]>([
    ['moves', {}, 'Последняя операция 1 ч 30 мин назад', 'Last operation 1 h 30 min ago'],
    [
      'stands',
      { idleMinutes: 5_340, operatedAt: new Date('2025-08-29T12:00:00Z') },
      'Простой 3 сут 17 ч',
      'Idle for 3 d 17 h',
    ],
    ['is abandoned', { operation: 'Бросание поезда (92)' }, 'Простой 1 ч 30 мин', 'Idle for 1 h 30 min'],
    ['has arrived', { station: { name: 'СЕЛЯТИНО', code: '181102' } }, 'Простой 1 ч 30 мин', 'Idle for 1 h 30 min'],
    ['is issued', { station: { name: 'СЕЛЯТИНО', code: '181102' }, operation: 'Выдача (49)' }, undefined, undefined],
  ])(
    'of a container that %s says how long it stands, or how old its last operation is',
    (_, fields, russian, english) => {
      const said = (language: typeof ru | typeof en) =>
        cardView(aPosition(fields), language)
          .split('\n')
          .find((line) => /^(?:Простой|Последняя|Idle|Last operation)/.test(line))
      expect([said(ru), said(en)]).toEqual([russian, english])
    },
  )

  test('gives a forecast that was measured as a window, with its usual error and the trips behind it', () => {
    // 6,120 km are 10.2 days at 600 km a day; trips needed two days more, one in ten one day, one in ten four days.
    const measured = aPosition({ pace: [2 * 1440, 1440, 4 * 1440, 1150, 37, 1] })
    expect(cardView(measured, ru)).toContain('\nПрогноз прибытия: 13–16 сентября, обычно ±0,8\u00A0сут, по 37 рейсам\n')
    expect(cardView(measured, en)).toContain(
      '\nExpected arrival: 13–16 September, usually ±0.8\u00A0d, from 37 trips\n',
    )
    expect(listView([measured], ru)[0]).toContain('прогноз: 13–16 сент.')
    const one = aPosition({ pace: [1440, 1440, 1440, 10, 1, 0] })
    expect(cardView(one, ru)).toContain('Прогноз прибытия: 13 сентября, обычно ±0,1\u00A0сут, по 1 рейсу')
    const vladivostok = { ...ru, zone: 'Asia/Vladivostok' }
    const long = aPosition({ pace: [1440, 1440, 20 * 1440, 1150, 22, 1] })
    expect(cardView(long, vladivostok)).toContain('13 сентября – 2 октября, обычно ±0,8\u00A0сут, по 22 рейсам')
  })

  test('of an abandoned train names the earliest day of arrival', () => {
    const abandoned = aPosition({ operation: 'Бросание поезда (92)', operatedAt: new Date('2025-08-29T12:00:00Z') })
    expect(cardView(abandoned, ru)).toContain('Прогноз прибытия: не раньше 12 сентября (поезд брошен)')
    expect(cardView(abandoned, en)).toContain('Expected arrival: not before 12 September (the train is held en route)')
    expect(listView([abandoned], ru)[0]).toContain('прогноз: не раньше 12 сентября (поезд брошен)')
  })

  test('at the destination has the arrival as a fact, in the zone of the reader, and no forecast', () => {
    const position = aPosition({ ...arrived, arrivedAt: new Date('2025-11-27T11:05:00Z') })
    const html = cardView(position, { ...ru, zone: 'Asia/Vladivostok' })
    expect(html).toContain('\nПрибыл 27 ноября 21:05\n')
    expect(html).not.toContain('Прогноз')
    expect(cardView(position, en)).toContain('\nArrived 27 November 14:05\n')
    expect(listView([position], ru)[0]).toContain('прибыл 27 ноября 14:05')
  })
})

describe('the delivery norm', () => {
  const due = (day: string) => new Date(`2025-${day}T21:00:00Z`)
  const position = (fields: Partial<PositionView>) => aPosition({ kmLeft: 600, ...fields })

  test.each<[string, Partial<PositionView>, string, string]>([
    [
      'has passed',
      { deliveryDueAt: due('08-29') },
      'Срок доставки: 30 августа, опаздывает на 3\u00A0сут',
      'Due: 30 August, 3\u00A0d late',
    ],
    [
      'will pass by the forecast',
      { deliveryDueAt: due('09-01') },
      'Срок доставки: 2 сентября, ожидается опоздание на 2\u00A0сут',
      'Due: 2 September, expected 2\u00A0d late',
    ],
    ['is kept', { deliveryDueAt: due('09-19') }, 'Срок доставки: 20 сентября, в срок', 'Due: 20 September, on time'],
  ])('that %s stands on the card and in a list, measured at the stamp of the report', (_, fields, russian, english) => {
    const later = { ...ru, now: new Date('2025-09-30T06:00:00Z'), zone: 'America/New_York' }
    expect(cardView(position(fields), later)).toContain(`\n${russian}\n`)
    expect(cardView(position(fields), en)).toContain(`\n${english}\n`)
    const [, day = '', kept = ''] = /: ([^,]+), (.+)/.exec(russian) ?? []
    expect(listView([position(fields)], ru)[0]).toContain(`, срок ${day}: ${kept}`)
  })

  test('after the arrival is said of the arrival as a fact', () => {
    const late = { ...arrived, arrivedAt: new Date('2025-09-01T11:05:00Z'), deliveryDueAt: due('08-29') }
    const html = cardView(aPosition(late), ru)
    expect(html).toContain('\nПрибыл вчера 14:05 (1 сентября), на 2\u00A0сут позже срока\nСрок доставки: 30 августа\n')
    expect(html).not.toContain('опаздывает')
    expect(cardView(aPosition(late), en)).toContain(
      'Arrived yesterday 14:05 (1 September), 2\u00A0d after the due date',
    )
    const inTime = { ...late, deliveryDueAt: due('08-31') }
    expect(listView([aPosition(inTime)], ru)[0]).toContain('прибыл вчера 14:05 (1 сентября), в срок')
    expect(listView([aPosition(inTime)], ru)[0]).not.toContain('срок 1 сентября')
  })

  test('that no report names is not mentioned', () => {
    expect(cardView(aPosition(), ru)).not.toMatch(/срок/i)
    expect(listView([aPosition()], ru)[0]).not.toMatch(/срок/i)
  })
})

test('a list names the report that lacks a missing container', () => {
  const asOf = new Date('2025-09-01T05:00:00Z')
  const missing = aPosition({ container: 'CSQU3054383', asOf, missingSince: now, sourceStamp: now })
  expect(listView([aPosition(), missing], ru)[1]).toContain(
    '❓ пропал из отчёта, нет в отчёте от 2 сентября 09:00, последний раз вчера 08:00 (1 сентября)',
  )
})
