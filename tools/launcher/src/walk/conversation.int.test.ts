import { type Sandbox, startSandbox } from '@atermtrack/sandbox'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Conversation, startConversation } from './conversation.ts'

let sandbox: Sandbox
let talk: Conversation
let printed: string[]

beforeEach(async () => {
  printed = []
  vi.spyOn(console, 'log').mockImplementation((text) => void printed.push(text))
  sandbox = await startSandbox()
  talk = startConversation(sandbox, sandbox.person(1001))
})

afterEach(async () => {
  vi.restoreAllMocks()
  await sandbox[Symbol.asyncDispose]()
})

/** A call of the Bot API, as a bot makes it. */
async function call(method: string, body: object): Promise<void> {
  const response = await fetch(`${sandbox.apiRoot}/bot42:secret/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(await response.json()).toMatchObject({ ok: true })
}

const answer = (text: string, more: object = {}) => call('sendMessage', { chat_id: 1001, text, ...more })

test('each message is returned once, in order, and printed with its buttons', async () => {
  await talk.say('раз\nдва')
  await answer('первый')
  await answer('второй', {
    reply_markup: {
      inline_keyboard: [
        [
          { text: 'Да', callback_data: 'x' },
          { text: 'Нет', callback_data: 'y' },
        ],
      ],
    },
  })
  expect((await talk.awaitMessage()).text).toBe('первый')
  expect((await talk.awaitMessage()).text).toBe('второй')
  expect(printed.map((text) => text.replace(/^[^:]+: +/, ''))).toEqual([
    'раз\n      два',
    'первый',
    'второй\n      [Да] [Нет]',
  ])
})

test('an edited message is returned again', async () => {
  await answer('Ищу…')
  const { message_id } = await talk.awaitMessage()
  await call('editMessageText', { chat_id: 1001, message_id, text: 'Нашёл' })
  expect((await talk.awaitMessage()).text).toBe('Нашёл')
})

test('a key of the reply keyboard is sent as a message, and needs no answer', async () => {
  await answer('Меню', { reply_markup: { keyboard: [['Найти', 'Отчёт']] } })
  await talk.press(/Отч/)
  expect(sandbox.person(1001).messages().at(-1)?.text).toBe('Отчёт')
  expect(printed).toContainEqual(expect.stringContaining('presses [Отчёт]'))
})

test('a button that nobody offers cannot be pressed', async () => {
  await answer('Меню', { reply_markup: { keyboard: [['Найти']] } })
  await expect(talk.press(/Отчёт/)).rejects.toThrow('no such button')
})
