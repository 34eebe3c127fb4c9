import { expect, test } from 'vitest'
import type { OutgoingCall } from '../../routing/answers.ts'
import { toLedgerRows } from './store-unsent.ts'

const message: OutgoingCall = {
  method: 'sendMessage',
  payload: { chat_id: 7, message_thread_id: 3, text: '<b>x</b>', parse_mode: 'HTML', reply_markup: { keyboard: [] } },
}
const edit: OutgoingCall = { method: 'editMessageText', payload: { chat_id: 7, message_id: 12, text: '5 < 7' } }
const toast: OutgoingCall = { method: 'answerCallbackQuery', payload: { callback_query_id: '1', text: 'Готово' } }
const keyboard: OutgoingCall = { method: 'editMessageReplyMarkup', payload: { chat_id: 7, message_id: 12 } }

function rows(calls: readonly OutgoingCall[]) {
  return toLedgerRows(
    calls.map((call) => ({ call, status: 'pending' })),
    { calls, chatId: 7 },
  ).map(({ text, editsMessageId, threadId }) => ({ text, editsMessageId, threadId }))
}

test('messages and edits keep their order, and plain text becomes HTML', () => {
  expect(rows([message, edit])).toEqual([
    { text: '<b>x</b>', threadId: 3, editsMessageId: undefined },
    { text: '5 &lt; 7', threadId: undefined, editsMessageId: 12 },
  ])
})

test('a toast becomes a message only when it was the whole answer', () => {
  expect(rows([toast, message]).map(({ text }) => text)).toEqual(['<b>x</b>'])
  expect(rows([toast, keyboard])).toEqual([{ text: 'Готово', threadId: undefined, editsMessageId: undefined }])
})

test('a changed keyboard gets no row', () => {
  expect(rows([keyboard])).toEqual([])
})
