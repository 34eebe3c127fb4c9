import { expect, test } from 'vitest'
import { parseInn } from './inn.ts'

test.each([
  ['2536000001', '2536000001'],
  ['ИНН: 2536000001', '2536000001'],
  ['25 3600 0001', '2536000001'],
  ['536000001', '0536000001'],
  ['253600000123', '253600000123'],
  ['53600000123', '053600000123'],
  ['ООО Ромашка', undefined],
  ['Ромашка 2536000001', undefined],
  ['25360000', undefined],
  ['', undefined],
])('%s is %s', (text, inn) => {
  expect(parseInn(text)).toBe(inn)
})
