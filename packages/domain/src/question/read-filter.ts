import { findTrainCodes, type TrainCode } from '../values/train-code.ts'
import type { Directory, NamedPlaces } from './directory.ts'
import { readTokens, type Token } from './read-tokens.ts'
import type { DayRange, Filter, FilterState, PlaceCondition, PlaceRole } from './filter.ts'
import type { Verb } from './vocabulary.ts'

/** The interpretation of a question for containers. */
export interface FilterReading {
  readonly filter: Filter
  /** Words that were not understood. */
  readonly unread: readonly string[]
}

/** The context outside the text. */
export interface Knowledge {
  readonly directory: Directory
  /** `YYYY-MM-DD` where the question is asked. */
  readonly today: string
}

/** A longer text is no question for containers by their place. */
const longestText = 300

/**
 * Reads a Russian or English question such as «что стоит на Забайкальской больше 3 суток». Undefined when the text has no
 * understood condition, or too many words that are not understood.
 */
export function readFilter(text: string, { directory, today }: Knowledge): FilterReading | undefined {
  if (text.length > longestText) return undefined
  const trains = findTrainCodes(text)
  const tokens = readTokens(text, directory, today)
  const filter = filterOf(tokens, trains, today)
  return isUnderstood(tokens, filter) ? { filter, unread: unreadOf(tokens) } : undefined
}

/** The only word of a short question that was not understood, where a place name would stand: `что в Новосибирске`. */
export function readUnknownPlace(text: string, { directory, today }: Knowledge): string | undefined {
  if (text.length > longestText) return undefined
  const tokens = readTokens(text, directory, today)
  const [unread, ...others] = tokens.filter(({ kind }) => kind === 'unread')
  const before = unread && tokens[tokens.indexOf(unread) - 1]
  const isNamed = before?.kind === 'preposition' || before?.kind === 'beside'
  if (!unread || !isNamed || others.length > 0 || !/^\p{L}{3,}$/u.test(unread.text)) return undefined
  if (tokens.some(({ kind }) => kind === 'reversal' || kind === 'places' || kind === 'train')) return undefined
  const isQuestion = tokens.some(
    ({ kind }) => kind === 'asking' || kind === 'state' || kind === 'verb' || kind === 'days',
  )
  return isQuestion || before.kind === 'beside' ? asWritten(text, unread.text) : undefined
}

function asWritten(text: string, word: string): string {
  const isWord = (piece: string) => piece.toLowerCase().replaceAll('ё', 'е') === word
  return text.split(/[^\p{L}]+/u).find(isWord) ?? word
}

function filterOf(tokens: readonly Token[], trains: readonly TrainCode[], today: string): Filter {
  const places = placesOf(tokens)
  const idleOverMinutes = idleOf(tokens)
  const arrives = daysOf(tokens, today)
  const kmLeft = tokens.flatMap((token) => (token.kind === 'km' ? [token.kmLeft] : []))[0]
  const states = statesOf(tokens, { places, hasIdle: idleOverMinutes !== undefined, hasDays: arrives !== undefined })
  return { places, states, idleOverMinutes, kmLeft, arrives, trains }
}

/** Several places in one role are alternatives. */
function placesOf(tokens: readonly Token[]): PlaceCondition[] {
  const conditions = new Map<PlaceRole, PlaceCondition>()
  tokens.forEach((token, index) => {
    if (token.kind !== 'places') return
    const role = roleOf(token.named, tokens, index, conditions.has('origin'))
    const known = conditions.get(role)?.places ?? []
    conditions.set(role, { role, places: [...new Set([...known, ...token.named.places])] })
  })
  return [...conditions.values()]
}

function roleOf(named: NamedPlaces, tokens: readonly Token[], index: number, hasOrigin: boolean): PlaceRole {
  const preposition = routeBeside(tokens, index) ?? prepositionBefore(tokens, index)
  if (preposition === 'from') return 'origin'
  if (preposition === 'to') return 'destination'
  const verb = verbBeside(tokens, index)
  if (verb === 'stand') return 'now'
  if (verb === 'arrive' || named.bearing === 'toward') return 'destination'
  if (verb === 'head') return named.bearing === 'at' || named.places[0]?.kind === 'road' ? 'now' : 'destination'
  return hasOrigin || tokens.some(({ kind }) => kind === 'days') ? 'destination' : 'now'
}

/** `Угловая - Селятино` */
function routeBeside(tokens: readonly Token[], index: number): 'to' | 'from' | undefined {
  if (tokens[index + 1]?.kind === 'route') return 'from'
  return tokens[index - 1]?.kind === 'route' ? 'to' : undefined
}

