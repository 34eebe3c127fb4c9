import { type Beside, type Directory, findPlaces, type NamedPlaces } from './directory.ts'
import type { DayRange } from './filter.ts'
import { readDays } from './read-days.ts'
import { type Measure, readMeasure } from './read-measure.ts'
import { findPhrase, type Meaning } from './vocabulary.ts'
import { phraseAt, trainMark, type Word, wordsOf } from './words.ts'

type Sense =
  | Meaning
  | Measure
  | { readonly kind: 'places'; readonly named: NamedPlaces }
  | { readonly kind: 'days'; readonly days: DayRange }
  | { readonly kind: 'train' }
  | { readonly kind: 'unread' }

/** Some words of a question that mean something together. */
export type Token = Sense & {
  /** Of words. */
  readonly length: number
  readonly text: string
}

const trainCode = /(?<![\p{L}\p{N}])[КкKk]\d{2}[\s\p{Pd}_−]{0,3}\d{3}(?![\p{L}\p{N}])/gu

/** Takes a text apart; every word is in one token. */
export function readTokens(text: string, directory: Directory, today: string): Token[] {
  const words = wordsOf(text.replace(trainCode, ` ${trainMark} `))
  const tokens: Token[] = []
  let index = 0
  while (index < words.length) {
    const { sense, length } = senseAt(words, index, { before: tokens.at(-1), directory, today })
    const text = words
      .slice(index, index + length)
      .map((word) => word.text)
      .join(' ')
    tokens.push({ ...sense, length, text })
    index += length
  }
  return tokens
}

function senseAt(
  words: readonly Word[],
  index: number,
  {
    before,
    directory,
    today,
  }: { readonly before: Token | undefined; readonly directory: Directory; readonly today: string },
): { readonly sense: Sense; readonly length: number } {
  if (words[index]?.text === trainMark) return { sense: { kind: 'train' }, length: 1 }
  const phrase = phraseAt(words, index)
  const measured = readMeasure(phrase)
  if (measured) return { sense: measured.measure, length: measured.length }
  const dated = readDays(phrase, today)
  if (dated) return { sense: { kind: 'days', days: dated.days }, length: dated.length }
  const named = placesAt(words, index, before, directory)
  if (named) return { sense: { kind: 'places', named }, length: named.length }
  const found = findPhrase(phrase)
  return found ? { sense: found.meaning, length: found.length } : { sense: { kind: 'unread' }, length: 1 }
}

/** `дорога` and `станция` beside a name say which of the two it is, where it can be. */
function placesAt(
  words: readonly Word[],
  index: number,
  before: Token | undefined,
  directory: Directory,
): NamedPlaces | undefined {
  const isRoad = words
    .slice(index + 1, index + 4)
    .some(({ text }) => /^(?:дорог\p{L}*|жд|roads?|railways?)$/u.test(text))
  const hasLead = before?.kind === 'preposition' || before?.kind === 'beside' || before?.kind === 'km'
  const kind: Beside['kind'] = isRoad ? 'road' : before?.kind === 'beside' ? before.beside : undefined
  const named = findPlaces(directory, words, index, { kind, hasLead })
  return named ?? (kind === undefined ? undefined : findPlaces(directory, words, index, { kind: undefined, hasLead }))
}
