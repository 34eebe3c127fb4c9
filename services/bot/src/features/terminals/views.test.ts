import type { StockGroup } from '@atermtrack/domain'
import { describe, expect, test } from 'vitest'
import { type Stock, stockView, terminalListView, terminalsOfPage } from './views.ts'

const groups: readonly StockGroup[] = [
  { direction: 'Селятино', stock: 'Сток 1', containers20: 1, containers40: 2, teu: 5 },
  { direction: 'Селятино', stock: undefined, containers20: 1, containers40: 0, teu: 1 },
  { direction: undefined, stock: 'Сток <2>', containers20: 0, containers40: 1, teu: 2 },
]
const news: Stock['news'] = {
  asOf: new Date('2025-09-02T22:30:00Z'),
  confirmedAt: null,
  zone: 'Asia/Vladivostok',
  arrived: { containers: 48, teu: 93 },
  dispatched: { containers: 7, teu: 12 },
}
const conditions = { loaded: 0, empty: 0, damaged: 0, customs: 0 }
const stock: Stock = { terminal: 'A-Terminal', groups, conditions, news, freshness: 'Данные на …' }
const ru = { page: 0, hasOthers: false, language: 'ru' } as const

describe('the stock of a terminal', () => {
  test('is counted by direction and stock with totals', () => {
    expect(stockView(stock, ru).html).toBe(
      [
        '🏗 <b>Терминал A-Terminal</b>',
        "На площадке <b>5</b> контейнеров (20': 2, 40': 3, 8 TEU)",
        '',
        '<b>За последние сутки данных</b>',
        '• Прибыло: 48 (93 TEU)',
        '• Отправлено: 7 (12 TEU)',
        '',
        '<b>Селятино</b>',
        "• Сток 1: 3 (20': 1, 40': 2, 5 TEU)",
        "• сток не указан: 1 (20': 1, 40': 0, 1 TEU)",
        '',
        '<b>Направление не указано</b>',
        "• Сток &lt;2&gt;: 1 (20': 0, 40': 1, 2 TEU)",
        '',
        'Данные на …',
      ].join('\n'),
    )
  })

  test('says what is loaded and what is empty, and apart from that what is at the customs or damaged', () => {
    const known = { loaded: 3, empty: 1, damaged: 0, customs: 2 }
    const { html, keyboard } = stockView({ ...stock, conditions: known }, ru)
    expect(html).toContain('\nГружёных 3, порожних 1, не указано 1\nИз них на таможне 2, повреждённых 0\n')
    const labels = keyboard.inline_keyboard.map((row) => row.map(({ text }) => text))
    expect(labels).toEqual([
      ['📋 Контейнеры', '📄 Excel'],
      ['Селятино · 4', 'Направление не указано · 1'],
      ['порожние · 1', 'гружёные · 3'],
      ['на таможне · 2'],
      ['↘️ прибыло · 48', '↗️ отправлено · 7'],
      ['📊 По дням', '🔄 Обновить'],
    ])
  })

  test('is paged when it is long, with the totals of all pages', () => {
    const many = Array.from({ length: 45 }, (_, index) => ({ ...groups[0]!, stock: `Сток ${index}` }))
    const { html, keyboard } = stockView({ ...stock, groups: many }, { ...ru, page: 9, hasOthers: true })
    expect(html).toContain('На площадке <b>135</b> контейнеров')
    expect(html).toContain('Сток 44')
    expect(html).not.toContain('Сток 39')
    expect(keyboard.inline_keyboard.flat().map(({ text }) => text)).toEqual([
      '‹',
      '3/3',
      '📋 Контейнеры',
      '📄 Excel',
      '↘️ прибыло · 48',
      '↗️ отправлено · 7',
      '📊 По дням',
      '🔄 Обновить',
      '🏗 Другие терминалы',
    ])
  })

  test('fits one message, however long the names in the cells are', () => {
    const long = 'Ъ'.repeat(500)
    const many = Array.from({ length: 20 }, (_, index) => ({
      ...groups[0]!,
      direction: `${index}${long}`,
      stock: long,
    }))
    expect(stockView({ ...stock, terminal: long, groups: many }, ru).html.length).toBeLessThan(4096)
  })

  test('speaks English', () => {
    const { html } = stockView(
      { ...stock, groups: [{ ...groups[0]!, direction: 'North' }], freshness: '' },
      { ...ru, language: 'en' },
    )
    expect(html.replace('Сток 1', '')).not.toMatch(/[а-яё]/i)
  })
})

test('buttons choose a terminal, an unnamed one included', () => {
  const now = new Date('2025-09-02T08:00:00Z')
  const settings = {
    sourceZone: 'Europe/Moscow',
    freeDays: [],
    staleAfterMinutes: 60,
    standingAfterMinutes: 60,
    forecastMovedHours: 12,
  }
  const options = { language: 'ru', now, settings } as const
  const summaries = [
    { terminal: 'A-Terminal', containers: 12, asOf: new Date('2025-09-02T05:00:00Z') },
    { terminal: null, containers: 1, asOf: new Date('2025-08-30T08:00:00Z') },
  ]
  const { html, keyboard } = terminalListView(terminalsOfPage(['A-Terminal', null], 0), summaries, options)
  expect(html.split('\n')).toEqual([
    '🏗 Выберите терминал:',
    '• A-Terminal: на площадке 12, отчёт от 02.09.2025 08:00 (МСК), возраст 3 ч',
    '• без названия: на площадке 1, отчёт от 30.08.2025 11:00 (МСК), возраст 3 сут',
  ])
  expect(keyboard.inline_keyboard.flat().map(({ text }) => text)).toEqual(['A-Terminal', 'без названия'])
  expect(terminalListView(terminalsOfPage([], 0), [], options)).toEqual({
    html: expect.stringContaining('Отчётов терминала пока нет'),
    keyboard: { inline_keyboard: [] },
  })
})
