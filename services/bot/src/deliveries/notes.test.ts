import { expect, test } from 'vitest'
import { textWithNotes } from './notes.ts'

const now = new Date('2026-06-30T12:00:00Z')
const moscow = { language: 'ru', zone: 'Europe/Moscow' } as const
const plain = { text: '<b>x</b>', document: undefined, reader: moscow, lateSince: undefined, isRepeat: false }

test('a delivery that leaves in time gets no note', () => {
  expect(textWithNotes(plain, 'Asia/Vladivostok', now)).toBe('<b>x</b>')
})

test('a late answer names the time of its question in the zone and language of its reader', () => {
  const late = { ...plain, lateSince: new Date('2026-06-30T11:05:00Z') }
  const [note, , text] = textWithNotes(late, 'Asia/Vladivostok', now).split('\n')
  expect(note).toContain('Ответ на вопрос от 30 июня 14:05 МСК, раньше отправить не удалось')
  expect(text).toBe('<b>x</b>')
  const reader = { language: 'en', zone: undefined } as const
  const lastDay = { ...late, reader, lateSince: new Date('2026-06-29T11:05:00Z') }
  expect(textWithNotes(lastDay, 'Asia/Vladivostok', now)).toContain('your question of 29 June 21:05 MSK+7')
})

test('a possible repeat says so', () => {
  expect(textWithNotes({ ...plain, isRepeat: true }, 'Asia/Vladivostok', now)).toContain('Возможно, это повтор')
})

test('a message without room gets no note', () => {
  const full = { ...plain, text: 'x'.repeat(4_090), isRepeat: true }
  expect(textWithNotes(full, 'Asia/Vladivostok', now)).toBe(full.text)
  const document = { fileName: 'a.xlsx', file: undefined, telegramFileId: 'x' }
  const caption = { ...plain, document, text: 'x'.repeat(1_020), isRepeat: true }
  expect(textWithNotes(caption, 'Asia/Vladivostok', now)).toBe(caption.text)
})

test('a delivery whose content is gone gets no note', () => {
  expect(textWithNotes({ ...plain, text: undefined, isRepeat: true }, 'Asia/Vladivostok', now)).toBe('')
})
