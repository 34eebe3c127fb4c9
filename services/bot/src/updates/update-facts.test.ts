import type { Update } from 'telegraf/types'
import { expect, test } from 'vitest'
import { describeUpdate } from './update-facts.ts'

const command = [{ type: 'bot_command', offset: 0, length: 4 }]

test.each([
  [{ message: { text: '/Why MSKU6011672', entities: command } }, { kind: 'command', name: 'why' }],
  [{ message: { text: '/why@some_bot x', entities: command } }, { kind: 'command', name: 'why' }],
  [{ message: { text: 'где мой груз' } }, { kind: 'text', name: undefined }],
  [{ message: { text: '/мой секрет' } }, { kind: 'text', name: undefined }],
  [{ message: { document: {} } }, { kind: 'file', name: undefined }],
  [{ message: { photo: [] } }, { kind: 'other', name: undefined }],
  [{ callback_query: { data: 'v1:card-open:MSKU6011672' } }, { kind: 'button', name: 'card-open' }],
  [{ callback_query: { data: 'forged <b>' } }, { kind: 'button', name: undefined }],
  [{ my_chat_member: {} }, { kind: 'other', name: undefined }],
])('%j is %j', (update, described) => {
  expect(describeUpdate(update as unknown as Update)).toEqual(described)
})