/** Decides by the words right in front of a place: `до`, `из` and their like outweigh `в` and `на`. */
function prepositionBefore(tokens: readonly Token[], index: number): 'at' | 'to' | 'from' | undefined {
  let found: 'at' | 'to' | 'from' | undefined
  for (const token of tokens.slice(0, index).toReversed()) {
    if (token.kind === 'km') return found === 'from' ? found : 'to'
    if (token.kind === 'preposition') found = found === undefined || found === 'at' ? token.preposition : found
    else if (token.kind !== 'beside') break
  }
  return found
}

/** The nearest verb in front of a place, else the nearest one behind it, unless it belongs to another place. */
function verbBeside(tokens: readonly Token[], index: number): Verb | undefined {
  const verbs = tokens.map((token) => ('verb' in token ? token.verb : undefined))
  const before = verbs.slice(0, index).findLast((verb) => verb !== undefined)
  if (before !== undefined) return before
  const behind = verbs.findIndex((verb, place) => place > index && verb !== undefined)
  const isElsewhere = verbs[behind] === 'stand' && tokens.slice(behind).some(({ kind }) => kind === 'places')
  return isElsewhere ? undefined : verbs[behind]
}

/** A mere `3 суток` is the duration of standing only in a question about standing. */
function idleOf(tokens: readonly Token[]): number | undefined {
  const stands = verbsOf(tokens).includes('stand')
  const idle = tokens.flatMap((token) => (token.kind === 'idle' && (token.isCompared || stands) ? [token.minutes] : []))
  return idle[0]
}

/** `до 25.11` begins today. */
function daysOf(tokens: readonly Token[], today: string): DayRange | undefined {
  const index = tokens.findIndex(({ kind }) => kind === 'days')
  const token = tokens[index]
  if (token?.kind !== 'days') return undefined
  const isEnd = prepositionBefore(tokens, index) === 'to' && token.days.to > today
  return isEnd ? { from: today, to: token.days.to } : token.days
}

/** "Standing" means every container that does not move; a duration is more precise than the mere state. */
function statesOf(
  tokens: readonly Token[],
  {
    places,
    hasIdle,
    hasDays,
  }: { readonly places: readonly PlaceCondition[]; readonly hasIdle: boolean; readonly hasDays: boolean },
): FilterState[] {
  const isNow = places.some(({ role }) => role === 'now')
  const named = tokens.flatMap((token) =>
    token.kind === 'state' && (!token.isVague || places.length > 0) ? [token.state] : [],
  )
  const states = named.flatMap((state): FilterState[] => {
    if (state !== 'standing') return [state]
    if (hasIdle) return []
    return [isNow ? 'halted' : 'standing']
  })
  const goes = places.some(({ role }) => role === 'destination') && verbsOf(tokens).some((verb) => verb !== 'stand')
  if (states.length === 0 && goes && !hasDays) return ['underway']
  return withoutWider([...new Set(states)])
}

/** `прибыли, не выгружены`: both together mean the narrower one. */
function withoutWider(states: FilterState[]): FilterState[] {
  const isNarrowed = states.some((state) => state === 'at_destination' || state === 'unloaded')
  return isNarrowed ? states.filter((state) => state !== 'arrived') : states
}

function isUnderstood(tokens: readonly Token[], filter: Filter): boolean {
  if (tokens.some(({ kind }) => kind === 'reversal')) return false
  const unread = unreadOf(tokens).length
  const hasTrain = filter.trains.length > 0
  if (hasTrain && isTrainAsked(tokens, filter)) return false
  if (filter.idleOverMinutes !== undefined || filter.kmLeft) return unread * 2 <= countRead(tokens)
  if (filter.places.length > 0) return isPlaceAsked(tokens, hasTrain) && unread * 2 <= countRead(tokens)
  if (filter.arrives) return unread === 0 && (hasTrain || isArrivalAsked(tokens))
  return unread === 0 && filter.states.length > 0 && (hasTrain || !isPriceAsked(tokens))
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

function verbsOf(tokens: readonly Token[]): Verb[] {
  return tokens.flatMap((token) => ('verb' in token ? [token.verb] : []))
}

function unreadOf(tokens: readonly Token[]): string[] {
  return tokens.filter(({ kind }) => kind === 'unread').map(({ text }) => text)
}

function countRead(tokens: readonly Token[]): number {
  const read = tokens.filter(({ kind }) => kind !== 'unread' && kind !== 'filler' && kind !== 'asking')
  return read.reduce((total, { length }) => total + length, 0)
}
