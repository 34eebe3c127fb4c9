import type { PositionView, TrainRow, TrainView } from '@atermtrack/data'
import { containerNumber } from '@atermtrack/testkit'
import { describe, expect, test } from 'vitest'
import { aPosition } from '../../testing/a-position.ts'
import { trainCardView, trainKeyboard } from './card.ts'
import { trainListView, unknownTrainsView } from './list.ts'
import { containersPage, clientsPage } from './pages.ts'
import { trainSnapshot } from './train-snapshot.ts'

const settings = { sourceZone: 'Europe/Moscow', freeDays: [], staleAfterMinutes: 360, standingAfterMinutes: 1440 }
const now = new Date('2025-09-02T06:00:00Z')
const admin = { language: 'ru', now, settings, showClients: true } as const
const viewer = { ...admin, showClients: false } as const
const freshness = 'Данные на 02.09.2025 08:00 (МСК)'
const irkutsk = { name: 'ИРКУТСК', code: '930005' }

function aTrain(rows: readonly Partial<TrainRow>[], fields: Partial<TrainView> = {}): TrainView {
  return {
    code: 'К25-073',
    destination: 'Селятино',
    transshipmentStation: null,
    sentAt: new Date('2025-08-27T00:00:00Z'),
    rows: rows.map((row, index) => ({ container: containerNumber(index), client: 'ООО «А»', waybill: null, ...row })),
    ...fields,
  }
}

function rowsOf(count: number): readonly Partial<TrainRow>[] {
  return Array.from({ length: count }, () => ({}))
}

/** A position for each row, `undefined` for a container not seen. */
function snapshotOf(train: TrainView, fields: readonly (Partial<PositionView> | undefined)[]) {
  const known = train.rows.flatMap(({ container }, index) => {
    const position = fields[index]
    return position ? [[container, aPosition({ ...position, container })] as const] : []
  })
  return trainSnapshot(train, new Map(known), settings)
}

