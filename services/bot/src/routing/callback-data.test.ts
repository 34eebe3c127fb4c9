import { describe, expect, test } from 'vitest'
import { callbackData, parseCallbackData, parseId } from './callback-data.ts'

test('what a button says is what is read when it is pressed', () => {
  expect(parseCallbackData(callbackData('sub-view', 7))).toEqual({ action: 'sub-view', ids: ['7'] })
  expect(parseCallbackData(callbackData('card', 'MSKU6011672'))).toEqual({ action: 'card', ids: ['MSKU6011672'] })
  expect(parseCallbackData(callbackData('sub-add'))).toEqual({ action: 'sub-add', ids: [] })
})

test.each(['', 'v2:card:1', 'v1:', 'v1:Card', 'v1:card:', 'v1:card:имя', 'v1:card:1\n', '{"a":1}'])(
  'reads nothing from %j',
  (data) => {
    expect(parseCallbackData(data)).toBeUndefined()
  },
)

test('refuses data that Telegram would refuse', () => {
  expect(() => callbackData('card', 'x'.repeat(60))).toThrow(RangeError)
  expect(() => callbackData('card', 'имя')).toThrow(RangeError)
})

describe('an id of a row', () => {
  test.each([
    ['1', 1],
    ['9007199254740991', 9_007_199_254_740_991],
    ['0', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['9007199254740993', undefined],
    ['99999999999999999', undefined],
    [undefined, undefined],
  ])('%j is read as %j', (text, id) => {
    expect(parseId(text)).toBe(id)
  })
})
