import { expect, test } from 'vitest'
import type { NoticeParams } from '../render.ts'
import { actionsOf, rendered } from '../rendered.test-helper.ts'
import { reasonSentence } from './workbook-reasons.ts'

const waiting = {
  id: 7,
  fileName: '<b>103.xlsx',
  sender: 'x@stranger.example',
  kind: 'dislocation',
  rowCount: 12,
  stamp: new Date('2025-09-02T05:00:00Z'),
  zone: 'Europe/Moscow',
  reason: 'shrunk',
  reasonDetail: '299',
} as const satisfies NoticeParams<'workbook_waits'>

test('names the file, who sent it, what is in it and why it waits, with nothing of it as markup', () => {
  const { html } = rendered('workbook_waits', { ...waiting, rejectedDuplicate: 5 })
  expect(html.split('\n')).toEqual([
    '🛑 <b>Файл ждёт решения</b> №7',
    '📄 &lt;b&gt;103.xlsx',
    '✉️ x@stranger.example',
    'Дислокация, 12 строк, данные на 02.09.2025 08:00 МСК',
    'Причина: строк намного меньше, чем обычно (обычно около 299)',
    '♻️ Такой же файл администратор уже отклонял: №5',
  ])
})

test('an admin who reads English gets it in English', () => {
  const { html, buttons } = rendered('workbook_waits', waiting, 'en')
  expect(html.split('\n').slice(3)).toEqual([
    'Position report, 12 rows, data as of 2 Sept 2025 08:00 MSK',
    'Reason: there are far fewer rows than usual (usually about 299)',
  ])
  expect(JSON.stringify(buttons)).not.toMatch(/[А-яё]/)
})

test('the beginning of a table of an unknown layout is collapsed, and cut where it is long', () => {
  const reasonDetail = `R&D ${'x'.repeat(400)}`
  const { html } = rendered('workbook_waits', { ...waiting, reason: 'unknown_layout', reasonDetail })
  expect(html.split('\n').at(-1)).toMatch(/^<blockquote expandable>R&amp;D x{296}…<\/blockquote>$/)
})

test('a usual number of rows that is zero is not mentioned', () => {
  expect(reasonSentence('shrunk', 'ru', { rowCount: 5, reasonDetail: '5' })).toBe('строк намного меньше, чем обычно')
  expect(reasonSentence('missing_columns', 'ru', { reasonDetail: 'Операция' })).toBe(
    'не хватает обязательных колонок: Операция',
  )
})

test('a file that cannot be read is reported with buttons to look at it and to get the file', () => {
  const file = { id: 7, fileName: 'a.xlsx', sender: 'b@c.example', reason: 'truncated' }
  const refused = rendered('workbook_refused', file)
  expect(refused.html.split('\n')).toEqual([
    '⛔ <b>Файл не принят</b> №7',
    '📄 a.xlsx',
    '✉️ b@c.example',
    'Причина: файл обрезан: пришлите ещё раз',
  ])
  expect(actionsOf(refused)).toEqual(['wb-show:7', 'wb-file:7'])
})

test.each([
  ['shrunk', ['wb-show', 'wb-accept', 'wb-reject']],
  ['unknown_layout', ['wb-show', 'wb-teach', 'wb-reject']],
  ['no_train_code', ['wb-show', 'wb-teach', 'wb-reject']],
  ['unproven_sender', ['wb-show', 'wb-accept', 'wb-reject']],
  ['undone', ['wb-show', 'wb-accept', 'wb-reject']],
  ['no_rows', ['wb-show', 'wb-reject']],
] as const)('a workbook that is %s can be handled by %s', (reason, actions) => {
  const waits = rendered('workbook_waits', { id: 7, fileName: 'x', sender: null, reason })
  expect(actionsOf(waits)).toEqual(actions.map((action) => `${action}:7`))
})

test('a reason without a sentence is shown as it is', () => {
  expect(reasonSentence('of_tomorrow', 'ru')).toBe('of_tomorrow')
  expect(rendered('workbook_waits', { id: 1, fileName: 'x', sender: null }).html).toContain('Причина: ')
})

test('the columns of a terminal report cannot be mapped', () => {
  const report = { id: 7, fileName: 'x', sender: null, kind: 'terminal_report', reason: 'missing_columns' } as const
  expect(actionsOf(rendered('workbook_waits', report))).not.toContain('wb-teach:7')
})

