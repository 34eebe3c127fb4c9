import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  containerCheckDigit,
  hasValidCheckDigit,
  parseContainerNumber,
  type ContainerNumber,
} from '../values/container-number.ts'
import { oneCharacterRepairs, rankSuggestions } from './suggest-containers.ts'

const valid = fc.stringMatching(/^[A-Z]{3}[UJZ]\d{6}$/).map((first10) => `${first10}${containerCheckDigit(first10)}`)

function isValid(text: string): boolean {
  const number = parseContainerNumber(text)
  return number !== undefined && hasValidCheckDigit(number)
}

describe('oneCharacterRepairs', () => {
  test.each([
    ['the letter O for zeros', 'MSKU6O11672', 'MSKU6011672'],
    ['several look-alikes at once', 'М5КU6O1I672', 'MSKU6011672'],
    ['a Russian З for a three', 'CSQU З054383', 'CSQU3054383'],
    ['a zero for a letter', 'T0LU4734787', 'TOLU4734787'],
    ['the check digit left out', 'msku-601167', 'MSKU6011672'],
    ['neighbours changed places', 'CSQU3504383', 'CSQU3054383'],
  ])('tries %s first', (_, text, number) => {
    expect(oneCharacterRepairs(text)[0]).toBe(number)
  })

  test.each([
    'MSKU6011672',
    'мsku 601167 2',
    '',
    'MSKU',
    'MSKU60116',
    'MSKX601167',
    '60116728888',
    `M${'0'.repeat(50)}`,
  ])('has none for %j', (text) => {
    expect(oneCharacterRepairs(text)).toEqual([])
  })

  test('finds the number behind any wrong character', () => {
    fc.assert(
      fc.property(
        valid,
        fc.integer({ min: 0, max: 10 }),
        fc.constantFrom('0', '9', 'A', 'U', 'Z', 'Ж'),
        (number, place, wrong) => {
          const mistyped = `${number.slice(0, place)}${wrong}${number.slice(place + 1)}`
          fc.pre(!isValid(mistyped))
          expect(oneCharacterRepairs(mistyped)).toContain(number)
        },
      ),
    )
  })

  test('finds the number behind any two neighbours that changed places', () => {
    fc.assert(
      fc.property(valid, fc.constantFrom(0, 1, 2, 4, 5, 6, 7, 8, 9), (number, place) => {
        const pair = `${number.charAt(place + 1)}${number.charAt(place)}`
        const mistyped = `${number.slice(0, place)}${pair}${number.slice(place + 2)}`
        fc.pre(!isValid(mistyped))
        expect(oneCharacterRepairs(mistyped)).toContain(number)
      }),
    )
  })

  test.each([
    ['МСКУ6011672', 'MSKU6011672'],
    ['мску601167', 'MSKU6011672'],
    ['ТКРУ8864591', 'TKRU8864591'],
  ])('reads letters written by their sound: %s', (text, number) => {
    expect(oneCharacterRepairs(text)[0]).toBe(number)
  })

  test('finds nothing but numbers with a valid check digit, each once', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{3}[UJZ]\d{6,7}$/), (text) => {
        const repairs = oneCharacterRepairs(text)
        expect(repairs.every(hasValidCheckDigit)).toBe(true)
        expect(new Set(repairs).size).toBe(repairs.length)
      }),
    )
  })

  test('nothing makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(Array.isArray(oneCharacterRepairs(text))).toBe(true)
      }),
    )
  })
})

describe('rankSuggestions', () => {
  const repairs = ['A', 'B', 'C', 'D', 'E', 'F'] as ContainerNumber[]
  const tiers = new Map(Object.entries({ A: 2, C: 1, D: 0, E: 2, F: 1 }))

  test('puts the own lists first, keeps the order within a tier, and shows three', () => {
    expect(rankSuggestions(repairs, (number) => tiers.get(number))).toEqual(['D', 'C', 'F'])
  })

  test('suggests nothing that is known nowhere', () => {
    expect(rankSuggestions(repairs, (number) => (number === 'B' ? 2 : undefined))).toEqual(['B'])
  })
})
