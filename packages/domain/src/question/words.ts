import { cleanText } from '../values/clean-text.ts'

/** A word, a number, a date or a sign of a text. */
export interface Word {
  /** Lower case, ё as е. */
  readonly text: string
  /** Written in capitals, as an abbreviation is. */
  readonly isCapital: boolean
  /** A hyphen joins it to the word in front of it. */
  readonly isJoined: boolean
}

/** Stands in a text for the code of a train. */
export const trainMark = '\uE001'
/** Stands in a text for a dash or an arrow that leads from one place to another. */
export const routeMark = '\uE002'
/** Stands in a text for the railway's number or index of a train. */
export const railMark = '\uE003'

const pieces =
  /\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}:\d{2}(?!\d)|\d{1,2}\.\d{1,2}(?:\.(?:\d{4}|\d{2}))?(?![.\d])|\d+(?:[.,]\d+)?|\p{L}+|[<>≥≤]=?|\+|[\uE001-\uE003]/gu
/** `20'` is a length in feet. */
const feet = /(?<=(?<!\d)(?:20|40))\s?['’′](?![\p{L}\d])/gu
const numerals = new Map(Object.entries({ i: '1', ii: '2', iii: '3', iv: '4' }))

/** The words of a text in their order; Roman numerals of stations become digits, as people type them. */
export function wordsOf(text: string): Word[] {
  const said = cleanText(text).replace(feet, ' ft')
  return Array.from(said.matchAll(pieces), ({ 0: piece, index }) => {
    const lower = piece.toLowerCase().replaceAll('ё', 'е')
    return {
      text: numerals.get(lower) ?? lower,
      isCapital: piece.length > 1 && piece !== lower && piece === piece.toUpperCase(),
      isJoined: /\p{L}[\p{Pd}−]$/u.test(said.slice(Math.max(0, index - 2), index)),
    }
  })
}

/** Several words from `index` on, between single blanks. */
export function phraseAt(words: readonly Word[], index: number): string {
  return words
    .slice(index, index + 6)
    .map(({ text }) => text)
    .join(' ')
}
