import { expect, test } from 'vitest'
import { actionsSaid } from './actions-said.ts'

test.each([
  ['доступ выдан', ['access.granted']],
  ['Доступа', ['access.granted', 'access.denied', 'access.taken']],
  ['отправлен отчет', ['report.sent_again']],
  ['настройку', ['setting.changed', 'setting.reset']],
  ['перегружены', ['train.containers_moved']],
  ['ромашка', []],
  ['…', []],
] as const)('«%s» means %j', (text, actions) => {
  expect(actionsSaid(text, 'ru')).toEqual(actions)
})

test('the words are those that the reader sees', () => {
  expect(actionsSaid('access granted', 'en')).toEqual(['access.granted'])
  expect(actionsSaid('access granted', 'ru')).toEqual([])
})
