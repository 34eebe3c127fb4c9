import { createHash } from 'node:crypto'
import { emptyStockFilter, type StockFilter, type StockName, type StockNames } from '@atermtrack/domain'

/** With the action and the page, the data of a button stay within 64 bytes. */
const longestCode = 46
/** Among the names of one terminal, twenty bits distinguish them. */
const digestLength = 5
/** No part of a button is empty. */
const everything = 'A'

const letters = { terminals: 'T', directions: 'D', stocks: 'S', clients: 'C' } as const
type Named = keyof typeof letters
const kinds = Object.keys(letters) as Named[]

/** A filter as the data of a button: `T0a1b2L0X`. Digests stand for names, which have no limit and are Cyrillic. */
export function encodeStock(filter: StockFilter): string {
  const { loaded, isDamaged, isAtCustoms, isCharged, feet, overDays } = filter
  const parts = [
    ...kinds.flatMap((kind) => filter[kind].map((name) => letters[kind] + digestOf(name))),
    ...(loaded === undefined ? [] : [loaded ? 'L1' : 'L0']),
    ...(isDamaged ? ['X1'] : []),
    ...(isAtCustoms ? ['Z1'] : []),
    ...(isCharged ? ['P1'] : []),
    ...(feet === undefined ? [] : [`F${feet}`]),
    ...(overDays === undefined ? [] : [`N${overDays}`]),
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
  const [loaded, feet, days] = [valueOf('L'), valueOf('F'), valueOf('N')]
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
  }
  // A text that changes on the way back did not come from one of our buttons, or names what has gone since.
  return encodeStock(filter) === code ? filter : undefined
}

function digestOf(name: StockName): string {
  return createHash('sha256').update(JSON.stringify(name)).digest('hex').slice(0, digestLength)
}
