import type { Message } from 'telegraf/types'
import { expect, test } from 'vitest'
import { toComposed } from './to-content.ts'

const common = { message_id: 7, date: 1, chat: { id: 1, type: 'private' }, from: { id: 1 } }
const bold = [{ type: 'bold', offset: 0, length: 4 }]

const caption = { caption: 'Окно', caption_entities: bold }

test.each([
  [
    'a text with its entities',
    { text: 'Окно', entities: bold },
    { method: 'sendMessage', payload: { text: 'Окно', entities: bold, link_preview_options: { is_disabled: true } } },
  ],
  [
    'the link preview that the author chose',
    { text: 'x', link_preview_options: { prefer_small_media: true } },
    { method: 'sendMessage', payload: { text: 'x', link_preview_options: { prefer_small_media: true } } },
  ],
  [
    'the largest size of a photo',
    {
      photo: [{ file_id: 's' }, { file_id: 'L' }],
      ...caption,
      has_media_spoiler: true,
      show_caption_above_media: true,
    },
    {
      method: 'sendPhoto',
      payload: { photo: 'L', ...caption, show_caption_above_media: true, has_spoiler: true },
    },
  ],
  [
    'a document',
    { document: { file_id: 'D' }, ...caption },
    { method: 'sendDocument', payload: { document: 'D', ...caption } },
  ],
  [
    'an animation, which is a document too',
    { document: { file_id: 'D' }, animation: { file_id: 'A' } },
    { method: 'sendAnimation', payload: { animation: 'A' } },
  ],
  ['a video', { video: { file_id: 'V' } }, { method: 'sendVideo', payload: { video: 'V' } }],
  ['a voice message', { voice: { file_id: 'O' } }, { method: 'sendVoice', payload: { voice: 'O' } }],
  ['a sticker', { sticker: { file_id: 'S' } }, { method: 'sendSticker', payload: { sticker: 'S' } }],
  [
    'a venue, which is a location too',
    {
      location: { latitude: 1, longitude: 2 },
      venue: { location: { latitude: 1, longitude: 2 }, title: 't', address: 'a' },
    },
    { method: 'sendVenue', payload: { latitude: 1, longitude: 2, title: 't', address: 'a' } },
  ],
  [
    'a contact',
    { contact: { phone_number: '+7', first_name: 'A', user_id: 3 } },
    { method: 'sendContact', payload: { phone_number: '+7', first_name: 'A' } },
  ],
  [
    'a forwarded message, without its origin',
    { text: 'x', forward_origin: { type: 'hidden_user' } },
    { method: 'sendMessage', payload: { text: 'x', link_preview_options: { is_disabled: true } } },
  ],
])('copies %s', (_, fields, content) => {
  expect(toComposed(message(fields))).toMatchObject({ content, mediaGroupId: undefined })
  expect(toComposed(message(fields))?.content).toEqual(content)
})

test('keeps the text or the caption as HTML, for lists', () => {
  expect(toComposed(message({ text: 'Окно', entities: bold }))?.text).toBe('<b>Окно</b>')
  expect(toComposed(message({ photo: [{ file_id: 'L' }], ...caption }))?.text).toBe('<b>Окно</b>')
  expect(toComposed(message({ photo: [{ file_id: 'L' }] }))?.text).toBe('')
})

test('makes a part of an album of a message that belongs to one', () => {
  expect(toComposed(message({ photo: [{ file_id: 'L' }], ...caption, media_group_id: 'g' }))).toEqual({
    content: { method: 'sendMediaGroup', payload: { media: [{ type: 'photo', media: 'L', ...caption }] } },
    text: '<b>Окно</b>',
    mediaGroupId: 'g',
  })
})

test.each([
  ['a poll', { poll: { id: '1' } }],
  ['a game', { game: {} }],
  ['a service message', { pinned_message: {} }],
])('cannot copy %s', (_, fields) => expect(toComposed(message(fields))).toBeUndefined())

function message(fields: object): Message {
  return { ...common, ...fields } as unknown as Message
}
