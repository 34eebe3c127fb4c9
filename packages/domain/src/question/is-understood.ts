import { asksForOperationDay, type Filter } from './filter.ts'
import type { Token } from './read-tokens.ts'
import type { Verb } from './vocabulary.ts'

/** Whether enough of a question was understood to answer it by a filter: what is left out must not change what was asked. */
export function isUnderstood(tokens: readonly Token[], filter: Filter): boolean {
  if (isAboutElse(tokens, filter)) return false
  return isOfTrain(tokens, filter) || isOfContainers(tokens, filter)
}

/** The railway's name of a train is a question by itself. */
function isOfTrain(tokens: readonly Token[], { railTrain }: Filter): boolean {
  return railTrain !== undefined && unreadOf(tokens).length === 0
}

function namesTrain({ trains, railTrain }: Filter): boolean {
  return trains.length > 0 || railTrain !== undefined
}

function isOfContainers(tokens: readonly Token[], filter: Filter): boolean {
  const unread = unreadOf(tokens).length
  const hasTrain = namesTrain(filter)
  if (filter.idleOverMinutes !== undefined || filter.kmLeft) return unread * 2 <= countRead(tokens)
  if (filter.places.length > 0) return isPlaceAsked(tokens, hasTrain) && unread * 2 <= countRead(tokens)
  if (filter.arrives) return unread === 0 && (hasTrain || isArrivalAsked(tokens))
  return unread === 0 && isStateAsked(tokens, filter) && (hasTrain || !isPriceAsked(tokens))
}

/** It is negated, or asks for a train itself, for a price, or for a place that no file has named. */
function isAboutElse(tokens: readonly Token[], filter: Filter): boolean {
  if (tokens.some(({ kind }) => kind === 'reversal')) return true
  if (filter.trains.length > 0 && isTrainAsked(tokens, filter)) return true
  if (isPriceAsked(tokens) && unreadOf(tokens).length > 0) return true
  // Only of a place it can be said when it was passed.
  if (filter.arrives && verbsOf(tokens).includes('pass')) return true
  // The day is either that of the last operation or that of the arrival.
  if (filter.arrives && asksForOperationDay(filter) && verbsOf(tokens).includes('arrive')) return true
  return filter.places.length === 0 && tokens.some((_, index) => isUnknownPlaceAt(tokens, index))
}

/** `где стоит К25-103` asks for the train itself, and `К25-103 Селятино` is its name. */
function isTrainAsked(tokens: readonly Token[], { states }: Filter): boolean {
  if (tokens.some(({ text }) => text === 'где' || text === 'where'))
    return states.every((state) => state === 'standing')
  return tokens.every(({ kind }) => kind === 'train' || kind === 'places' || kind === 'filler' || kind === 'unread')
}

/** A name alone may be a mere word beside others that are not understood: `отличная находка`. */
function isPlaceAsked(tokens: readonly Token[], hasTrain: boolean): boolean {
  if (hasTrain || unreadOf(tokens).length === 0) return true
  return tokens.some(({ kind }) => kind === 'preposition' || kind === 'beside' || kind === 'state' || kind === 'verb')
}

const boxes = /^(?:контейнер|ктк|бокс|короб|container|box)/u

/** A mere `порожние` asks for the stock of a terminal. */
function isStateAsked(tokens: readonly Token[], { states, norm, departed, loaded, feet }: Filter): boolean {
  if (states.length > 0 || norm || departed || feet !== undefined) return true
  return loaded !== undefined && tokens.some(({ kind, text }) => kind === 'asking' || boxes.test(text))
}

/** `до завтра` asks for nothing. */
function isArrivalAsked(tokens: readonly Token[]): boolean {
  const isAsked = tokens.some((token) => token.kind === 'asking' || (token.kind === 'state' && !token.isVague))
  return isAsked || verbsOf(tokens).includes('arrive')
}

/** `сколько стоит` */
function isPriceAsked(tokens: readonly Token[]): boolean {
  const said = tokens.filter(({ kind }) => kind !== 'filler').map(({ text }) => text)
  return said.includes('сколько') && said.includes('стоит')
}

/** A word that is not understood, where the name of a place would stand. */
export function isUnknownPlaceAt(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.kind
  const token = tokens[index]
  const isNamed = before === 'preposition' || before === 'beside'
  return isNamed && token?.kind === 'unread' && /^\p{L}{3,}$/u.test(token.text)
}

/** The relations to places that the words of a question express. */
export function verbsOf(tokens: readonly Token[]): Verb[] {
  return tokens.flatMap((token) => ('verb' in token ? [token.verb] : []))
}

/** The words that were not understood. */
export function unreadOf(tokens: readonly Token[]): string[] {
  return tokens.filter(({ kind }) => kind === 'unread').map(({ text }) => text)
}

/** The words that do not take part in the answer: those that were not understood, an hour, and days beside the first ones. */
export function leftOutOf(tokens: readonly Token[]): string[] {
  const [days] = tokens.filter(({ kind }) => kind === 'days')
  return tokens
    .filter((token) => token.kind === 'unread' || token.kind === 'hour' || (token.kind === 'days' && token !== days))
    .map(({ text }) => text)
}

function countRead(tokens: readonly Token[]): number {
  const mere: readonly Token['kind'][] = ['unread', 'filler', 'asking', 'hour']
  const read = tokens.filter(({ kind }) => !mere.includes(kind))
  return read.reduce((total, { length }) => total + length, 0)
}
