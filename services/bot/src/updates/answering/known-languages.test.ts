import type { Update } from 'telegraf/types'
import { expect, test } from 'vitest'
import { createKnownLanguages } from './known-languages.ts'

test('a known person has the last known language, anybody else that of their Telegram', () => {
  const languages = createKnownLanguages()
  languages.note(1, 'en')
  expect([languages.of(from(1, 'ru')), languages.of(from(2, 'en-GB')), languages.of(from(2, 'de'))]).toEqual([
    'en',
    'en',
    'ru',
  ])
})

test('people who have been idle the longest are forgotten first', () => {
  const languages = createKnownLanguages({ most: 2 })
  for (const id of [1, 2, 1, 3]) languages.note(id, 'en')
  expect([1, 2, 3].map((id) => languages.of(from(id, 'ru')))).toEqual(['en', 'ru', 'en'])
})

function from(id: number, languageCode: string): Update {
  const chat = { id, type: 'private', first_name: 'Anna' } as const
  const sender = { id, is_bot: false, first_name: 'Anna', language_code: languageCode }
  return { update_id: 1, message: { message_id: 1, date: 0, chat, from: sender, text: '1' } }
}
