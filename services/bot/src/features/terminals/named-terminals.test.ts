import { expect, test } from 'vitest'
import { asksForStock, namedTerminals, terminalId } from './named-terminals.ts'

const names = ['A-Terminal', 'A-Terminal Север', 'Первомайский', null]

test.each([
  ['a-terminal', ['A-Terminal']],
  ['что на A-TERMINAL?', ['A-Terminal']],
  ['что на a terminal', ['A-Terminal']],
  ['A-Terminal север', ['A-Terminal Север']],
  ['первомайский и A-Terminal', ['A-Terminal', 'Первомайский']],
  ['первомайскийский', []],
  ['', []],
])('the terminals named in «%s» are %j', (text, found) => {
  expect(namedTerminals(text, names)).toEqual(found)
})

test.each([
  'терминал',
  'Что на терминале?',
  'сток',
  'СТОКИ',
  'покажи сток по Селятино',
  'что на площадке',
  'остатки',
  'порожние',
  'на таможне',
  'stock',
])('«%s» asks for the stock', (text) => {
  expect(asksForStock(text)).toBe(true)
})

test.each(['восток', 'добрый день', 'стоковый'])('«%s» does not', (text) => {
  expect(asksForStock(text)).toBe(false)
})

test('buttons distinguish terminals, one without a name included', () => {
  expect(new Set(names.map(terminalId)).size).toBe(names.length)
})
