import { expect, test } from 'vitest'
import { mostMailListParts, readMailListField, readMailListName } from './mail-list.ts'

test.for([
  ['addresses', 'a@b.example; A@B.example,\n c@d.example,', ['a@b.example', 'c@d.example']],
  ['eventKinds', 'unloaded, arrived', ['unloaded', 'arrived']],
  ['clients', ' ООО  «Ромашка» \n Лютик', ['ООО «Ромашка»', 'Лютик']],
  ['trains', 'k25-073, К25 074', ['К25-073', 'К25-074']],
  ['clients', ' , ', []],
  ['addresses', '', []],
] as const)('the %s %j are %j', ([field, text, parts]) => {
  expect(readMailListField(field, text)).toEqual({ kind: 'read', parts })
})

test.for([
  ['addresses', 'a@b.example, nobody', 'nobody'],
  ['addresses', 'a@b.example\r\nBcc: c@d.example', 'Bcc: c@d.example'],
  ['eventKinds', 'lost', 'lost'],
  ['trains', 'К25-073, X', 'X'],
] as const)('among the %s %j there is a bad one', ([field, text, part]) => {
  expect(readMailListField(field, text)).toEqual({ kind: 'bad', part })
})

test('a field has its limit, and a list its kinds', () => {
  const many = Array.from({ length: mostMailListParts + 1 }, (_, n) => `client ${n}`)
  expect(readMailListField('clients', many.slice(1).join(','))).toMatchObject({ kind: 'read' })
  expect(readMailListField('clients', many.join(','))).toEqual({ kind: 'too_many' })
  expect(readMailListField('eventKinds', ' ')).toEqual({ kind: 'none' })
})

test('a name is a line of up to 60 characters', () => {
  expect(readMailListName(' Выгрузка\nсклад ')).toBe('Выгрузка склад')
  expect(readMailListName(' ')).toBeUndefined()
  expect(readMailListName('x'.repeat(61))).toBeUndefined()
})