describe('the card of a train', () => {
  test('counts who keeps the delivery norm and who does not', () => {
    const train = aTrain(rowsOf(4))
    const due = (day: string) => ({ deliveryDueAt: new Date(`2025-${day}T21:00:00Z`) })
    const html = trainCardView(
      train,
      snapshotOf(train, [due('08-25'), due('08-29'), due('09-30'), {}]),
      freshness,
      admin,
    )
    expect(html).toContain('\n\n<b>По сроку доставки</b>\n• ⏰ опаздывают: 2\n• идут в срок: 1\n\n')
    expect(trainCardView(train, snapshotOf(train, [{}, {}, {}, {}]), freshness, admin)).not.toContain('По сроку')
  })

  test('says where its containers are, which of them are apart from the others, and when they arrive', () => {
    const train = aTrain([{}, {}, {}, { client: 'ООО «Б»' }, { client: 'ООО «Б»' }, { client: null }], {
      transshipmentStation: 'Чемской',
    })
    const seen = snapshotOf(train, [
      {},
      { kmLeft: 6_200 },
      { idleMinutes: 3_000, operatedAt: new Date('2025-08-31T03:00:00Z') },
      { station: irkutsk, kmLeft: 5_000 },
      { missingSince: new Date('2025-09-02T05:00:00Z'), asOf: new Date('2025-09-01T05:00:00Z'), station: irkutsk },
      undefined,
    ])
    expect(trainCardView(train, seen, freshness, admin)).toBe(
      [
        '🚂 <b>Поезд К25-073</b> → Селятино',
        '🔁 Перегруз: Чемской',
        '🛤 Поезд РЖД 2051, 9822+123+1811: 4 контейнера',
        'Список поезда от 27 августа 03:00',
        '6 контейнеров, в дислокации видно 5',
        '',
        '<b>Где сейчас</b>',
        '• Чита I: 3',
        '• Иркутск: 1',
        '',
        '<b>По состоянию</b>',
        '• 🚂 в пути: 3',
        '• ⏸ стоит: 1',
        '• ❓ пропал из отчёта: 1',
        '• ⏳ ещё не виден: 1',
        '',
        '<b>Не вместе со всеми: 4</b>',
        `• <code>${containerNumber(4)}</code>, ❓ пропал из отчёта, нет в отчёте от 2 сентября 08:00, последний раз вчера 08:00 (1 сентября), Иркутск`,
        `• <code>${containerNumber(2)}</code>, ⏸ стоит, Чита I`,
        `• <code>${containerNumber(3)}</code>, 🚂 в пути, Иркутск`,
        `• <code>${containerNumber(5)}</code>, ⏳ ещё не виден`,
        '',
        '<b>По клиентам</b>',
        '• ООО «А»: 3',
        '• ООО «Б»: 2',
        '• клиент не указан: 1',
        '',
        'Осталось: 5\u00A0000 км – 6\u00A0200 км',
        'Прогноз прибытия: 11 сентября – 13 сентября',
        '',
        freshness,
      ].join('\n'),
    )
  })

  test('hides the names of clients from a reader who may not see them', () => {
    const train = aTrain([{}, {}, { client: 'ООО «Б»' }])
    const html = trainCardView(train, snapshotOf(train, [{}, {}, {}]), freshness, viewer)
    expect(html).toContain('👥 2 клиента: 2, 1')
    expect(html).not.toContain('ООО')
    const buttons = (options: typeof admin | typeof viewer) =>
      trainKeyboard('К25-073', options)
        .inline_keyboard.flat()
        .map(({ text }) => text)
    expect(buttons(viewer)).not.toContain('👥 По клиентам')
    expect(buttons(admin)).toContain('👥 По клиентам')
  })

  test('counts containers that nobody has seen, and says so once', () => {
    const train = aTrain(rowsOf(3))
    const html = trainCardView(train, snapshotOf(train, []), freshness, viewer)
    expect(html).toContain('3 контейнера, в дислокации ещё ни одного не видно')
    expect(html).not.toContain('Не вместе')
  })

  test('calls no container odd in a train that stands as a whole', () => {
    const train = aTrain(rowsOf(3))
    const standing = { operatedAt: new Date('2025-08-31T03:00:00Z') }
    expect(snapshotOf(train, [standing, standing, standing]).odd).toEqual([])
  })

  test('has no forecast when all have arrived', () => {
    const train = aTrain(rowsOf(2))
    const arrived = { station: { name: 'СЕЛЯТИНО', code: '181102' }, kmLeft: 0 }
    const html = trainCardView(train, snapshotOf(train, [arrived, arrived]), freshness, viewer)
    expect(html).toContain('• 🏁 прибыл на станцию назначения: 2')
    expect(html).not.toContain('Прогноз')
  })

  test('fits one message, however long the names in the cells are', () => {
    const long = 'Ъ'.repeat(500)
    const train = aTrain(
      Array.from({ length: 142 }, (_, index) => ({ client: `${index}${long}` })),
      { destination: long, transshipmentStation: long },
    )
    const positions = train.rows.map((_, index) => ({ station: { name: `${index}${long}`, code: null } }))
    const seen = snapshotOf(train, positions)
    expect(trainCardView(train, seen, freshness, admin).length).toBeLessThan(4096)
    expect(containersPage(train, seen, { page: 0, freshness, ...viewer }).html.length).toBeLessThan(4096)
    expect(clientsPage(train, seen, { page: 0, freshness, ...viewer }).html.length).toBeLessThan(4096)
  })

  test('speaks English', () => {
    const train = aTrain([{}, {}], { destination: null })
    const html = trainCardView(train, snapshotOf(train, [{}, undefined]), '', { ...viewer, language: 'en' })
    expect(html.replaceAll(/К25-073|Чита I|\(МСК\)/g, '')).not.toMatch(/[а-яё]/i)
  })
})

