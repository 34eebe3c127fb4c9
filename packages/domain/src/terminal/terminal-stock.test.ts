import { expect, test } from 'vitest'
import type { ContainerNumber } from '../values/container-number.ts'
import { stockSummary, teuOf } from './terminal-stock.ts'
import type { TerminalVisit } from './terminal-visit.ts'

const visit = (container: string, fields: Partial<TerminalVisit>) =>
  ({ arrivalId: '1', rowNumber: 2, ...fields, container: container as ContainerNumber }) as TerminalVisit

test.each([
  ['20 DC', 1],
  ['40 HC', 2],
  ['45 HC', 2],
  ['40', 2],
  ['10 DC', 1],
  [undefined, 1],
])('%s counts %i', (size, teu) => {
  expect(teuOf(size)).toBe(teu)
})

test('counts what is on site by direction and stock', () => {
  expect(
    stockSummary([
      visit('MSKU6011672', { direction: 'Чемской', stock: 'Сток 1', size: '40 HC' }),
      visit('CSQU3054383', { direction: 'Селятино', stock: 'Сток 2', size: '20 DC' }),
      visit('TEMU2650058', { direction: 'Селятино', stock: 'Сток 2', size: '45 HC' }),
      visit('TKRU8864591', { direction: 'Селятино', stock: 'Сток 1', size: '20 DC' }),
      visit('FESU9449260', { size: '20 DC' }),
      visit('FESU1234560', { stock: 'Сток 1' }),
      visit('CAIU9993380', { direction: 'Селятино', stock: 'Сток 2', size: '20 DC', dispatchId: '7' }),
    ]),
  ).toEqual([
    { direction: 'Селятино', stock: 'Сток 1', containers20: 1, containers40: 0, teu: 1 },
    { direction: 'Селятино', stock: 'Сток 2', containers20: 1, containers40: 1, teu: 3 },
    { direction: 'Чемской', stock: 'Сток 1', containers20: 0, containers40: 1, teu: 2 },
    { direction: undefined, stock: 'Сток 1', containers20: 1, containers40: 0, teu: 1 },
    { direction: undefined, stock: undefined, containers20: 1, containers40: 0, teu: 1 },
  ])
})

test('counts a container once that stands in two sheets, and not by its former visits', () => {
  const loaded = visit('MSKU6011672', { direction: 'Селятино', stock: 'Сток 1', arrivalId: '2', sheet: 'loaded' })
  const former = visit('MSKU6011672', { direction: 'Чемской', stock: 'Сток 1', arrivalId: '1' })
  expect(stockSummary([former, loaded, { ...loaded, sheet: 'customs' }])).toEqual([
    { direction: 'Селятино', stock: 'Сток 1', containers20: 1, containers40: 0, teu: 1 },
  ])
})
