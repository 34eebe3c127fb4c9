import { asPast } from '../question/measures/calendar.ts'
import { readDays } from '../question/measures/read-days.ts'
import { readMeasure } from '../question/measures/read-measure.ts'
import { findPhrase } from '../question/vocabulary.ts'
import { formsOf } from '../question/word-forms.ts'
import { phraseAt, type Word, wordsOf } from '../question/words.ts'
import type { DayRange } from '../question/filter.ts'
import { emptyStockFilter, mostDaysOnSite, type StockFilter, type StockName } from './stock-filter.ts'

/** Names that the containers on site bear. Clients are those that the reader may know. */
export interface StockNames {
  readonly terminals: readonly StockName[]
  readonly directions: readonly StockName[]
  readonly stocks: readonly StockName[]
  readonly clients: readonly string[]
}

/** The context of a question. */
export interface StockKnowledge {
  readonly names: StockNames
  /** `YYYY-MM-DD` where the question is asked. */
  readonly today: string
}

export interface StockReading {
  readonly filter: StockFilter
  /** Words that were not understood. */
  readonly unread: readonly string[]
}

/** Only a short text can ask about a terminal. */
const longestText = 300
/** More words than these beside what was read make it a text about something else. */
const mostUnread = 3
/** A word that more names share says too little. */
const mostNamed = 3
const dayMinutes = 1440

const any = '\\p{L}*'
type Sign =
  | 'topic'
  | 'empty'
  | 'laden'
  | 'damaged'
  | 'customs'
  | 'charged'
  | 'in'
  | 'out'
  | 'came'
  | 'left'
  | 'mere'
  | 'negation'

/** The first that fits counts. A mere word adds nothing; of a topic alone the whole stock is asked for. */
const signs: readonly (readonly [Sign, RegExp])[] = (
  [
    [
      'customs',
      `(?:не )?(?:растамож|таможенн)${any}(?: (?:оформлени|контрол)${any})?|тамож(?:ня|не|ни|ню|ней)|customs`,
    ],
    ['damaged', `(?:с )?поврежд${any}|бит(?:ые|ый|ых)|аварийн${any}|damaged?`],
    [
      'charged',
      `(?:на )?платн${any}(?: хранени${any})?|(?:сверх|больше) бесплатн${any}(?: (?:срок|хранени|дн|сут)${any})?|(?:законч|истек|истёк|вышл|вышел)${any} бесплатн${any}(?: (?:срок|хранени|дн|сут)${any})?|бесплатн${any} (?:срок|хранени|дн|сут)${any} (?:законч|истек|вышл|вышел)${any}|(?:past|over) (?:the )?free (?:days|time)|paid storage|demurrage`,
    ],
    ['empty', `порожн${any}|пуст(?:ой|ые|ых|ая)|empt(?:y|ies)`],
    ['laden', `груж[её]?н${any}|с грузом|laden|loaded`],
    [
      'topic',
      `терминал(?:а|е|у|ом|ы|ах|ов)?|сток(?:а|и|у|ов|ом|е)?|площадк(?:а|е|у|ой|ах)|остатк(?:и|ов|ах)|(?:на )?хранени${any}|terminals?|stocks?|storage|yard`,
    ],
    ['negation', 'не|ни|кроме|без|not|no|except|without'],
    // Only a terminal speaks of its gate so.
    ['in', `завоз${any}|завез${any}|gated? in|gate in`],
    ['out', `вывоз${any}|вывез${any}|gated? out|gate out`],
    [
      'came',
      `прибыл${any}|прибыти${any}|прибыв${any}|поступил${any}|поступлени${any}|приш(?:ел|ла|ло|ли)|пришедш${any}|приехал${any}|заехал${any}|приняли|принят${any}|came(?: in(?:to)?)?|arriv(?:ed|als?)|received`,
    ],
    [
      'left',
      `ушл${any}|ушел|ушедш${any}|уехал${any}|выехал${any}|выбыл${any}|отправил${any}|отправлен(?:о|ы|ные|ных)|отправк(?:и|ах)|отгру(?:зил|жен|зк)${any}|убыл${any}|left|departed|departures?|dispatched|shipped`,
    ],
    [
      'mere',
      `стоит|стоят|стоящ${any}|лежит|лежат|находит${any}|находят${any}|направлени${any}|клиент${any}|номер${any}|по|за|у|из|для|of|for|at|with|от|всего|больше|дольше|standing|stands?|direction`,
    ],
  ] as const
).map(([sign, pattern]) => [sign, new RegExp(`^(?:${pattern})(?= |$)`, 'u')])

