import { findRailwayTrain } from '../values/trains/railway-train.ts'
import { findTrainCodes, type TrainCode } from '../values/train-code.ts'
import type { Directory, NamedPlaces } from './directory.ts'
import { asPast } from './measures/calendar.ts'
import { isUnderstood, isUnknownPlaceAt, leftOutOf, verbsOf } from './is-understood.ts'
import { asksForKm } from './measures/asks-for-km.ts'
import { readTokens, type Token } from './read-tokens.ts'
import { emptyFilter } from './filter.ts'
import type { DayRange, Filter, FilterState, NormCondition, PlaceCondition, PlaceRole } from './filter.ts'
import type { Verb } from './vocabulary.ts'
import { isOwnAccusative } from './word-forms.ts'
import { wordsOf } from './words.ts'

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
const dayMinutes = 1440

/**
 * Reads a Russian or English question such as «что стоит на Забайкальской больше 3 суток». Undefined when the text has no
 * understood condition, or too many words that are not understood.
 */
export function readFilter(text: string, { directory, today }: Knowledge): FilterReading | undefined {
  if (text.length > longestText) return undefined
  const trains = findTrainCodes(text)
  const tokens = readTokens(text, directory, today)
  const filter = { ...filterOf(tokens, trains, today), railTrain: findRailwayTrain(text) }
  if (!isUnderstood(tokens, filter)) return undefined
  return { filter: asksForKm(text, filter) ? toKm(filter) : filter, unread: leftOutOf(tokens) }
}

/** Whatever has arrived has no way left. */
function toKm(filter: Filter): Filter {
  return { ...filter, asksKm: true, states: filter.states.length === 0 ? ['underway'] : filter.states }
}

/** The places that a question names which is not understood, and the words that were not understood. */
export function readPartly(text: string, { directory, today }: Knowledge): FilterReading | undefined {
  if (text.length > longestText) return undefined
  const tokens = readTokens(text, directory, today)
  const filter = { ...emptyFilter, places: placesOf(tokens) }
  const said = (...kinds: readonly Token['kind'][]) =>
    tokens.flatMap(({ kind, text }) => (kinds.includes(kind) && /[\p{L}\p{N}]/u.test(text) ? [text] : []))
  const left = said('unread', 'reversal')
  // Every word was understood, but not what the days have to do with the rest.
  const unread = left.length > 0 ? left : said('days')
  return filter.places.length > 0 && unread.length > 0 ? { filter, unread } : undefined
}

/** The only word of a short question that was not understood, where a place name would stand: `что в Новосибирске`. */
export function readUnknownPlace(text: string, { directory, today }: Knowledge): string | undefined {
  if (text.length > longestText) return undefined
  const tokens = readTokens(text, directory, today)
  const [unread, ...others] = tokens.filter(({ kind }) => kind === 'unread')
  const place = unread ? tokens.indexOf(unread) : -1
  if (!unread || others.length > 0 || !isUnknownPlaceAt(tokens, place)) return undefined
  if (tokens.some(({ kind }) => kind === 'reversal' || kind === 'places' || kind === 'train')) return undefined
  const isQuestion = tokens.some(
    ({ kind }) => kind === 'asking' || kind === 'state' || kind === 'verb' || kind === 'days',
  )
  return isQuestion || tokens[place - 1]?.kind === 'beside' ? asWritten(text, unread.text) : undefined
}

function asWritten(text: string, word: string): string {
  const isWord = (piece: string) => piece.toLowerCase().replaceAll('ё', 'е') === word
  return text.split(/[^\p{L}]+/u).find(isWord) ?? word
}

function filterOf(tokens: readonly Token[], trains: readonly TrainCode[], today: string): Filter {
  const places = placesOf(tokens)
  const idleOverMinutes = idleOf(tokens)
  const norm = normOf(tokens)
  const days = daysOf(tokens, today)
  const { arrives, departed, passedOn } = daysByKind(tokens, days, today)
  const kmLeft = tokens.flatMap((token) => (token.kind === 'km' ? [token.kmLeft] : []))[0]
  const states = statesOf(tokens, { places, hasIdle: idleOverMinutes !== undefined, hasDays: days !== undefined, norm })
  const loaded = tokens.find((token) => token.kind === 'loaded')?.loaded
  const feet = tokens.find((token) => token.kind === 'feet')?.feet
  return {
    places,
    states,
    idleOverMinutes,
    kmLeft,
    arrives,
    norm,
    departed,
    loaded,
    feet,
    trains,
    railTrain: undefined,
    passedOn,
    asksKm: false,
  }
}

