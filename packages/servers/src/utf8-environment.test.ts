import { expect, test } from 'vitest'
import { type Environment, utf8Environment } from './utf8-environment.ts'

const parents: readonly (readonly [string, Environment])[] = [
  ['none', {}],
  ['an unset one', { LANG: undefined, LC_ALL: undefined }],
  ['that of a bare machine', { LC_ALL: 'C' }],
  ['one that is not UTF-8', { LANG: 'ru_RU.KOI8-R', LC_CTYPE: 'ru_RU.KOI8-R', LANGUAGE: 'ru' }],
  ['another UTF-8 one', { LANG: 'ru_RU.UTF-8', LC_MESSAGES: 'ru_RU.UTF-8' }],
]

test.each(parents)('a program gets the same UTF-8 locale where the parent has %s', (_name, parent) => {
  expect(utf8Environment(parent)).toEqual({ LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' })
})

test('everything else of the environment stays', () => {
  expect(utf8Environment({ PATH: '/bin', HOME: '/root', GONE: undefined })).toMatchObject({
    PATH: '/bin',
    HOME: '/root',
  })
})