describe('a reused container number', () => {
  const unloaded = { operation: 'Выгрузка (21)', station: { name: 'СЕЛЯТИНО', code: '181102' } }

  test('counts as not seen while only an earlier trip is known', () => {
    const train = aTrain([{ waybill: 'ЭФ000002' }])
    const before = {
      ...unloaded,
      waybill: 'ЭФ000001',
      tripStartedAt: new Date('2025-07-18T00:00:00Z'),
      arrivedAt: new Date('2025-07-30T00:00:00Z'),
      operatedAt: new Date('2025-08-01T00:00:00Z'),
    }
    expect(snapshotOf(train, [before]).containers).toMatchObject([{ state: 'unseen', position: undefined }])
    expect(snapshotOf(train, [{ ...before, waybill: 'ЭФ000002' }]).containers).toMatchObject([{ state: 'unloaded' }])
  })

  test('is on another trip once that trip has begun', () => {
    const train = aTrain([{ waybill: 'ЭФ000002' }])
    const later = { waybill: 'ЭФ000003', tripStartedAt: new Date('2025-09-20T00:00:00Z') }
    expect(snapshotOf(train, [later])).toMatchObject({ containers: [{ state: 'other_trip' }], stations: [] })
  })

  test('is matched by dates when the list has no waybill', () => {
    const train = aTrain([{}, {}])
    const before = {
      ...unloaded,
      tripStartedAt: new Date('2025-07-18T00:00:00Z'),
      arrivedAt: new Date('2025-07-30T00:00:00Z'),
    }
    const later = { tripStartedAt: new Date('2025-09-20T00:00:00Z') }
    expect(snapshotOf(train, [before, later]).containers).toMatchObject([{ state: 'unseen' }, { state: 'other_trip' }])
  })

  test('has a count of its own on the card', () => {
    const train = aTrain(rowsOf(3))
    const later = { tripStartedAt: new Date('2025-09-20T00:00:00Z'), station: irkutsk }
    const seen = snapshotOf(train, [{}, later, later])
    const html = trainCardView(train, seen, freshness, viewer)
    expect(html).toContain('3 контейнера, в дислокации видно 1\n↪️ Уехали другим рейсом: 2\n')
    expect(html).toContain('• 🚂 в пути: 1')
    expect(html).not.toMatch(/Иркутск|Не вместе/)
    expect(trainCardView(train, seen, '', { ...viewer, language: 'en' })).toContain('↪️ Left on another trip: 2')
    const { html: clients } = clientsPage(train, seen, { page: 0, freshness, ...viewer })
    expect(clients).toContain('↪️ уехал другим рейсом: 2')
  })

  test('has one window where the forecasts of all its containers were measured, as exact as the least exact', () => {
    const train = aTrain([{}, {}])
    const seen = snapshotOf(train, [
      { pace: [2880, 1440, 5760, 1150, 37, 1] },
      { kmLeft: 6_720, pace: [2880, 1440, 5760, 1440, 52, 1] },
    ])
    expect(trainCardView(train, seen, freshness, admin)).toContain(
      'Прогноз прибытия: 13–17 сентября, обычно ±1\u00A0сут, по 37 рейсам',
    )
    const partly = snapshotOf(train, [{ pace: [2880, 1440, 5760, 1150, 37, 1] }, {}])
    expect(trainCardView(train, partly, freshness, admin)).toContain('Прогноз прибытия: 13 сентября – 14 сентября')
  })

  test('of an abandoned train arrives no earlier than its forecast', () => {
    const train = aTrain(rowsOf(2))
    const abandoned = { operation: 'Бросание поезда (92)' }
    expect(trainCardView(train, snapshotOf(train, [abandoned, abandoned]), freshness, viewer)).toContain(
      'Прогноз прибытия: не раньше 13 сентября (поезд брошен)',
    )
  })
})

describe('the pages of a train', () => {
  const train = aTrain(rowsOf(9))
  const seen = snapshotOf(train, [{}, undefined, ...rowsOf(7).map(() => ({}))])

  test('show its containers in the order of the list, eight at a time', () => {
    const first = containersPage(train, seen, { page: 0, freshness, ...viewer })
    expect(first.html).toContain(
      `1. <code>${containerNumber(0)}</code> 🚂 в пути\nЧита I, сегодня 06:30 (2 сентября), осталось: 6\u00A0120 км`,
    )
    expect(first.html).toContain(`2. <code>${containerNumber(1)}</code> ⏳ ещё не виден`)
    const last = containersPage(train, seen, { page: 1, freshness, ...viewer })
    expect(last.html).toContain(`9. <code>${containerNumber(8)}</code>`)
    expect(last.html).not.toContain('8. ')
    expect(
      last.keyboard.inline_keyboard.flat().map((button) => 'callback_data' in button && button.callback_data),
    ).toEqual(['v1:train-boxes:25-073:0', 'v1:train-boxes:25-073:1', 'v1:train:25-073'])
  })

  test('show its clients with the places of their containers', () => {
    const { html } = clientsPage(train, seen, { page: 0, freshness, ...viewer })
    expect(html).toContain('ООО «А»: 9\nЧита I: 8, ⏳ ещё не виден: 1')
  })
})

test('the list of trains opens their cards', () => {
  const reader = { language: 'ru', zone: 'Europe/Moscow', now: viewer.now, mayAdd: false } as const
  const rows = [{ code: 'К25-073', destination: 'Селятино', sentAt: new Date('2025-09-01T00:00:00Z'), containers: 62 }]
  const { keyboard } = trainListView({ rows, total: 1, page: 0, pages: 1 }, reader)
  expect(keyboard.inline_keyboard).toEqual([
    [{ text: 'К25-073 · Селятино · 62 · 1 сентября', callback_data: 'v1:train-open:25-073' }],
  ])
  const none = trainListView({ rows: [], total: 0, page: 0, pages: 1 }, { ...reader, mayAdd: true })
  expect(none.html).toBe('Списков поездов пока нет.')
  expect(none.keyboard.inline_keyboard).toEqual([[{ text: '➕ Новый поезд', callback_data: 'v1:train-new' }]])
})

test('an unknown train is answered with similar ones', () => {
  const { html, keyboard } = unknownTrainsView(['К25-073', 'К25-500'], ['К24-073'], 'ru')
  expect(html).toBe(
    [
      '❔ Списка поезда <code>К25-073</code> у меня нет.',
      'Есть похожие: <code>К24-073</code>',
      '❔ Списка поезда <code>К25-500</code> у меня нет.',
    ].join('\n'),
  )
  expect(keyboard.inline_keyboard).toEqual([[{ text: 'К24-073', callback_data: 'v1:train-open:24-073' }]])
})