const report = {
  id: 7,
  fileName: '103 <b>.xlsx',
  status: 'imported',
  kind: 'dislocation',
  rowCount: 1204,
  stamp: new Date('2025-09-02T05:00:00Z'),
  zone: 'Europe/Moscow',
  newContainers: 37,
} as const satisfies Omit<NoticeParams<'workbook_result'>, 'isAdmin'>

test.each<[Omit<NoticeParams<'workbook_result'>, 'isAdmin'>, string]>([
  [report, '✅ Дислокация, 1 204 строки, данные на 02.09.2025 08:00 МСК; 37 новых'],
  [
    { ...report, rowCount: 1, newContainers: 1, skippedCount: 3 },
    '✅ Дислокация, 1 строка, данные на 02.09.2025 08:00 МСК; 1 новый; пропущено строк: 3',
  ],
  [
    { ...report, status: 'history_only', reason: 'older_stamp', newContainers: 0 },
    '🕓 Дислокация, 1 204 строки, данные на 02.09.2025 08:00 МСК\nОтчёт старше того, что уже есть: добавлен только в историю',
  ],
  [
    { id: 7, fileName: 'x', status: 'imported', kind: 'train_roster', trainCode: 'К25-073', rowCount: 62 },
    '✅ Список поезда К25-073, 62 строки',
  ],
  [
    { id: 7, fileName: 'x.zip', status: 'imported', reason: 'unpacked', rowCount: 3 },
    '📦 Архив, 3 файла: архив распакован, каждый файл в нём принят отдельно',
  ],
  [
    { id: 7, fileName: 'x.eml', status: 'imported', reason: 'message_opened', rowCount: 1 },
    '📨 Письмо, 1 файл: письмо открыто, каждый файл в нём принят отдельно',
  ],
  [{ ...report, status: 'duplicate', reason: 'same_bytes', reasonDetail: '5' }, '♻️ Такой же файл уже был: №5'],
  [{ ...report, status: 'refused', reason: 'encrypted' }, '⛔ Не принят: файл защищён паролем: пришлите без пароля'],
  [
    { ...report, status: 'quarantined', reason: 'shrunk' },
    '🛑 Ждёт решения администратора: строк намного меньше, чем обычно',
  ],
])('the sender of a workbook reads: %#', (workbook, line) => {
  const { html } = rendered('workbook_result', { ...workbook, isAdmin: false })
  expect(
    html
      .replaceAll(/[\u00A0\u202F]/gu, ' ')
      .split('\n')
      .slice(1)
      .join('\n'),
  ).toBe(line)
})

test('the file name is never markup, in either language', () => {
  expect(rendered('workbook_result', { ...report, isAdmin: true }, 'en')).toEqual({
    html: '📄 103 &lt;b&gt;.xlsx №7\n✅ Position report, 1,204 rows, data as of 2 Sept 2025 08:00 MSK; 37 new',
    buttons: [[{ text: '👁 Show', action: 'wb-show', ids: [7] }]],
  })
})

test('an admin is offered to name the transshipment station of a train', () => {
  const roster = { id: 7, fileName: 'x', status: 'imported', kind: 'train_roster', trainCode: 'К25-073' } as const
  const actions = (isAdmin: boolean) => actionsOf(rendered('workbook_result', { ...roster, isAdmin }))
  expect(actions(true)).toEqual(['wb-station:7', 'wb-show:7'])
  expect(actions(false)).toEqual([])
})

test('the sender of a workbook that waits may have it back with statuses', () => {
  const workbook = { id: 7, fileName: 'x', sender: null, reason: 'no_train_code' }
  const waits = (isOwn: boolean) => actionsOf(rendered('workbook_waits', { ...workbook, isOwn }))
  expect(waits(true)).toContain('wb-annotate:7')
  expect(waits(false)).not.toContain('wb-annotate:7')
  const completed = { ...workbook, status: 'quarantined' } as const
  expect(actionsOf(rendered('workbook_result', { ...completed, isAdmin: false }))).toEqual(['wb-annotate:7'])
})

test('a file that is no report says that it comes back, and an admin may define its columns', () => {
  const given = (isAdmin: boolean) => rendered('workbook_given_back', { id: 7, fileName: '<план>', isAdmin }, 'en')
  expect(given(false)).toEqual({
    html: '📄 &lt;план&gt;\nThis is no report: the common data stay as they are. I am adding the statuses to it.',
    buttons: [],
  })
  expect(
    given(true)
      .buttons?.flat()
      .map(({ text }) => text),
  ).toEqual(['👁 Show', '🎓 Define columns'])
})
