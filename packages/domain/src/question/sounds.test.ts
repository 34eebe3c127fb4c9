import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSounds, isOneSlip, meantForm, soundOf } from './sounds.ts'

test.each([
  ['забайкалская', 'забайкальская'],
  ['zabaykalskaya', 'забайкальская'],
  ['selyatino', 'селятино'],
  ['irkutsk', 'иркутск'],
  ['иркуцк', 'иркутск'],
  ['yekaterinburg', 'екатеринбург'],
  ['khabarovsk', 'хабаровск'],
  ['россия', 'росия'],
])('%s sounds like %s', (a, b) => {
  expect(soundOf(a)).toBe(soundOf(b))
})

describe('one slip', () => {
  const word = fc.stringMatching(/^[a-z]{2,12}$/)

  test('leads from a word to one with a letter less, and back', () => {
    fc.assert(
      fc.property(word, fc.nat(), (word, at) => {
        const place = at % word.length
        const shorter = word.slice(0, place) + word.slice(place + 1)
        expect([isOneSlip(word, shorter), isOneSlip(shorter, word)]).toEqual([true, true])
      }),
    )
  })

  test.each([
    ['omsk', 'tomsk', true],
    ['chita', 'chiat', true],
    ['chita', 'chito', true],
    ['chita', 'hcito', false],
    ['chita', 'cht', false],
    ['chita', 'ochit', false],
  ])('leads from %s to %s: %s', (a, b, expected) => {
    expect(isOneSlip(a, b)).toBe(expected)
  })
})

describe('what was meant', () => {
  const sounds = createSounds([
    ['карымская', 'карымская'],
    ['карымской', 'карымская'],
    ['мирная', 'мирная'],
    ['мирный', 'мирный'],
  ])

  test.each([
    ['карымскои', 6, 'карымской'],
    ['карамская', 6, 'карымская'],
    ['карымск', 6, undefined],
    ['карымска', 9, undefined],
    ['карымская', 6, undefined],
    ['мирна', 4, 'мирный'],
    ['мирны', 4, 'мирный'],
    ['мирня', 4, undefined],
    ['мир', 1, undefined],
  ])('by %s, of %d sounds at least: %s', (word, shortest, expected) => {
    expect(meantForm(sounds, word, shortest)).toBe(expected)
  })
})
