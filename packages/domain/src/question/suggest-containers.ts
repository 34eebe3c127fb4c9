import {
  containerCheckDigit,
  hasValidCheckDigit,
  parseContainerNumber,
  type ContainerNumber,
} from '../values/container-number.ts'
import { latinCapitals } from '../values/look-alikes.ts'

const mostSuggestions = 3
const longestAttempt = 40
const capitals = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
const digits = Array.from('0123456789')

const digitOfLetter = new Map(
  Object.entries({ O: '0', Q: '0', D: '0', I: '1', L: '1', Z: '2', З: '3', S: '5', B: '8', Б: '6' }),
)
const letterOfDigit = new Map(Object.entries({ 0: 'O', 1: 'I', 2: 'Z', 5: 'S', 8: 'B' }))

/** Cyrillic spellings of letters by their sound: МСКУ for MSKU. */
const soundOf = new Map(
  Object.entries({
    А: 'A',
    Б: 'B',
    В: 'V',
    Г: 'G',
    Д: 'D',
    Е: 'E',
    Ж: 'J',
    З: 'Z',
    И: 'I',
    Й: 'J',
    К: 'K',
    Л: 'L',
    М: 'M',
    Н: 'N',
    О: 'O',
    П: 'P',
    Р: 'R',
    С: 'S',
    Т: 'T',
    У: 'U',
    Ф: 'F',
    Х: 'H',
    Ц: 'C',
  }),
)

/**
 * All numbers with a valid check digit from which the text can have come by one slip: letters and digits that look alike,
 * letters written by their sound, the check digit left out, two neighbours changed places, one wrong character. The likelier slip comes first. A number
 * without a fault has no repairs.
 */
export function oneCharacterRepairs(text: string): ContainerNumber[] {
  if (text.length > longestAttempt) return []
  const written = latinCapitals(text.replace(/[^\p{L}\p{N}]/gu, ''))
  if (validNumber(written) !== undefined) return []
  const corrected = withLookAlikesCorrected(written)
  const soundAlike = bySound(text.replace(/[^\p{L}\p{N}]/gu, ''))
  const candidates = [
    corrected,
    soundAlike,
    ...withCheckDigit(corrected),
    ...withCheckDigit(soundAlike),
    ...transpositions(corrected),
    ...substitutions(corrected),
  ]
  return [...new Set(candidates.map(validNumber).filter((number) => number !== undefined))]
}

/** The number that a text spells with letters and digits that look alike, `MSKU6O11672`, when its check digit fits; undefined otherwise. */
export function lookAlikeNumber(text: string): ContainerNumber | undefined {
  const written = latinCapitals(text.replace(/[^\p{L}\p{N}]/gu, ''))
  const number = written.length === 11 ? validNumber(withLookAlikesCorrected(written)) : undefined
  return number === written ? undefined : number
}

/**
 * At most three of the repairs: those of the lowest tier first, within a tier in the order given. `tierOf` says where a
 * number is known (0 the user's own lists, 1 live trips, 2 the rest); an unknown number is not suggested.
 */
export function rankSuggestions(
  repairs: readonly ContainerNumber[],
  tierOf: (number: ContainerNumber) => number | undefined,
): ContainerNumber[] {
  return repairs
    .flatMap((number) => ({ number, tier: tierOf(number) ?? Infinity }))
    .filter(({ tier }) => tier < Infinity)
    .sort((a, b) => a.tier - b.tier)
    .slice(0, mostSuggestions)
    .map(({ number }) => number)
}

function validNumber(text: string): ContainerNumber | undefined {
  const number = parseContainerNumber(text)
  return number !== undefined && hasValidCheckDigit(number) ? number : undefined
}

/** Four letters come first, digits follow: the place decides between an O and a zero. */
function withLookAlikesCorrected(text: string): string {
  return Array.from(text, (character, place) => {
    const corrected = isLetterPlace(place) ? letterOfDigit.get(character) : digitOfLetter.get(character)
    return corrected ?? character
  }).join('')
}

function bySound(text: string): string {
  return Array.from(text.toUpperCase(), (character) => soundOf.get(character) ?? character).join('')
}

function withCheckDigit(text: string): string[] {
  return /^[A-Z]{4}\d{6}$/.test(text) ? [`${text}${containerCheckDigit(text)}`] : []
}

function transpositions(text: string): string[] {
  return Array.from(text, (character, place) => withReplaced(text, place, 2, `${text.charAt(place + 1)}${character}`))
}

function substitutions(text: string): string[] {
  const places = Array.from(text, (_, place) => place).toSorted(
    (a, b) => Number(isLetterPlace(a)) - Number(isLetterPlace(b)),
  )
  return places.flatMap((place) =>
    (isLetterPlace(place) ? capitals : digits).map((character) => withReplaced(text, place, 1, character)),
  )
}

function withReplaced(text: string, place: number, length: number, replacement: string): string {
  return `${text.slice(0, place)}${replacement}${text.slice(place + length)}`
}

function isLetterPlace(place: number): boolean {
  return place < 4
}
