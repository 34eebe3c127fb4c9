import { expect, test } from 'vitest'
import {
  quarantineNotice,
  resultNotice,
  type SettledWorkbook,
  givenBackNotice,
  type Notice,
} from './workbook-notice.ts'
import { reasonSentence } from './workbook-reasons.ts'

test('names the file, who sent it, what is in it and why it waits, with nothing of it as markup', () => {
  const { html } = quarantineNotice({
    id: 7,
    fileName: '<b>103.xlsx',
    sender: 'x@stranger.example',
    kind: 'dislocation',
    rowCount: 12,
    reason: 'shrunk',
    reasonDetail: 'R&D',
  })
  expect(html.split('\n')).toEqual([
    '🛑 <b>Файл ждёт решения</b> №7',
    '📄 &lt;b&gt;103.xlsx',
    '✉️ x@stranger.example',
    'Дислокация, строк: 12',
    'Причина: строк намного меньше, чем обычно',
    '<blockquote expandable>R&amp;D</blockquote>',
  ])
})

test.each([
  ['shrunk', ['wb-show', 'wb-accept', 'wb-reject']],
  ['unknown_layout', ['wb-show', 'wb-teach', 'wb-reject']],
  ['no_train_code', ['wb-show', 'wb-teach', 'wb-reject']],
  ['unproven_sender', ['wb-show', 'wb-accept', 'wb-reject']],
  ['undone', ['wb-show', 'wb-accept', 'wb-reject']],
  ['no_rows', ['wb-show', 'wb-reject']],
] as const)('a workbook that is %s can be handled by %s', (reason, actions) => {
  const { keyboard } = quarantineNotice({ id: 7, fileName: 'x', sender: null, reason })
  const pressed = keyboard.inline_keyboard.flat().map(({ callback_data }) => callback_data)
  expect(pressed).toEqual(actions.map((action) => `v1:${action}:7`))
})

test('a reason without a sentence is shown as it is', () => {
  expect(reasonSentence('of_tomorrow')).toBe('of_tomorrow')
  expect(quarantineNotice({ id: 1, fileName: 'x', sender: null }).html).toContain('Причина: ')
})

test('the columns of a terminal report cannot be taught', () => {
  const { keyboard } = quarantineNotice({
    id: 7,
    fileName: 'x',
    sender: null,
    kind: 'terminal_report',
    reason: 'missing_columns',
  })
  expect(JSON.stringify(keyboard)).not.toContain('wb-teach')
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
} as const satisfies SettledWorkbook

test.each<[SettledWorkbook, string]>([
  [report, '✅ Дислокация, 1 204 строки, данные на 02.09.2025 08:00 (МСК); 37 новых'],
  [
    { ...report, rowCount: 1, newContainers: 1, skippedCount: 3 },
    '✅ Дислокация, 1 строка, данные на 02.09.2025 08:00 (МСК); 1 новый; пропущено строк: 3',
  ],
  [
    { ...report, status: 'history_only', reason: 'older_stamp', newContainers: 0 },
    '🕓 Дислокация, 1 204 строки, данные на 02.09.2025 08:00 (МСК)\nОтчёт старше того, что уже есть: добавлен только в историю',
  ],
  [
    { id: 7, fileName: 'x', status: 'imported', kind: 'train_roster', trainCode: 'К25-073', rowCount: 62 },
    '✅ Список поезда К25-073, 62 строки',
  ],
  [
    { id: 7, fileName: 'x.zip', status: 'imported', reason: 'unpacked', rowCount: 3 },
    '📦 Архив, 3 файла: архив распакован, каждый файл в нём принят отдельно',
  ],
  [{ ...report, status: 'duplicate', reason: 'same_bytes' }, '♻️ Такой же файл уже был'],
  [{ ...report, status: 'refused', reason: 'encrypted' }, '⛔ Не принят: файл защищён паролем: пришлите без пароля'],
  [
    { ...report, status: 'quarantined', reason: 'shrunk' },
    '🛑 Ждёт решения администратора: строк намного меньше, чем обычно',
  ],
])('who sent it by hand hears: %#', (workbook, line) => {
  const { html } = resultNotice(workbook, { language: 'ru', isAdmin: false })
  expect(
    html
      .replaceAll(/[\u00A0\u202F]/gu, ' ')
      .split('\n')
      .slice(1)
      .join('\n'),
  ).toBe(line)
})

test('nothing of the file name is markup, and the other language is spoken too', () => {
  expect(resultNotice(report, { language: 'en', isAdmin: true })).toEqual({
    html: '📄 103 &lt;b&gt;.xlsx\n✅ Dislocation, 1,204 rows, data as of 02.09.2025 08:00 (МСК); 37 new',
    keyboard: { inline_keyboard: [] },
  })
})

test('an admin is offered to name the transshipment station of a train', () => {
  const roster = { id: 7, fileName: 'x', status: 'imported', kind: 'train_roster', trainCode: 'К25-073' } as const
  const pressed = resultNotice(roster, { language: 'ru', isAdmin: true }).keyboard.inline_keyboard.flat()
  expect(pressed.map(({ callback_data }) => callback_data)).toEqual(['v1:wb-station:7'])
  expect(resultNotice(roster, { language: 'ru', isAdmin: false }).keyboard.inline_keyboard).toEqual([])
})

test('who brought a workbook that waits may have it back with statuses', () => {
  const workbook = { id: 7, fileName: 'x', sender: null, reason: 'no_train_code' }
  const actions = ({ keyboard }: Notice) => keyboard.inline_keyboard.flat().map(({ callback_data }) => callback_data)
  expect(actions(quarantineNotice(workbook, { isOwn: true }))).toContain('v1:wb-annotate:7')
  expect(actions(quarantineNotice(workbook))).not.toContain('v1:wb-annotate:7')
  const settled = { ...workbook, status: 'quarantined' } as const
  expect(actions(resultNotice(settled, { language: 'ru', isAdmin: false }))).toEqual(['v1:wb-annotate:7'])
})

test('a file that is no report says that it comes back, and an admin may teach it', () => {
  const given = (isAdmin: boolean) => givenBackNotice({ id: 7, fileName: '<план>' }, { language: 'en', isAdmin })
  expect(given(false)).toEqual({
    html: '📄 &lt;план&gt;\nThis is no report: the common data stay as they are. I am adding the statuses to it.',
    keyboard: { inline_keyboard: [] },
  })
  expect(
    given(true)
      .keyboard.inline_keyboard.flat()
      .map(({ text }) => text),
  ).toEqual(['👁 Show', '🎓 Teach'])
})
