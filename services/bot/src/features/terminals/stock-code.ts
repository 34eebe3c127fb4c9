import { createHash } from 'node:crypto'
import { emptyStockFilter, type StockFilter, type StockMove, type StockName, type StockNames } from '@atermtrack/domain'

/** With the action and the page, the data of a button stay within 64 bytes. */
const longestCode = 46
/** Among the names of one terminal, twenty bits distinguish them. */
const digestLength = 5
/** No part of a button is empty. */
const everything = 'A'

/** Until the year 2097. */
const dayLength = 3

const letters = { terminals: 'T', directions: 'D', stocks: 'S', clients: 'C' } as const
type Named = keyof typeof letters
const kinds = Object.keys(letters) as Named[]

/** A filter as the data of a button: `T0a1b2L0X`. Digests stand for names, which have no limit and are Cyrillic. */
export function encodeStock(filter: StockFilter): string {
  const { loaded, isDamaged, isAtCustoms, isCharged, feet, overDays, moved } = filter
  const parts = [
    ...kinds.flatMap((kind) => filter[kind].map((name) => letters[kind] + digestOf(name))),
    ...(loaded === undefined ? [] : [loaded ? 'L1' : 'L0']),
    ...(isDamaged ? ['X1'] : []),
    ...(isAtCustoms ? ['Z1'] : []),
    ...(isCharged ? ['P1'] : []),
    ...(feet === undefined ? [] : [`F${feet}`]),
    ...(overDays === undefined ? [] : [`N${overDays}`]),
    ...(moved ? [`M${encodeMove(moved)}`] : []),
  ]
  return parts.length === 0 ? everything : parts.join('')
}

/** True when the data of a button can hold the filter. */
export function fitsStockButton(filter: StockFilter): boolean {
  return encodeStock(filter).length <= longestCode
}

/** Undefined when the text is no filter, or names something that is not there any more or that the reader may not know. */
export function decodeStock(code: string, names: StockNames): StockFilter | undefined {
  const parts = Array.from(code.matchAll(/([A-Z])([a-z0-9]+)/g), ([, letter = '', value = '']) => ({ letter, value }))
  const valueOf = (letter: string) => parts.find((part) => part.letter === letter)?.value
  const named = <Name extends StockName>(kind: Named, known: readonly Name[]) =>
    parts.flatMap(({ letter, value }) => {
      const name = letter === letters[kind] ? known.find((one) => digestOf(one) === value) : undefined
      return name === undefined ? [] : [name]
    })
  const [loaded, feet, days, move] = [valueOf('L'), valueOf('F'), valueOf('N'), valueOf('M')]
  const filter: StockFilter = {
    ...emptyStockFilter,
    terminals: named('terminals', names.terminals),
    directions: named('directions', names.directions),
    stocks: named('stocks', names.stocks),
    clients: named('clients', names.clients),
    loaded: loaded === undefined ? undefined : loaded === '1',
    isDamaged: valueOf('X') === '1',
    isAtCustoms: valueOf('Z') === '1',
    isCharged: valueOf('P') === '1',
    feet: feet === '20' ? 20 : feet === '40' ? 40 : undefined,
    overDays: days === undefined || !/^\d{1,4}$/.test(days) ? undefined : Number(days),
    moved: move === undefined ? undefined : decodeMove(move),
  }
  // A text that changes on the way back did not come from one of our buttons, or names what has gone since.
  return encodeStock(filter) === code ? filter : undefined
}

const sides = { i: 'arrived', o: 'dispatched' } as const
const dayMs = 86_400_000

/** `i`, or with the first and last day `olhilhk`: days since 1970 of three letters each. */
function encodeMove({ side, days }: StockMove): string {
  const letter = side === 'arrived' ? 'i' : 'o'
  const dayCode = (day: string) => (Date.parse(day) / dayMs).toString(36).padStart(dayLength, '0')
  return days ? letter + dayCode(days.from) + dayCode(days.to) : letter
}

function decodeMove(code: string): StockMove | undefined {
  const [, letter, from, to] = /^([io])(?:([a-z0-9]{3})([a-z0-9]{3}))?$/.exec(code) ?? []
  if (letter === undefined) return undefined
  const side = sides[letter as keyof typeof sides]
  const dayOf = (text: string) => new Date(Number.parseInt(text, 36) * dayMs).toISOString().slice(0, 10)
  return { side, days: from === undefined || to === undefined ? undefined : { from: dayOf(from), to: dayOf(to) } }
}

function digestOf(name: StockName): string {
  return createHash('sha256').update(JSON.stringify(name)).digest('hex').slice(0, digestLength)
}
