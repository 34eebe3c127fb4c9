import { replaceRailwayTrains } from '../values/trains/railway-train.ts'
import { replaceTrainCodes } from '../values/train-code.ts'
import { type Beside, type Directory, findPlaces, type NamedPlaces } from './directory.ts'
import type { DayRange } from './filter.ts'
import { readDays } from './measures/read-days.ts'
import { type Measure, readMeasure } from './measures/read-measure.ts'
import { meantForm } from './sounds.ts'
import { findPhrase, type Meaning } from './vocabulary.ts'
import { phraseAt, railMark, routeMark, trainMark, type Word, wordsOf } from './words.ts'

type Sense =
  | Meaning
  | Measure
  | { readonly kind: 'places'; readonly named: NamedPlaces }
  | { readonly kind: 'days'; readonly days: DayRange; readonly isWeekly: boolean }
  | { readonly kind: 'train' }
  | { readonly kind: 'rail' }
  | { readonly kind: 'route' }
  | { readonly kind: 'unread' }

/** Some words of a question that mean something together. */
export type Token = Sense & {
  /** Number of words. */
  readonly length: number
  readonly text: string
}

const routes = /(?<=\p{L})\s+(?:-+>?|[–—−])\s+(?=\p{L})|\s*(?:[-=]+>|[→➡])\s*/gu
const shortestGuess = { beside: 6, alone: 8 } as const

/** Splits a text; every word is in one token. A misspelt place name is corrected. */
export function readTokens(text: string, directory: Directory, today: string): Token[] {
  const coded = replaceRailwayTrains(replaceTrainCodes(text, ` ${trainMark} `), ` ${railMark} `)
  const marked = readWords(wordsOf(coded.replace(routes, ` ${routeMark} `)), directory, today)
  return marked.every((token, index) => token.kind !== 'route' || isBetweenPlaces(marked, index))
    ? marked
    : readWords(wordsOf(coded), directory, today)
}

function isBetweenPlaces(tokens: readonly Token[], index: number): boolean {
  return tokens[index - 1]?.kind === 'places' && tokens[index + 1]?.kind === 'places'
}

function readWords(words: readonly Word[], directory: Directory, today: string): Token[] {
  const tokens = withRoutes(toTokens(words, directory, today), words)
  if (tokens.every(({ kind }) => kind !== 'unread')) return tokens
  const meant = withMeantNames(words, tokens, directory)
  const others = meant && withRoutes(toTokens(meant, directory, today), words)
  return others && countUnread(others) < countUnread(tokens) ? others : tokens
}

/** `Угловая-Селятино`: a hyphen between two names is a way, within a name it is none. */
function withRoutes(tokens: readonly Token[], words: readonly Word[]): Token[] {
  let at = 0
  return tokens.flatMap((token, index): Token[] => {
    const isJoined = words[at]?.isJoined === true
    at += token.length
    const isWay = isJoined && token.kind === 'places' && tokens[index - 1]?.kind === 'places'
    return isWay ? [{ kind: 'route', length: 0, text: '' }, token] : [token]
  })
}

function countUnread(tokens: readonly Token[]): number {
  return tokens.filter(({ kind }) => kind === 'unread').length
}

/** The words with names in place of those that were not understood; undefined when none resembles a name. */
function withMeantNames(
  words: readonly Word[],
  tokens: readonly Token[],
  directory: Directory,
): readonly Word[] | undefined {
  const isUnread = tokens.flatMap(({ kind, length }) => Array.from({ length }, () => kind === 'unread'))
  const isBeside = tokens.some(({ kind }) => kind !== 'unread' && kind !== 'filler' && kind !== 'train')
  const shortest = isBeside ? shortestGuess.beside : shortestGuess.alone
  const meant = words.map((word, index) => {
    const form = isUnread[index] ? meantForm(directory.sounds(), word.text, shortest) : undefined
    return form === undefined ? word : { ...word, text: form }
  })
  return meant.some((word, index) => word !== words[index]) ? meant : undefined
}

function toTokens(words: readonly Word[], directory: Directory, today: string): Token[] {
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
  if (words[index]?.text === railMark) return { sense: { kind: 'rail' }, length: 1 }
  if (words[index]?.text === routeMark) return { sense: { kind: 'route' }, length: 1 }
  const phrase = phraseAt(words, index)
  const measured = readMeasure(phrase)
  if (measured) return { sense: measured.measure, length: measured.length }
  const dated = readDays(phrase, today)
  if (dated) return { sense: { kind: 'days', ...dated }, length: dated.length }
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
