import { expect, test } from 'vitest'
import { captioned } from './captioned.ts'

const caption = { caption: '<b>x</b>', parse_mode: 'HTML' }

test('a file has the caption itself', () => {
  const call = { method: 'sendPhoto', payload: { photo: 'a' } }
  expect(captioned(call, caption)).toEqual({ photo: 'a', ...caption })
})

test('an album has it below its first part, and the other parts keep their own', () => {
  const entities = [{ type: 'bold', offset: 0, length: 1 }]
  const [first, second] = ['a', 'b'].map((media) => ({
    type: 'photo',
    media,
    caption: media,
    caption_entities: entities,
  }))
  const call = { method: 'sendMediaGroup', payload: { media: [first, second] } }
  expect(captioned(call, caption)).toEqual({ media: [{ type: 'photo', media: 'a', ...caption }, second] })
})
