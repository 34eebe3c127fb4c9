import type { StockBox } from '@atermtrack/data'
import { emptyStockFilter } from '@atermtrack/domain'
import { describe, expect, test } from 'vitest'
import { type BoxesAnswer, boxesView } from './boxes-view.ts'

const asOf = new Date('2025-09-12T22:30:00Z')

function aBox(fields: Partial<StockBox> = {}): StockBox {
  return {
    container: 'MSKU6011672',
    terminal: 'A-Terminal',
    direction: 'Селятино',
    stock: 'Сток <1>',
    client: 'ООО «Секрет»',
    size: '40 HC',
    teu: 2,
    condition: null,
    customsMode: null,
    cargo: null,
    place: null,
    order: null,
    grossKg: null,
    isLoaded: true,
    isDamaged: false,
    isAtCustoms: false,
    arrivedAt: new Date('2025-09-05T03:00:00Z'),
    arrivedWall: '2025-09-05T13:00:00' as StockBox['arrivedWall'],
    dispatchedAt: null,
    dispatchedWall: null,
    asOf,
    confirmedAt: null,
    zone: 'Asia/Vladivostok',
    storage: undefined,
    ...fields,
  }
}

const answer: BoxesAnswer = {
  boxes: [
    aBox({ isAtCustoms: true, isDamaged: true }),
    aBox({
      container: 'CSQU3054383',
      size: '20 DC',
      teu: 1,
      isLoaded: false,
      stock: null,
      storage: { freeDays: 5, chargedFrom: asOf, freeDaysLeft: 0, chargedDays: 2, charge: 3_000 },
    }),
  ],
  isCut: false,
  report: { asOf, confirmedAt: null, zone: 'Asia/Vladivostok' },
  filter: { ...emptyStockFilter, terminals: ['A-Terminal'] },
  page: 0,
  unread: [],
  freshness: 'Данные на …',
}
const ru = { language: 'ru', showsClients: false, mostBoxes: 5_000 } as const

describe('the containers on site', () => {
  test('are counted and listed with their days, their storage and their condition', () => {
    const { html, keyboard } = boxesView(answer, ru)
    expect(html.replaceAll('\u00A0', ' ')).toBe(
      [
        '🔎 <b>Показываю:</b> все контейнеры, терминал A-Terminal',
        "На площадке <b>2</b> контейнера (20': 1, 40': 1, 3 TEU)",
        'Гружёных 1, порожних 1\nИз них на таможне 1, повреждённых 1',
        '<b>По стокам</b>\n• сток &lt;1&gt;: 1\n• сток не указан: 1',
        '<code>MSKU6011672</code>, 40 HC, гружёный, на таможне, повреждён\nс 05.09.2025, стоит 7 сут, сток &lt;1&gt;',
        '<code>CSQU3054383</code>, 20 DC, порожний\nс 05.09.2025, стоит 7 сут, платно 2 сут, 3 000 ₽, сток не указан',
        'Данные на …',
      ].join('\n\n'),
    )
    const labels = keyboard.inline_keyboard.map((row) => row.map(({ text }) => text))
    expect(labels).toEqual([
      ['📦 MSKU6011672', '📦 CSQU3054383'],
      ['сток <1> · 1', 'сток не указан · 1'],
      ['📄 Excel', '🔄 Обновить', '🏗 Терминал'],
    ])
  })

  test('that have left are counted as such, with the end of their stay', () => {
    const box = aBox({
      dispatchedAt: new Date('2025-09-08T04:20:00Z'),
      dispatchedWall: '2025-09-08T14:20:00' as StockBox['dispatchedWall'],
      storage: { freeDays: 5, chargedFrom: asOf, freeDaysLeft: 2, chargedDays: 0, charge: undefined },
    })
    const filter = { ...answer.filter, moved: { side: 'dispatched', days: undefined } } as const
    const { html } = boxesView({ ...answer, boxes: [box], filter }, ru)
    expect(html.replaceAll('\u00A0', ' ')).toContain(
      'отправлены за последние сутки данных, терминал A-Terminal\n\nОтправлено <b>1</b> контейнер ',
    )
    expect(html.replaceAll('\u00A0', ' ')).toContain('с 05.09.2025, ушёл 08.09.2025 14:20, стоял 3 сут')
    expect(html).not.toContain('бесплатно')
    expect(boxesView({ ...answer, boxes: [], filter }, ru).html).toContain('Таких контейнеров нет')
  })

  test('name their client only to those who may know', () => {
    expect(boxesView(answer, { ...ru, showsClients: true }).html).toContain('ООО «Секрет»')
    expect(boxesView(answer, ru).html).not.toContain('Секрет')
  })

  test('are said to be none, with what was not understood and ways on', () => {
    const { html, keyboard } = boxesView({ ...answer, boxes: [], unread: ['<b>'] }, ru)
    expect(html).toContain('Не разобрал: &lt;b&gt;\n\n<b>На площадке таких контейнеров нет.</b>')
    expect(keyboard.inline_keyboard.flat().map(({ text }) => text)).toEqual(['🔄 Обновить', '🏗 Терминал'])
  })

  test('fit one message and a keyboard of eight rows, however many there are', () => {
    const long = 'Ъ'.repeat(500)
    const boxes = Array.from({ length: 5_000 }, (_, index) =>
      aBox({
        stock: `${index % 40}${long}`,
        direction: `${index % 9}${long}`,
        terminal: `${index % 3}${long}`,
        client: long,
      }),
    )
    const { html, keyboard } = boxesView({ ...answer, boxes, isCut: true }, { ...ru, showsClients: true })
    expect(html.length).toBeLessThan(4_096)
    expect(keyboard.inline_keyboard.length).toBeLessThanOrEqual(8)
  })

  test('are shown in English', () => {
    const { html } = boxesView(
      { ...answer, boxes: [aBox({ direction: 'North', stock: 'One' })], freshness: '' },
      { ...ru, language: 'en' },
    )
    expect(html).not.toMatch(/[а-яё]/i)
  })
})