/**
 * Reads a question for containers on site such as «терминал порожние», «сток 2», «на таможне» or «стоит на терминале больше 10 дней».
 * Undefined for a text about anything else, and for one that excludes something: the answer would be the opposite.
 */
export function readStockQuestion(text: string, { names, today }: StockKnowledge): StockReading | undefined {
  if (text.length > longestText) return undefined
  const words = wordsOf(text)
  const reading: Reading = { filter: emptyStockFilter, isAbout: false, isNegated: false, days: [], unread: [] }
  for (let index = 0; index < words.length;) index += readAt(reading, words, index, { names, today })
  const { filter, isAbout, isNegated } = withDays(reading, today)
  const unread = unreadOf(reading)
  return isAbout && !isNegated && unread.length <= mostUnread ? { filter, unread } : undefined
}

/** The days of a question are those on which something came or left. */
function withDays(reading: Reading, today: string): Reading {
  const { filter, days } = reading
  const [first] = days
  if (!filter.moved || !first) return reading
  return {
    ...reading,
    filter: { ...filter, moved: { ...filter.moved, days: asPast(first.days, first.isWeekly, today) } },
  }
}

/** Of what only stands there nobody can ask for a day, and of several days one is asked for. */
function unreadOf({ filter, days, unread }: Reading): readonly string[] {
  return [...unread, ...days.slice(filter.moved ? 1 : 0).map(({ text }) => text)]
}

interface Reading {
  filter: StockFilter
  isAbout: boolean
  isNegated: boolean
  readonly days: SaidDays[]
  unread: string[]
}

interface SaidDays {
  readonly days: DayRange
  readonly isWeekly: boolean
  readonly text: string
}

/** Reads what begins at a word; returns how many words it takes. */
function readAt(reading: Reading, words: readonly Word[], index: number, { names, today }: StockKnowledge): number {
  const phrase = phraseAt(words, index)
  return (
    readName(reading, words, index, names) ??
    readSaidDays(reading, phrase, today) ??
    readStay(reading, phrase) ??
    readSign(reading, phrase) ??
    readCommon(reading, phrase) ??
    leaveUnread(reading, words[index]?.text ?? '')
  )
}

function readSign(reading: Reading, phrase: string): number | undefined {
  for (const [sign, pattern] of signs) {
    const [found] = pattern.exec(phrase) ?? []
    if (found === undefined) continue
    reading.isNegated ||= sign === 'negation'
    reading.isAbout ||= !unsure.has(sign)
    reading.filter = { ...reading.filter, ...conditionsOf[sign] }
    return found.split(' ').length
  }
  return undefined
}

/** They may be about something else than a terminal. */
const unsure: ReadonlySet<Sign> = new Set(['negation', 'mere', 'laden', 'came', 'left'])
const came: Partial<StockFilter> = { moved: { side: 'arrived', days: undefined } }
const left: Partial<StockFilter> = { moved: { side: 'dispatched', days: undefined } }
const conditionsOf: Readonly<Record<Sign, Partial<StockFilter>>> = {
  topic: {},
  mere: {},
  negation: {},
  empty: { loaded: false },
  laden: { loaded: true },
  damaged: { isDamaged: true },
  customs: { isAtCustoms: true },
  charged: { isCharged: true },
  in: came,
  came,
  out: left,
  left,
}

