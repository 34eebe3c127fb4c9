import { expect, test } from 'vitest'
import { objectSaid } from './object-said.ts'

test.each([
  ['файл № 12', 'workbook:12'],
  ['Файл 12', 'workbook:12'],
  ['поезд к25-073', 'train:К25-073'],
  ['список почты №3', 'mail_list:3'],
  ['файлы', undefined],
  ['файл', undefined],
  ['ромашка', undefined],
] as const)('«%s» is %s', (text, object) => {
  expect(objectSaid(text, 'ru')).toBe(object)
})

test('the words are those that the reader sees', () => {
  expect(objectSaid('file No. 12', 'en')).toBe('workbook:12')
  expect(objectSaid('file No. 12', 'ru')).toBeUndefined()
})
