import { expect, test } from 'vitest'
import { quarantineNotice } from './workbook-notice.ts'
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
