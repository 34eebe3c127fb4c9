import { expect, test } from 'vitest'
import { callbackData, parseCallbackData } from './callback-data.ts'

test('a press reads the data that the button carries', () => {
  expect(parseCallbackData(callbackData('sub-view', ['7']))).toEqual({ action: 'sub-view', parts: ['7'] })
  expect(parseCallbackData(callbackData('sub-add', []))).toEqual({ action: 'sub-add', parts: [] })
})

test.each(['', 'v2:card:1', 'v1:', 'v1:Card', 'v1:card:', 'v1:card:имя', 'v1:card:1\n', '{"a":1}'])(
  'reads nothing from %j',
  (data) => {
    expect(parseCallbackData(data)).toBeUndefined()
  },
)

test('refuses data that Telegram would refuse', () => {
  expect(() => callbackData('card', ['x'.repeat(60)])).toThrow(RangeError)
  expect(() => callbackData('card', ['имя'])).toThrow(RangeError)
})
