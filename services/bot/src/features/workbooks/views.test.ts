import type { ReviewedWorkbook } from '@atermtrack/data'
import { dislocationFields } from '@atermtrack/domain'
import { describe, expect, test } from 'vitest'
import type { View } from '../../routing/view.ts'
import { confirmView, detailView } from './detail-view.ts'
import { assign, beginDraft, columnsOf } from './column-mapping/mapping-draft.ts'
import { listView } from './list-view.ts'
import { mailListView, mailView } from './mail-review.ts'
import { formatPlace, parsePlace } from './place.ts'
import { columnsView, columnView } from './column-mapping/mapping-view.ts'

const workbook: ReviewedWorkbook = {
  id: 12,
  origin: 'mail',
  sender: 'x@stranger.example',
  subject: 'Отчёт <b>',
  fileName: '103 & Co.xlsx',
  size: 5_000,
  sha256: Buffer.alloc(32),
  sentAt: null,
  receivedAt: new Date('2025-09-02T05:05:00Z'),
  status: 'quarantined',
  reason: 'shrunk',
  reasonDetail: '3000',
  kind: 'dislocation',
  stamp: new Date('2025-09-02T05:00:00Z'),
  zone: 'Europe/Moscow',
  rowCount: 1204,
  skippedCount: 2,
  newContainers: null,
  unknownColumns: ['Цвет'],
  warnings: Array.from({ length: 10 }, (_, n) => ({
    sheet: 'Отчёт',
    row: n + 5,
    column: 'Номер контейнера',
    value: '<MSKU>',
    problem: 'container_unreadable' as const,
  })),
  head: Array.from({ length: 9 }, (_, n) => [`Ящик ${n}`, '', 'Где']),
  trainCode: null,
  transshipmentStation: null,
  undoClosedAt: null,
  originalGoneAt: null,
}
const options = { language: 'ru', zone: 'Asia/Vladivostok', place: undefined, decision: undefined } as const

function actionsOf({ keyboard }: View): string[] {
  return keyboard.inline_keyboard.flat().map((button) => ('callback_data' in button ? button.callback_data : ''))
}

function plain({ html }: View): string {
  return html.replaceAll(/[\u00A0\u202F]/gu, ' ')
}

