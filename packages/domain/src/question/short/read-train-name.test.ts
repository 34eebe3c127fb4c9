import { expect, test } from 'vitest'
import { readTrainName } from './read-train-name.ts'

test.each([
  ['25-073', { kind: 'code', code: 'К25-073' }],
  ['25/073', { kind: 'code', code: 'К25-073' }],
  ['где 25-073?', { kind: 'code', code: 'К25-073' }],
  ['K25-73', { kind: 'code', code: 'К25-073' }],
  ['К 25 73', { kind: 'code', code: 'К25-073' }],
  ['145', { kind: 'number', number: '145' }],
  ['поезд 145', { kind: 'number', number: '145' }],
  ['где поезд №73', { kind: 'number', number: '073' }],
  ['train 145', { kind: 'number', number: '145' }],
  ['к145', { kind: 'number', number: '145' }],
])('«%s» is %j', (text, name) => {
  expect(readTrainName(text)).toEqual(name)
})

test.each(['1318', 'поезд 1318', '45', '20-100 км', 'осталось 145', '145 контейнеров', '25.11', 'на 94', '8-800-145'])(
  '«%s» is no name of a train',
  (text) => {
    expect(readTrainName(text)).toBeUndefined()
  },
)
