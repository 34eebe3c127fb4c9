import { expect, test } from 'vitest'
import { parseInlineMarkup, parseReplyMarkup } from './reply-markup.ts'

const inline = (button: object) => parseReplyMarkup({ inline_keyboard: [[button]] })

test('takes callback data of 64 bytes and no more, two for a Cyrillic letter', () => {
  expect(inline({ text: 'x', callback_data: 'a'.repeat(64) }).kind).toBe('inline')
  expect(inline({ text: 'x', callback_data: 'я'.repeat(32) }).kind).toBe('inline')
  expect(() => inline({ text: 'x', callback_data: 'a'.repeat(65) })).toThrow('Bad Request: BUTTON_DATA_INVALID')
  expect(() => inline({ text: 'x', callback_data: 'я'.repeat(33) })).toThrow('Bad Request: BUTTON_DATA_INVALID')
  expect(() => inline({ text: 'x', callback_data: '' })).toThrow('Bad Request: BUTTON_DATA_INVALID')
})

test('refuses buttons that do nothing, say nothing or lead nowhere', () => {
  expect(() => inline({ text: 'x' })).toThrow('Text buttons are unallowed in the inline keyboard')
  expect(() => inline({ text: ' ', callback_data: 'a' })).toThrow('Button text must be non-empty')
  expect(() => inline({ callback_data: 'a' })).toThrow('Can\'t find field "text"')
  expect(() => inline({ text: 'x', url: 'javascript:alert(1)' })).toThrow('Wrong HTTP URL')
  expect(() => inline({ text: 'x', copy_text: { text: 'a'.repeat(257) } })).toThrow('BUTTON_COPY_TEXT_INVALID')
})

test('distinguishes the kinds of markup', () => {
  expect(parseReplyMarkup(undefined).kind).toBe('none')
  expect(parseReplyMarkup({ keyboard: [['Меню']] })).toEqual({
    kind: 'keyboard',
    keyboard: { keyboard: [[{ text: 'Меню' }]] },
  })
  expect(parseReplyMarkup({ remove_keyboard: true }).kind).toBe('remove')
  expect(parseReplyMarkup({ force_reply: true }).kind).toBe('forceReply')
})

test('lets only inline keyboards be edited onto a message, an empty one takes it away', () => {
  expect(() => parseInlineMarkup({ keyboard: [['x']] })).toThrow('inline keyboard expected')
  expect(parseInlineMarkup({ inline_keyboard: [] })).toBeUndefined()
})

test('refuses more than a hundred buttons', () => {
  const row = Array.from({ length: 8 }, () => ({ text: 'x', callback_data: 'y' }))
  const rows = Array.from({ length: 13 }, () => row)
  expect(() => parseReplyMarkup({ inline_keyboard: rows })).toThrow('reply markup is too long')
})
