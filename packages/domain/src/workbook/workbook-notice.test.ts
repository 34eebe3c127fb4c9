import { expect, test } from 'vitest'
import {
  isWorthTelling,
  type QuarantinedWorkbook,
  quarantineNotice,
  refusalNotice,
  resultNotice,
  type SettledWorkbook,
  givenBackNotice,
  type Notice,
} from './workbook-notice.ts'
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
} as const satisfies QuarantinedWorkbook

test('names the file, who sent it, what is in it and why it waits, with nothing of it as markup', () => {
  const { html } = quarantineNotice(waiting, { language: 'ru', rejectedTwin: 5 })
  expect(html.split('\n')).toEqual([
    '🛑 <b>Файл ждёт решения</b> №7',
    '📄 &lt;b&gt;103.xlsx',
    '✉️ x@stranger.example',
    'Дислокация, 12 строк, данные на 02.09.2025 08:00 (МСК)',
    'Причина: строк намного меньше, чем обычно (обычно около 299)',
    '♻️ Такой же файл администратор уже отклонял: №5',
  ])
})

test('an admin who reads English gets it in English', () => {
  const { html, keyboard } = quarantineNotice(waiting, { language: 'en' })
  expect(html.split('\n').slice(3)).toEqual([
    'Dislocation, 12 rows, data as of 02.09.2025 08:00 (МСК)',
    'Reason: there are far fewer rows than usual (usually about 299)',
  ])
  expect(JSON.stringify(keyboard)).not.toMatch(/[А-яё]/)
})

test('what a table of an unknown layout begins with is folded away, and cut where it is long', () => {
  const reasonDetail = `R&D ${'x'.repeat(400)}`
  const { html } = quarantineNotice({ ...waiting, reason: 'unknown_layout', reasonDetail }, { language: 'ru' })
  expect(html.split('\n').at(-1)).toMatch(/^<blockquote expandable>R&amp;D x{296}…<\/blockquote>$/)
})

test('a usual number of rows that is none is not told', () => {
  expect(reasonSentence('shrunk', 'ru', { rowCount: 5, reasonDetail: '5' })).toBe('строк намного меньше, чем обычно')
  expect(reasonSentence('missing_columns', 'ru', { reasonDetail: 'Операция' })).toBe(
    'не хватает обязательных колонок: Операция',
  )
})

test('a file that cannot be read is told of with a look at it and the file itself', () => {
  const { html, keyboard } = refusalNotice(
    { id: 7, fileName: 'a.xlsx', sender: 'b@c.example', reason: 'truncated' },
    'ru',
  )
  expect(html.split('\n')).toEqual([
    '⛔ <b>Файл не принят</b> №7',
    '📄 a.xlsx',
    '✉️ b@c.example',
    'Причина: файл обрезан: пришлите ещё раз',
  ])
  expect(keyboard.inline_keyboard.flat().map(({ callback_data }) => callback_data)).toEqual([
    'v1:wb-show:7',
    'v1:wb-file:7',
  ])
})

test.each([
  ['отчёт.xlsx', 'not_a_workbook', true],
  ['отчёт.pdf', 'not_a_workbook', false],
  ['без имени', 'empty', false],
  ['без имени', 'truncated', true],
])('whether the refusal of %s, %s, is told to admins: %s', (fileName, reason, isTold) => {
  expect(isWorthTelling({ fileName, reason })).toBe(isTold)
})

test.each([
  ['shrunk', ['wb-show', 'wb-accept', 'wb-reject']],
  ['unknown_layout', ['wb-show', 'wb-teach', 'wb-reject']],
  ['no_train_code', ['wb-show', 'wb-teach', 'wb-reject']],
  ['unproven_sender', ['wb-show', 'wb-accept', 'wb-reject']],
  ['undone', ['wb-show', 'wb-accept', 'wb-reject']],
  ['no_rows', ['wb-show', 'wb-reject']],
] as const)('a workbook that is %s can be handled by %s', (reason, actions) => {
  const { keyboard } = quarantineNotice({ id: 7, fileName: 'x', sender: null, reason }, { language: 'ru' })
  const pressed = keyboard.inline_keyboard.flat().map(({ callback_data }) => callback_data)
  expect(pressed).toEqual(actions.map((action) => `v1:${action}:7`))
})

test('a reason without a sentence is shown as it is', () => {
  expect(reasonSentence('of_tomorrow')).toBe('of_tomorrow')
  expect(quarantineNotice({ id: 1, fileName: 'x', sender: null }, { language: 'ru' }).html).toContain('Причина: ')
})

test('the columns of a terminal report cannot be taught', () => {
  const report = { id: 7, fileName: 'x', sender: null, kind: 'terminal_report', reason: 'missing_columns' } as const
  const { keyboard } = quarantineNotice(report, { language: 'ru' })
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
    html: '📄 103 &lt;b&gt;.xlsx №7\n✅ Dislocation, 1,204 rows, data as of 02.09.2025 08:00 (МСК); 37 new',
    keyboard: { inline_keyboard: [[{ text: '👁 Show', callback_data: 'v1:wb-show:7' }]] },
  })
})

test('an admin is offered to name the transshipment station of a train', () => {
  const roster = { id: 7, fileName: 'x', status: 'imported', kind: 'train_roster', trainCode: 'К25-073' } as const
  const pressed = resultNotice(roster, { language: 'ru', isAdmin: true }).keyboard.inline_keyboard.flat()
  expect(pressed.map(({ callback_data }) => callback_data)).toEqual(['v1:wb-station:7', 'v1:wb-show:7'])
  expect(resultNotice(roster, { language: 'ru', isAdmin: false }).keyboard.inline_keyboard).toEqual([])
})

test('who brought a workbook that waits may have it back with statuses', () => {
  const workbook = { id: 7, fileName: 'x', sender: null, reason: 'no_train_code' }
  const actions = ({ keyboard }: Notice) => keyboard.inline_keyboard.flat().map(({ callback_data }) => callback_data)
  expect(actions(quarantineNotice(workbook, { language: 'ru', isOwn: true }))).toContain('v1:wb-annotate:7')
  expect(actions(quarantineNotice(workbook, { language: 'ru' }))).not.toContain('v1:wb-annotate:7')
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
