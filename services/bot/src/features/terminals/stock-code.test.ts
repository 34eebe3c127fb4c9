import { emptyStockFilter, type StockFilter, type StockNames } from '@atermtrack/domain'
import { expect, test } from 'vitest'
import { decodeStock, encodeStock, fitsStockButton } from './stock-code.ts'

const names: StockNames = {
  terminals: ['A-Terminal', null],
  directions: ['Селятино', 'Чемской', null],
  stocks: ['Сток 1', 'Сток 2', null],
  clients: ['ООО «Ромашка»'],
}
const all: StockFilter = {
  terminals: ['A-Terminal'],
  directions: [null],
  stocks: ['Сток 1', 'Сток 2'],
  clients: ['ООО «Ромашка»'],
  loaded: false,
  isDamaged: true,
  isAtCustoms: true,
  isCharged: true,
  feet: 40,
  overDays: 120,
  moved: undefined,
}

test('a filter survives the data of a button', () => {
  for (const filter of [all, emptyStockFilter, { ...emptyStockFilter, terminals: [null], loaded: true }]) {
    expect(decodeStock(encodeStock(filter), names)).toEqual(filter)
    expect(fitsStockButton(filter)).toBe(true)
  }
  expect(`v1:stock-now:${encodeStock(all)}:999`.length).toBeLessThanOrEqual(64)
})

test.each(['arrived', 'dispatched'] as const)('what has %s survives it, on some days or of late', (side) => {
  for (const days of [undefined, { from: '2025-08-31', to: '2026-12-01' }]) {
    const filter = { ...emptyStockFilter, terminals: ['A-Terminal'], loaded: true, moved: { side, days } }
    expect(decodeStock(encodeStock(filter), names)).toEqual(filter)
    expect(fitsStockButton(filter)).toBe(true)
  }
})

test('what has gone since, or is not for the reader, makes a button outdated', () => {
  expect(decodeStock(encodeStock(all), { ...names, clients: [] })).toBeUndefined()
  expect(decodeStock(encodeStock(all), { ...names, stocks: ['Сток 1'] })).toBeUndefined()
})

test.each(['Tzzzzz', 'L2', 'N', 'N99999', 'x', 'F45', 'Mx', 'Mi12', `${encodeStock(all)}Q1`])(
  'an invented code is none: %s',
  (code) => {
    expect(decodeStock(code, names)).toBeUndefined()
  },
)
