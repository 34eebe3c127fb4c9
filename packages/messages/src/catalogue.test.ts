import { describe, expect, test } from 'vitest'
import { catalogue, defaultLanguage, languageName, languageOf, languages } from './catalogue.ts'

test.each([
  ['en', 'en'],
  ['en-GB', 'en'],
  ['ru', 'ru'],
  ['xx', 'ru'],
  ['', 'ru'],
  [undefined, 'ru'],
  [null, 'ru'],
])('who reads %s is spoken to in %s', (code, language) => {
  expect(languageOf(code)).toBe(language)
})

test('the default language is the first, and each has a name of its own', () => {
  expect(languages[0]).toBe(defaultLanguage)
  expect(new Set(languages.map(languageName)).size).toBe(languages.length)
})

describe.each(languages)('the texts in %s', (language) => {
  test('leave no place of the others empty', () => {
    expect(shapeOf(catalogue[language])).toEqual(shapeOf(catalogue[defaultLanguage]))
  })
})

test('no English text has Russian in it', () => {
  const russian = stringsOf(catalogue.en).filter((text) => /\p{Script=Cyrillic}/u.test(text))
  // A code of a train begins with a Cyrillic letter.
  expect(
    russian.filter((text) => /\p{Script=Cyrillic}/u.test(text.replaceAll(/<code>[^<]*<\/code>|К\d\d-\d{3}/gu, ''))),
  ).toEqual([])
})

/** The paths of an object, with the kind of what stands there. */
function shapeOf(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`]
  return Object.entries(value)
    .flatMap(([key, inner]) => shapeOf(inner, `${path}.${key}`))
    .toSorted()
}

function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : []
}