/** Whether the days of a question are those of the departure, of passing a place, or of the arrival. */
function daysByKind(
  tokens: readonly Token[],
  days: DayRange | undefined,
  today: string,
): Pick<Filter, 'arrives' | 'departed' | 'passedOn'> {
  const none = { arrives: undefined, departed: undefined, passedOn: undefined }
  if (!days) return none
  const past = asPast(
    days,
    tokens.some((token) => token.kind === 'days' && token.isWeekly),
    today,
  )
  if (isOfDeparture(tokens)) return { ...none, departed: past }
  const verbs = verbsOf(tokens)
  if (verbs.includes('arrive')) return { ...none, arrives: days }
  if (verbs.includes('pass') && tokens.some(({ kind }) => kind === 'places')) return { ...none, passedOn: past }
  const isOver = tokens.some((token) => token.kind === 'state' && pastStates.has(token.state))
  return { ...none, arrives: isOver ? past : days }
}

const pastStates: ReadonlySet<FilterState> = new Set(['arrived', 'unloaded', 'abandoned', 'standing'])

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
  if (verb === 'pass') return 'passed'
  if (verb === 'stand') return 'now'
  if (verb === 'arrive' || goesToward(named, tokens, index)) return 'destination'
  if (verb === 'head') return named.bearing === 'at' || named.places[0]?.kind === 'road' ? 'now' : 'destination'
  return hasOrigin || tokens.some(({ kind }) => kind === 'days') ? 'destination' : 'now'
}

/**
 * `в Читу`, and behind a noun `контейнеры в Омск`, whose accusative is the name itself; `поезда на Селятино` go there. `по Чите` and
 * `по Красноярску` are about what is there, and so is a mere `что в Омск`.
 */
function goesToward({ bearing, places }: NamedPlaces, tokens: readonly Token[], index: number): boolean {
  const [noun = '', preposition = '', place = ''] = [2, 1, 0].map((back) => tokens[index - back]?.text ?? '')
  if (bearing === 'toward') return preposition !== 'по'
  if (places[0]?.kind !== 'station' || bearing === 'at' || !/^(?:в|во|на)$/u.test(preposition)) return false
  const [said = ''] = place.split(' ')
  if (wordsOf(places[0].name)[0]?.text !== said) return false
  return isOwnAccusative(said) ? goods.test(noun) : preposition === 'на' && /^(?:поезд|состав)/u.test(noun)
}

const goods = /^(?:контейнер|ктк|бокс|груз|вагон|поезд|состав|порожн|пуст|гружен|[24]0 )/u

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
    // `ушли из Угловой`, but `ушли на Селятино`.
    if (token.kind === 'departure') return found === undefined || found === 'from' ? 'from' : 'to'
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
  const idle = tokens.flatMap((token, index) =>
    token.kind === 'idle' && (token.isCompared || stands) && !isOfNorm(tokens, index) ? [token.minutes] : [],
  )
  return idle[0]
}

/** `опаздывают больше 2 суток`; `опаздывают на 2 суток` means two days or more. */
function normOf(tokens: readonly Token[]): NormCondition | undefined {
  const state = tokens.find((token) => token.kind === 'norm')?.norm
  if (state === undefined) return undefined
  const days = tokens.flatMap((token, index) => {
    if (token.kind !== 'idle' || !isOfNorm(tokens, index)) return []
    return [token.isCompared ? Math.floor(token.minutes / dayMinutes) : Math.ceil(token.minutes / dayMinutes) - 1]
  })
  return { state, overDays: state === 'in_time' ? 0 : Math.max(0, days[0] ?? 0) }
}

/** Whether a duration is that of a lateness: the nearest word in front of it that can have one decides, else the nearest behind. */
function isOfNorm(tokens: readonly Token[], index: number): boolean {
  const canLast = (token: Token) => token.kind === 'norm' || ('verb' in token && token.verb === 'stand')
  return (tokens.slice(0, index).findLast(canLast) ?? tokens.slice(index).find(canLast))?.kind === 'norm'
}

/** The days of a question about what has left are those of the departure, unless it asks for an arrival, too. */
function isOfDeparture(tokens: readonly Token[]): boolean {
  const arrives =
    verbsOf(tokens).includes('arrive') || tokens.some((token) => token.kind === 'state' && token.state === 'arrived')
  return !arrives && tokens.some(({ kind }) => kind === 'departure')
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
    norm,
  }: {
    readonly places: readonly PlaceCondition[]
    readonly hasIdle: boolean
    readonly hasDays: boolean
    readonly norm: NormCondition | undefined
  },
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
  if (states.length === 0 && !hasDays && isOfDeparture(tokens)) return ['departed']
  // A question about what has passed a station is about what is still on its way.
  const passes = places.some(({ role }) => role === 'passed')
  const goes =
    passes || (places.some(({ role }) => role === 'destination') && verbsOf(tokens).some((verb) => verb !== 'stand'))
  if (states.length === 0 && goes && !hasDays && !norm) return ['underway']
  return withoutWider([...new Set(states)])
}

/** `прибыли, не выгружены`: both together mean the narrower one. */
function withoutWider(states: FilterState[]): FilterState[] {
  const isNarrowed = states.some((state) => state === 'at_destination' || state === 'unloaded')
  return isNarrowed ? states.filter((state) => state !== 'arrived') : states
}