describe('a workbook', () => {
  test('is shown with everything that an admin needs for a decision', () => {
    expect(plain(detailView(workbook, 0, options)).split('\n')).toEqual([
      '📄 <b>103 &amp; Co.xlsx</b> №12',
      '🛑 ждёт решения',
      'Дислокация',
      'Причина: строк намного меньше, чем обычно (обычно около 3000)',
      'Строк: 1 204',
      'Пропущено строк: 2',
      'Данные на: 02.09.2025 08:00 (МСК)',
      'Откуда: почта, x@stranger.example, Отчёт &lt;b&gt;',
      'Получен: 02.09.2025 15:05 (МСК+7)',
      'Незнакомые колонки: Цвет',
    ])
  })

  test('has pages with the remarks and the first rows, eight on each', () => {
    const pages = [1, 2, 3, 4, 5].map((page) => detailView(workbook, page, options))
    expect(pages.map((page) => plain(page).split('\n').slice(3).length)).toEqual([8, 2, 8, 1, 1])
    expect(plain(pages[1]!)).toContain(
      '• Отчёт, строка 13, Номер контейнера: <code>&lt;MSKU&gt;</code> это не номер контейнера',
    )
    expect(plain(pages[3]!)).toContain('9. Ящик 8 | Где')
    expect(actionsOf(pages[0]!).slice(0, 3)).toEqual(['v1:wb-show:12:-:0', 'v1:wb-show:12:-:1', 'v1:wb-show:12:-:2'])
  })

  test.each<[Partial<ReviewedWorkbook>, string[]]>([
    [{}, ['wb-accept', 'wb-reject', 'wb-replay', 'wb-file']],
    [{ reason: 'missing_columns' }, ['wb-teach', 'wb-reject', 'wb-replay', 'wb-file']],
    [{ status: 'refused', reason: 'rejected' }, ['wb-replay', 'wb-file']],
    [{ status: 'duplicate', reason: 'same_bytes' }, ['wb-replay', 'wb-file']],
    [{ status: 'pending', reason: null }, ['wb-show', 'wb-file']],
    [{ status: 'imported', reason: null }, ['wb-undo', 'wb-file']],
    [{ status: 'imported', reason: 'undo_requested' }, ['wb-show', 'wb-file']],
    [{ status: 'imported', reason: 'unpacked', kind: null }, ['wb-file']],
    [
      { status: 'imported', reason: null, kind: 'train_roster', trainCode: 'К25-073' },
      ['wb-undo', 'wb-station', 'wb-file'],
    ],
  ])('in the state %j can be handled by %j', (state, actions) => {
    const view = detailView({ ...workbook, warnings: [], head: [], ...state }, 0, options)
    expect(actionsOf(view).map((data) => data.split(':')[1])).toEqual(actions)
  })

  test('names the person who decided, and leads back to the list', () => {
    const decision = { action: 'workbook.rejected', by: 'Анна <b>', at: new Date('2025-09-02T06:00:00Z') }
    const place = { filter: 'waiting', page: 2 } as const
    const view = detailView({ ...workbook, status: 'refused' }, 0, { ...options, decision, place })
    expect(plain(view)).toContain('👤 Решение: отклонено, Анна &lt;b&gt;, 02.09.2025 16:00 (МСК+7)')
    expect(actionsOf(view).at(-1)).toBe('v1:wb-list:waiting:2')
    expect(parsePlace(formatPlace(place))).toEqual(place)
    expect(parsePlace('elsewhere0')).toBeUndefined()
  })

  test('shows the number of rows in the button of a decision', () => {
    const { keyboard } = confirmView(workbook, 'accept', options)
    expect(keyboard.inline_keyboard[0]?.[0]).toEqual({
      text: expect.stringMatching(/^✅ Принять 1\s204 строки$/),
      callback_data: 'v1:wb-accept-yes:12:shrunk:-',
    })
    expect(confirmView({ ...workbook, rowCount: null }, 'reject', options).keyboard.inline_keyboard[0]?.[0]?.text).toBe(
      '🗑 Отклонить файл',
    )
  })
})

test('the list shows eight at a time, with the filters below', () => {
  const rows = Array.from({ length: 9 }, (_, n) => ({ ...workbook, id: 30 - n }))
  const view = listView(rows, { filter: 'waiting', page: 1 }, options)
  expect(plain(view).split('\n').slice(2)).toEqual([
    '<b>№22</b> 🛑 ждёт решения: 103 &amp; Co.xlsx',
    '      Дислокация, 1 204 строки, 02.09.2025 15:05 (МСК+7)',
    '      строк намного меньше, чем обычно (обычно около 3000)',
  ])
  expect(actionsOf(view)).toEqual([
    'v1:wb-show:22:waiting1',
    'v1:wb-list:waiting:0',
    'v1:wb-list:waiting:1',
    'v1:wb-list:waiting:0',
    'v1:wb-list:accepted:0',
    'v1:wb-list:rejected:0',
    'v1:wb-list:all:0',
    'v1:wb-narrow:waiting1',
    'v1:wb-mails:0',
    'v1:wb-feeds',
  ])
  expect(listView([], { filter: 'all', page: 0 }, options).html).toContain('Здесь пусто')
})

