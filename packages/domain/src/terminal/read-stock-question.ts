import { readMeasure } from '../question/measures/read-measure.ts'
import { findPhrase } from '../question/vocabulary.ts'
import { formsOf } from '../question/word-forms.ts'
import { phraseAt, type Word, wordsOf } from '../question/words.ts'
import { emptyStockFilter, mostDaysOnSite, type StockFilter, type StockName } from './stock-filter.ts'

/** Names that the containers on site bear. Clients are those that the reader may know. */
export interface StockNames {
  readonly terminals: readonly StockName[]
  readonly directions: readonly StockName[]
  readonly stocks: readonly StockName[]
  readonly clients: readonly string[]
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
type Sign = 'topic' | 'empty' | 'laden' | 'damaged' | 'customs' | 'charged' | 'mere' | 'negation'

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
    [
      'mere',
      `ушл${any}|ушел|отправил${any}|отправлен${any}|прибыл${any}|поступил${any}|приш${any}|вывез${any}|завез${any}|стоит|стоят|стоящ${any}|лежит|лежат|находит${any}|находят${any}|направлени${any}|клиент${any}|номер${any}|по|у|из|для|of|for|at|with|от|всего|больше|дольше|standing|stands?|direction`,
    ],
  ] as const
).map(([sign, pattern]) => [sign, new RegExp(`^(?:${pattern})(?= |$)`, 'u')])

/**
 * Reads a question for containers on site such as «терминал порожние», «сток 2», «на таможне» or «стоит на терминале больше 10 дней».
 * Undefined for a text about anything else, and for one that excludes something: the answer would be the opposite.
 */
export function readStockQuestion(text: string, names: StockNames): StockReading | undefined {
  if (text.length > longestText) return undefined
  const words = wordsOf(text)
  const reading: Reading = { filter: emptyStockFilter, isAbout: false, isNegated: false, unread: [] }
  for (let index = 0; index < words.length;) index += readAt(reading, words, index, names)
  const { filter, isAbout, isNegated, unread } = reading
  return isAbout && !isNegated && unread.length <= mostUnread ? { filter, unread } : undefined
}

interface Reading {
  filter: StockFilter
  isAbout: boolean
  isNegated: boolean
  unread: string[]
}

/** Reads what begins at a word; returns how many words it takes. */
function readAt(reading: Reading, words: readonly Word[], index: number, names: StockNames): number {
  const phrase = phraseAt(words, index)
  return (
    readName(reading, words, index, names) ??
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
    reading.isAbout ||= sign !== 'negation' && sign !== 'mere' && sign !== 'laden'
    reading.filter = { ...reading.filter, ...conditionsOf[sign] }
    return found.split(' ').length
  }
  return undefined
}

const conditionsOf: Readonly<Record<Sign, Partial<StockFilter>>> = {
  topic: {},
  mere: {},
  negation: {},
  empty: { loaded: false },
  laden: { loaded: true },
  damaged: { isDamaged: true },
  customs: { isAtCustoms: true },
  charged: { isCharged: true },
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
  const says = meaning.kind === 'feet' || ['filler', 'asking', 'preposition', 'beside'].includes(meaning.kind)
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
