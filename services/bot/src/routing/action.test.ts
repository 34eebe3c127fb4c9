import { describe, expect, test } from 'vitest'
import { defineAction } from './action.ts'
import {
  bad,
  containerNumber,
  count,
  oneOf,
  optional,
  pageNumber,
  type Parameter,
  rowId,
  rowIdOrNone,
  timeOfDay,
  token,
  trainCode,
} from './parameters.ts'

describe('an action', () => {
  const turn = defineAction('pe-list', { companyId: rowIdOrNone, page: pageNumber })

  test('reads the data that it makes', () => {
    expect(turn.button('›', { companyId: 7, page: 2 })).toEqual({ text: '›', callback_data: 'v1:pe-list:7:2' })
    expect(turn.data({ page: 0 })).toBe('v1:pe-list:0:0')
    expect(turn.parse(['7', '2'])).toEqual({ companyId: 7, page: 2 })
    expect(defineAction('sub-add').data()).toBe('v1:sub-add')
  })

  test('omits optional parameters at the end, and none in between', () => {
    const open = defineAction('card', { container: token, list: optional(rowId), page: optional(count) })
    expect(open.data({ container: 'MSKU6011672' })).toBe('v1:card:MSKU6011672')
    expect(open.parse(['MSKU6011672'])).toEqual({ container: 'MSKU6011672', list: undefined, page: undefined })
    expect(() => open.data({ container: 'MSKU6011672', page: 1 })).toThrow(RangeError)
  })

  test('reads a button of an earlier release that carries more', () => {
    expect(defineAction('wb-teach', { id: rowId }).parse(['7', '-'])).toEqual({ id: 7 })
  })

  test('answers bad data as an outdated button, without a throw', async () => {
    const toasts: string[] = []
    const ctx = { language: 'ru', toast: (text: string) => void toasts.push(text) } as never
    const pressed: unknown[] = []
    const { press } = turn.handle(async (_ctx, given) => void pressed.push(given))
    await press(ctx, ['x', '2'])
    await press(ctx, ['7', '2'])
    expect(toasts).toEqual(['Кнопка устарела'])
    expect(pressed).toEqual([{ companyId: 7, page: 2 }])
  })
})

test.each<[string, Parameter<unknown, never>, string | undefined, unknown]>([
  ['a row', rowId, '1', 1],
  ['a row', rowId, '9007199254740991', 9_007_199_254_740_991],
  ['a row', rowId, '0', bad],
  ['a row', rowId, '-1', bad],
  ['a row', rowId, '1e3', bad],
  ['a row', rowId, '9007199254740993', bad],
  ['a row', rowId, undefined, bad],
  ['a row or none', rowIdOrNone, '0', undefined],
  ['a row or none', rowIdOrNone, 'x', bad],
  ['a page', pageNumber, '2', 2],
  ['a page', pageNumber, undefined, 0],
  ['a page', pageNumber, '-1', bad],
  ['a count', count, undefined, bad],
  ['a container', containerNumber, 'MSKU6011672', 'MSKU6011672'],
  ['a container', containerNumber, 'MSKU', bad],
  ['a train', trainCode, '25-073', 'К25-073'],
  ['a train', trainCode, '25-73', bad],
  ['a time', timeOfDay, '0900', '09:00'],
  ['a time', timeOfDay, '9', bad],
  ['a word', oneOf('ru', 'en'), 'en', 'en'],
  ['a word', oneOf('ru', 'en'), 'de', bad],
])('%s is read, case %#', (_what, { read }, text, value) => {
  expect(read(text)).toBe(value)
})