describe('a message that was not accepted', () => {
  const mail = {
    id: 5,
    mailbox: 'box',
    uidValidity: 1,
    uid: 1,
    rawSha256: null,
    sender: 'a@b.example',
    subject: 'Отчёт <103>',
    size: 61_200_000,
    receivedAt: new Date('2025-09-02T05:05:00Z'),
    reason: 'too_big',
    retryRequestedAt: null,
    attachments: [],
    tries: 0,
    nextTryAt: null,
  }

  test('is shown with its known facts, and can be tried again once', () => {
    expect(plain(mailView(mail, options)).split('\n')).toEqual([
      '✉️ <b>Письмо не принято</b> №5',
      'От кого: a@b.example',
      'Тема: Отчёт &lt;103&gt;',
      'Размер: 61,2 МБ',
      'Получено: 02.09.2025 15:05 (МСК+7)',
      'Причина: письмо больше, чем разрешено принимать (MAIL_MAX_MESSAGE_MB)',
    ])
    expect(actionsOf(mailView(mail, options))).toEqual(['v1:wb-mail-again:5', 'v1:wb-mails:0'])
    const waiting = mailView({ ...mail, retryRequestedAt: new Date() }, { ...options, language: 'en' })
    expect(plain(waiting)).toContain('It is tried again')
    expect(actionsOf(waiting)).toEqual(['v1:wb-mails:0'])
  })

  test('and is tried again automatically shows the time', () => {
    const nextTryAt = new Date('2025-09-02T06:05:00Z')
    const deferred = mailView({ ...mail, reason: 'download_cut', tries: 4, nextTryAt }, options)
    expect(plain(deferred)).toContain('Попыток: 4, следующая после 02.09.2025 16:05 (МСК+7)')
    expect(actionsOf(deferred)).toContain('v1:wb-mail-again:5')
    const listed = mailListView([{ ...mail, reason: 'download_cut', tries: 4, nextTryAt }], 0, options)
    expect(plain(listed)).toContain('⏳ 02.09.2025 15:05 (МСК+7): загрузка письма каждый раз обрывается')
  })

  test('appears in a list of eight a page', () => {
    const mails = Array.from({ length: 9 }, (_, n) => ({ ...mail, id: 20 - n }))
    expect(actionsOf(mailListView(mails, 1, options))).toEqual([
      'v1:wb-mail:12',
      'v1:wb-mails:0',
      'v1:wb-mails:1',
      'v1:wb-list:all:0',
    ])
    expect(plain(mailListView([{ ...mail, subject: null }], 0, options))).toContain('<b>№5</b> a@b.example')
    expect(plain(mailListView([], 0, options))).toContain('Здесь пусто')
  })
})

describe('a column mapping', () => {
  const head = [
    ['Ящик <1>', 'Где', 'Что', '', 'Когда'],
    ['CSQU3054383', 'Селятино (181102)', 'ПРИБ', '', '02.09.2025 06:30'],
  ]
  const draft = beginDraft(7, head)

  test('lists the columns with the guesses, and can be saved once the four required ones are mapped', () => {
    const view = columnsView(draft, head, 0, 'ru')
    expect(view.html.split('\n').slice(3, 8)).toEqual([
      'A: Ящик &lt;1&gt; → Номер контейнера ✓ <i>(догадка)</i>',
      'B: Где → Станция операции ✓ <i>(догадка)</i>',
      'C: Что → ?',
      'D: <i>без заголовка</i> → ?',
      'E: Когда → Дата и время операции ✓ <i>(догадка)</i>',
    ])
    const save = ({ keyboard }: View) => keyboard.inline_keyboard.at(-2)?.[0]?.text
    expect(save(view)).toBe('⏳ Осталось указать: Операция')
    expect(save(columnsView(assign(draft, 2, 'operation'), head, 0, 'ru'))).toBe('💾 Сохранить и импортировать')
  })

  test('offers every field for a column, the required ones on each page', () => {
    const column = columnsOf(draft, head)[0]!
    const meanings = new Set<string>()
    for (let page = 0; page < 8; page++) {
      const view = columnView(column, { workbookId: 7, page }, 'ru')
      const required = view.keyboard.inline_keyboard.slice(0, 4).flat()
      expect(required.map(({ text }) => text)).toEqual([
        'Номер контейнера ✓',
        'Станция операции',
        'Операция',
        'Дата и время операции',
      ])
      for (const data of actionsOf(view)) if (data.startsWith('v1:wb-mean')) meanings.add(data)
    }
    expect(meanings.size).toBe(dislocationFields.length + 1)
  })
})
