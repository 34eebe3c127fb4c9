import { expect, test } from 'vitest'
import { machineLanguage } from './machine-language.ts'

test.for([
  [{ LANG: 'ru_RU.UTF-8' }, 'en-US', 'ru'],
  [{ LC_ALL: 'en_GB.UTF-8', LANG: 'ru_RU.UTF-8' }, 'ru-RU', 'en'],
  [{ LC_ALL: '', LC_MESSAGES: 'ru_RU', LANG: 'en_US' }, 'en-US', 'ru'],
  [{ LANG: 'C.UTF-8' }, 'ru-RU', 'ru'],
  [{ LC_ALL: 'POSIX' }, 'en-US', 'en'],
  [{}, 'ru', 'ru'],
  [{ LANG: 'de_DE.UTF-8' }, 'ru-RU', 'en'],
] as const)('%j with the system in %s speaks %s', ([env, locale, language]) => {
  expect(machineLanguage(env, locale)).toBe(language)
})
