import type { Feed, UndoPreview } from '@atermtrack/data'
import { expect, test } from 'vitest'
import type { View } from '../../routing/view.ts'
import { acceptWorkbook, showWorkbook } from './actions.ts'
import { feedsView } from './feeds-view.ts'
import { narrowView } from './narrow-view.ts'
import { formatPlace, parsePlace, type Place, placeParameter } from './place.ts'
import { undoLines } from './undo-view.ts'
import { wantedLine } from './wanted-line.ts'

const options = { language: 'ru', zone: 'Asia/Vladivostok' } as const

function buttonsOf({ keyboard }: View): (readonly [string, string])[] {
  return keyboard.inline_keyboard
    .flat()
    .map((button) => [button.text, 'callback_data' in button ? button.callback_data : ''])
}

const narrowed: Place = {
  filter: 'rejected',
  page: 12,
  wanted: { kind: 'terminal_report', day: '2026-11-30', senderOf: 1_234_567 },
}

test.each<Place>([
  narrowed,
  { filter: 'all', page: 0 },
  { filter: 'all', page: 3, wanted: { kind: 'dislocation' } },
  { filter: 'waiting', page: 0, wanted: { day: '1999-12-31' } },
  { filter: 'accepted', page: 0, wanted: { senderOf: 5 } },
])('the place %j is read from a button as it was written', (place) => {
  const { kind, day, senderOf } = place.wanted ?? {}
  expect(parsePlace(formatPlace(place))).toEqual({ ...place, ...(place.wanted && { wanted: { kind, day, senderOf } }) })
})

test.each(['all0_', 'all0___', 'all0_x__', 'all0_d', 'all0_d_zzzzzz_1', 'all0__1_%', 'all1234', 'all0_d_1_1_1'])(
  'a forged place is refused: %s',
  (text) => {
    expect(parsePlace(text)).toBeUndefined()
    expect(typeof placeParameter.read(text)).toBe('symbol')
  },
)

test('the longest data of a button fit', () => {
  const { filter, page } = narrowed
  expect(formatPlace(narrowed)).toHaveLength(21)
  expect(() => showWorkbook.data({ workbookId: 123_456_789, place: narrowed, page: 12 })).not.toThrow()
  expect(() =>
    acceptWorkbook.data({ workbookId: 1_234_567, reason: 'unproven_sender', place: { filter, page } }),
  ).not.toThrow()
})

test('a list can be narrowed to kinds, days and senders that there are, and a chosen one is taken back', () => {
  const candidates = [
    { id: 9, sender: 'robot@rail.example', receivedAt: new Date('2026-11-30T01:00:00Z') },
    { id: 8, sender: null, receivedAt: new Date('2026-11-29T20:00:00Z') },
    { id: 7, sender: 'robot@rail.example', receivedAt: new Date('2026-11-29T01:00:00Z') },
  ]
  const wanted = { kind: 'dislocation', senderOf: 7 } as const
  expect(buttonsOf(narrowView(candidates, { filter: 'all', page: 4, wanted }, options))).toEqual([
    ['• Дислокация •', 'v1:wb-list:all:0:__7'],
    ['Отчёт терминала', 'v1:wb-list:all:0:t__7'],
    ['Список поезда', 'v1:wb-list:all:0:r__7'],
    ['30.11', expect.stringMatching(/^v1:wb-list:all:0:d_[0-9a-z]+_7$/)],
    ['29.11', expect.stringMatching(/^v1:wb-list:all:0:d_[0-9a-z]+_7$/)],
    ['• robot@rail.example •', 'v1:wb-list:all:0:d__'],
    ['присланные вручную', 'v1:wb-list:all:0:d__8'],
    ['✖️ Показать все', 'v1:wb-list:all:0'],
    ['‹ К списку', 'v1:wb-list:all:0:d__7'],
  ])
  expect(wantedLine({ ...wanted, day: '2026-11-30' }, [{ sender: '<x>' }], 'ru')).toBe(
    '🔎 Дислокация, 30.11.2026, &lt;x&gt;',
  )
})

test.each<[UndoPreview, readonly string[]]>([
  [
    { kind: 'dislocation', positions: 1_200, movements: 0, forgotten: 3, events: 2, notices: 1 },
    [
      'Что изменится:',
      '• положение пересчитается по другим отчётам: 1 200 конт.',
      '• знал только этот файл, данных не останется: 3 конт.',
      '• события проверю заново: 2',
      '• о них уже ушло сообщений: 1 (ошибочные исправлю)',
    ],
  ],
  [
    { kind: 'terminal_report', visits: 0, forgotten: 0, events: 0, notices: 0 },
    ['Ничего не изменится: всё это есть и в других файлах.'],
  ],
  [
    { kind: 'train_roster', trainCode: 'К25-073', containers: 2, hasOther: false },
    ['Что изменится:', '• уйдёт список поезда К25-073: 2 конт.', '• другого списка у поезда нет'],
  ],
])('the question before an undo says what it takes back: %j', (preview, lines) => {
  expect(undoLines(preview, 'ru').map((line) => line.replaceAll(/[\u00A0\u202F]/gu, ' '))).toEqual(lines)
})

test('sources show their last report and when the next one is expected, or how late it is', () => {
  const feed = (hours: readonly number[], sender: string): Feed => ({
    kind: 'dislocation',
    sender,
    reportNumber: '103',
    workbookId: 1,
    stamp: null,
    rowCount: 1_000,
    usualRows: 990.5,
    receivedAt: hours.map((hour) => new Date(Date.UTC(2026, 10, 30, hour))),
  })
  const now = new Date(Date.UTC(2026, 10, 30, 14))
  const view = feedsView(
    [feed([12, 6, 0, -6], 'on-time@rail.example'), feed([2, -2, -6, -10], 'late@rail.example'), feed([13], '<new>')],
    { ...options, now },
  )
  expect(view.html.replaceAll(/[\u00A0\u202F]/gu, ' ').split('\n')).toEqual([
    '📡 <b>Источники</b>: как приходят отчёты',
    '',
    '🟢 <b>Дислокация №103</b>, on-time@rail.example',
    '      последний: вчера 22:00 (30 ноября), 2 ч назад',
    '      строк: 1 000, обычно 991',
    '      следующий около 1 декабря 04:00, обычно раз в 6 ч',
    '',
    '🟠 <b>Дислокация №103</b>, late@rail.example',
    '      последний: вчера 12:00 (30 ноября), 12 ч назад',
    '      строк: 1 000, обычно 991',
    '      ⚠️ ждал около 30 ноября 16:00, задерживается на 8 ч',
    '',
    '⚪ <b>Дислокация №103</b>, &lt;new&gt;',
    '      последний: вчера 23:00 (30 ноября), 1 ч назад',
    '      строк: 1 000, обычно 991',
    '      отчётов пока мало: когда ждать следующий, не знаю',
    '',
    '🕒 Время: МСК+7',
  ])
  expect(feedsView([], { ...options, now }).html).toContain('ни один отчёт не пришёл сам')
})
