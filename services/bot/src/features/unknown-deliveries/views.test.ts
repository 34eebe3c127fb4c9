import { expect, test } from 'vitest'
import { unknownView } from './views.ts'

const moscow = { language: 'ru', zone: 'Europe/Moscow' } as const
const row = {
  id: 11,
  status: 'unknown',
  channel: 'telegram',
  kind: 'broadcast',
  broadcastId: 3,
  name: 'Анна <b>',
  chatId: 1001,
  what: '<b>Внимание</b>: с 1 июля <a href="https://examp',
  sendingAt: new Date('2026-06-30T08:15:00Z'),
} as const

test('names the message, the addressee and the time, with any characters in names and texts', () => {
  const { html } = unknownView(
    { rows: [row], counts: { unknown: 1, failed: 0 }, page: 0, broadcastId: undefined },
    moscow,
  )
  expect(html).toContain('1 сообщение')
  expect(html).toContain('1. ❔ <b>Анна &lt;b&gt;</b>, рассылка, «Внимание: с 1 июля », 30.06.2026 11:15 (МСК)')
})

test('counts failed deliveries separately', () => {
  const rows = [row, { ...row, id: 12, status: 'failed', kind: 'answer' } as const]
  const { html } = unknownView({ rows, counts: { unknown: 1, failed: 1 }, page: 0, broadcastId: undefined }, moscow)
  expect(html).toContain('Неизвестно, дошло ли: 1 сообщение')
  expect(html).toContain('Не отправлено за неделю: 1 сообщение')
  expect(html).toContain('2. ✖️ <b>Анна &lt;b&gt;</b>, ответ')
})

test('never shows a code', () => {
  const code = { ...row, kind: 'code', channel: 'email', what: '123456' } as const
  const { html } = unknownView(
    { rows: [code], counts: { unknown: 1, failed: 0 }, page: 0, broadcastId: undefined },
    moscow,
  )
  expect(html).toContain('код, e-mail')
  expect(html).not.toContain('123456')
})

test('numbers rows over the pages and leads to the neighbours', () => {
  const rows = [11, 12, 13, 14, 15, 16].map((id) => ({ ...row, id }))
  const { keyboard } = unknownView(
    { rows, counts: { unknown: 20, failed: 0 }, page: 1, broadcastId: undefined },
    moscow,
  )
  expect(keyboard.inline_keyboard.map((line) => line.map(({ text }) => text))).toEqual([
    ['🔁 7', '🔁 8', '🔁 9'],
    ['🔁 10', '🔁 11', '🔁 12'],
    ['‹ Назад', 'Дальше ›'],
  ])
})

test('a broadcast has a button for all, with the number in it', () => {
  const { keyboard } = unknownView({ rows: [row], counts: { unknown: 1, failed: 0 }, page: 0, broadcastId: 3 }, moscow)
  expect(keyboard.inline_keyboard.at(-1)).toEqual([
    { text: '🔁 Отправить ещё раз 1', callback_data: 'v1:unknown-resend-all:3:1' },
  ])
})

test('says so when the list is empty', () => {
  const view = unknownView({ rows: [], counts: { unknown: 0, failed: 0 }, page: 0, broadcastId: undefined }, moscow)
  expect(view).toEqual({ html: expect.stringContaining('Всё ясно'), keyboard: { inline_keyboard: [] } })
})
