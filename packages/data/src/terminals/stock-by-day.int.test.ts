import type { ContainerNumber, TerminalVisit } from '@atermtrack/domain'
import { containerNumber, expect, storeTerminalReport, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import { everything } from '../visibility/visibility.ts'
import { withdrawTerminalReport } from './terminal-import.ts'
import { list } from './stock-by-day.ts'
import * as terminalStock from './terminal-stock.ts'

const terminal = 'A-Terminal'
const zone = 'Asia/Vladivostok'
/** Noon in Vladivostok. */
const noon = (day: number) => new Date(Date.UTC(2026, 10, day, 2))

function aVisit(index: number, fields: Partial<TerminalVisit>): TerminalVisit {
  const container = containerNumber(index) as ContainerNumber
  return {
    terminal,
    direction: 'Селятино',
    container,
    arrivalId: String(index),
    rowNumber: index + 2,
    ...fields,
  } as TerminalVisit
}

async function importVisits(db: Db, visits: readonly TerminalVisit[], stamp: Date): Promise<number> {
  return storeTerminalReport(db, { stamp, sheets: { Containers: visits } })
}

async function daysOf(db: Db, days = 5) {
  const { stock, last } = await list(db, terminal, { scope: everything, days, zone })
  return {
    last,
    stock: stock.map(({ day, direction, containers }) => `${day.slice(8)} ${direction ?? '–'}: ${containers}`),
  }
}

test('the stock of each day follows from visits, and an undone report leaves no trace', async ({ db }) => {
  const [came, gone, again, silent, onlyNamed] = [0, 1, 2, 3, 4]
  await importVisits(
    db,
    [
      aVisit(came, { arrivedAt: noon(6) }),
      aVisit(gone, { arrivedAt: noon(1), dispatchedAt: noon(8) }),
      aVisit(again, { arrivedAt: noon(5), direction: undefined }),
      // It has left, and nobody says when.
      aVisit(silent, { arrivedAt: noon(5), dispatchId: '77' }),
    ],
    noon(7),
  )
  const first = { last: '07', before: await daysOf(db) }
  expect(first.before.stock).toEqual([
    '03 Селятино: 1',
    '04 Селятино: 1',
    '05 Селятино: 2',
    '05 –: 1',
    '06 Селятино: 3',
    '06 –: 1',
    '07 Селятино: 2',
    '07 –: 1',
  ])
  const second = await importVisits(
    db,
    [
      // The visit before has ended when this one began.
      aVisit(again, { arrivalId: '9', arrivedAt: noon(8) }),
      aVisit(onlyNamed, {}),
    ],
    noon(9),
  )
  expect(await daysOf(db, 3)).toEqual({
    last: '2026-11-09',
    stock: ['07 Селятино: 2', '07 –: 1', '08 Селятино: 2', '09 Селятино: 3'],
  })
  // The last day is what the page of the terminal counts.
  const { groups } = await terminalStock.findStock(db, terminal, everything)
  expect(groups.reduce((sum, { containers20, containers40 }) => sum + containers20 + containers40, 0)).toBe(3)
  await db.transaction().execute((tx) => withdrawTerminalReport(tx, second))
  expect(await daysOf(db)).toEqual(first.before)
  expect(await list(db, terminal, { scope: { kind: 'nothing' }, days: 5, zone })).toMatchObject({ stock: [] })
  expect(await list(db, null, { scope: everything, days: 5, zone })).toEqual({ last: undefined, stock: [] })
})
