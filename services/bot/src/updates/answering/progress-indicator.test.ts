import { expect, test } from 'vitest'
import { replacePlaceholder } from './progress-indicator.ts'

const chatId = 1001
const waited = { placeholderId: 7, isQueryAnswered: false }
const pressed = { placeholderId: undefined, isQueryAnswered: true }
const inline = { inline_keyboard: [] }

function say(text: string, payload: object = {}) {
  return { method: 'sendMessage', payload: { chat_id: chatId, text, ...payload } }
}

test('does not change an answer that nobody had to wait for', () => {
  const calls = [say('one'), say('two')]
  expect(replacePlaceholder(calls, { placeholderId: undefined, isQueryAnswered: false }, chatId)).toEqual(calls)
})

test('makes the placeholder the first message, with its buttons', () => {
  const calls = [say('one', { reply_markup: inline, message_thread_id: 3 }), say('two')]
  expect(replacePlaceholder(calls, waited, chatId)).toEqual([
    { method: 'editMessageText', payload: { chat_id: chatId, message_id: 7, text: 'one', reply_markup: inline } },
    say('two'),
  ])
})

test.each([
  { what: 'a menu comes', calls: [say('one', { reply_markup: { keyboard: [] } })] },
  { what: 'a file comes first', calls: [{ method: 'sendDocument', payload: { chat_id: chatId } }, say('one')] },
  { what: 'the answer goes elsewhere', calls: [say('one', { chat_id: 5 })] },
  { what: 'there is nothing to say', calls: [] },
])('deletes the placeholder when $what', ({ calls }) => {
  expect(replacePlaceholder(calls, waited, chatId)).toEqual([
    { method: 'deleteMessage', payload: { chat_id: chatId, message_id: 7 } },
    ...calls,
  ])
})

test('answers a button only once, and turns a toast that is the whole answer into a message', () => {
  const toast = { method: 'answerCallbackQuery', payload: { callback_query_id: '4', text: 'Обновлено' } }
  expect(replacePlaceholder([toast, say('one')], pressed, chatId)).toEqual([say('one')])
  expect(replacePlaceholder([toast], pressed, chatId)).toEqual([say('Обновлено')])
})