function readSaidDays(reading: Reading, phrase: string, today: string): number | undefined {
  const found = readDays(phrase, today)
  if (!found) return undefined
  const text = phrase.split(' ').slice(0, found.length).join(' ')
  reading.days.push({ days: found.days, isWeekly: found.isWeekly, text })
  return found.length
}

/** `больше 10 дней`; of a mere `10 дней` those that have stood so long count too. */
function readStay(reading: Reading, phrase: string): number | undefined {
  const found = readMeasure(phrase)
  if (found?.measure.kind !== 'idle') return undefined
  const { minutes, isCompared } = found.measure
  const overDays = isCompared ? Math.floor(minutes / dayMinutes) : Math.ceil(minutes / dayMinutes) - 1
  reading.filter = { ...reading.filter, overDays: Math.min(Math.max(0, overDays), mostDaysOnSite) }
  return found.length
}

/** Words that every question can hold, and the size of a container. */
function readCommon(reading: Reading, phrase: string): number | undefined {
  const found = findPhrase(phrase)
  if (!found) return undefined
  const { meaning, length } = found
  if (meaning.kind === 'feet') reading.filter = { ...reading.filter, feet: meaning.feet }
  const says = meaning.kind === 'feet' || ['hour', 'filler', 'asking', 'preposition', 'beside'].includes(meaning.kind)
  return says ? length : undefined
}

function leaveUnread(reading: Reading, word: string): number {
  if (/[\p{L}\p{N}]/u.test(word)) reading.unread.push(word)
  return 1
}

type Role = 'terminals' | 'directions' | 'stocks' | 'clients'

/** The names that begin at a word, of the longest match; several where they share it. */
function readName(reading: Reading, words: readonly Word[], index: number, names: StockNames): number | undefined {
  const said = words.slice(index).map(({ text }) => text)
  const matches = roles.flatMap((role) =>
    names[role].flatMap((name) => {
      const length = name === null ? 0 : matchedWords(role, name, said)
      return length === 0 ? [] : [{ role, name, length }]
    }),
  )
  const length = Math.max(0, ...matches.map((match) => match.length))
  const [first, ...others] = matches.filter((match) => match.length === length)
  if (!first) return undefined
  const found = [first, ...others].filter(({ role }) => role === first.role)
  if (found.length > mostNamed) return undefined
  const known: readonly StockName[] = reading.filter[first.role]
  reading.filter = { ...reading.filter, [first.role]: [...new Set([...known, ...found.map(({ name }) => name)])] }
  reading.isAbout ||= first.role === 'terminals' || first.role === 'stocks'
  return length
}

/** A name that is a terminal's and a direction's is the terminal's. */
const roles: readonly Role[] = ['terminals', 'directions', 'stocks', 'clients']

/** How many of the words name something; 0 when they do not. */
function matchedWords(role: Role, name: string, said: readonly string[]): number {
  const own = ownWords(role, name)
  if (own.length === 0) return 0
  if (startsWith(said, own)) return own.length
  // «сток 2» is enough for «Отправка по жд Сток 2».
  const last = role === 'stocks' ? own.slice(-2) : []
  return last.length === 2 && own.length > 2 && startsWith(said, last) ? last.length : 0
}

function startsWith(said: readonly string[], name: readonly string[]): boolean {
  return name.every((word, place) => isForm(said[place], word))
}

function isForm(said: string | undefined, word: string): boolean {
  return said !== undefined && (said === word || formsOf(word).has(said))
}

const legalForms = /^(?:ооо|оао|зао|пао|нао|ао|ип|тоо|чп|фгуп|муп|llc|ltd|limited|co|inc|jsc|gmbh)$/u

/** Of a client nobody says the legal form or the initials. */
function ownWords(role: Role, name: string): readonly string[] {
  const words = wordsOf(name).map(({ text }) => text)
  if (role !== 'clients') return words
  const telling = words.filter((word) => !legalForms.test(word) && word.length > 1)
  return telling.join('').length < 3 ? [] : telling
}
