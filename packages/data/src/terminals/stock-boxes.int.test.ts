import {
  type ContainerNumber,
  type DayRange,
  emptyStockFilter,
  parseFreeDays,
  type StockFilter,
  type TerminalVisit,
  type WallTime,
} from '@atermtrack/domain'
import { containerNumber, expect, storeTerminalReport, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import * as companies from '../companies/companies.ts'
import type { Db } from '../platform/client.ts'
import { resolveAll } from '../visibility/resolve-all.ts'
import { everything, type Scope } from '../visibility/visibility.ts'
import * as stockBoxes from './stock-boxes.ts'
import * as terminalStock from './terminal-stock.ts'

const day = (number: number) => new Date(Date.UTC(2025, 8, 1) + (number - 1) * 86_400_000)
const numberOf = (index: number) => containerNumber(index) as ContainerNumber

function aVisit(index: number, fields: Partial<TerminalVisit> = {}): TerminalVisit {
  return {
    terminal: 'A-Terminal',
    direction: 'Селятино',
    stock: 'Сток 1',
    size: '40 HC',
    container: numberOf(index),
    arrivalId: String(index),
    arrivedAt: day(1),
    arrivedWall: '2025-09-01T10:00:00',
    rowNumber: index + 2,
    ...fields,
  } as TerminalVisit
}

async function found(db: Db, filter: Partial<StockFilter>, scope: Scope = everything, freeDays = '') {
  const options = { scope, freeDays: parseFreeDays(freeDays) ?? [] }
  const { boxes } = await stockBoxes.list(db, { ...emptyStockFilter, ...filter }, options)
  return boxes.map(({ container }) => container).toSorted()
}

test('the condition of a container is what the sheets of the newest report say together', async ({ db }) => {
  const sheets = { 'Loaded (2 - 4 TEU)': [aVisit(1), aVisit(2)], 'Customs (1 - 2 TEU)': [aVisit(1)] }
  await storeTerminalReport(db, {
    stamp: day(3),
    sheets: { ...sheets, 'Empty (1 - 2 TEU)': [aVisit(3)], 'Damaged (1 - 2 TEU)': [aVisit(3)] },
  })
  expect(await found(db, { isAtCustoms: true })).toEqual([numberOf(1)])
  expect(await found(db, { loaded: false })).toEqual([numberOf(3)])
  expect(await found(db, { isDamaged: true })).toEqual([numberOf(3)])
  const { conditions } = await terminalStock.findStock(db, 'A-Terminal', everything)
  expect(conditions).toEqual({ loaded: 2, empty: 1, damaged: 1, customs: 1 })
  // Released by the customs, and emptied.
  await storeTerminalReport(db, {
    stamp: day(4),
    sheets: { 'Empty (1 - 2 TEU)': [aVisit(1)], 'Loaded (1 - 2 TEU)': [aVisit(2)] },
  })
  expect(await found(db, { isAtCustoms: true })).toEqual([])
  expect(await found(db, { loaded: false })).toEqual([numberOf(1), numberOf(3)].toSorted())
})

test('boxes are found by name, size, days on site and charge', async ({ db }) => {
  await storeTerminalReport(db, {
    stamp: day(12),
    sheets: {
      'Containers (5 - 9 TEU)': [
        aVisit(1),
        aVisit(2, { arrivedAt: day(8), stock: 'Сток 2' }),
        aVisit(3, { arrivedAt: day(2), size: '20 DC', direction: undefined }),
        aVisit(4, { terminal: undefined, arrivedAt: undefined, client: 'ООО «Ромашка»' }),
        aVisit(5, { dispatchedAt: day(11) }),
      ],
    },
  })
  expect(await found(db, {})).toEqual([1, 2, 3, 4].map(numberOf).toSorted())
  expect(await found(db, { stocks: ['Сток 2'] })).toEqual([numberOf(2)])
  expect(await found(db, { directions: [null] })).toEqual([numberOf(3)])
  expect(await found(db, { terminals: [null] })).toEqual([numberOf(4)])
  expect(await found(db, { terminals: [null, 'A-Terminal'], clients: ['ООО «Ромашка»'] })).toEqual([numberOf(4)])
  expect(await found(db, { feet: 20 })).toEqual([numberOf(3)])
  expect(await found(db, { overDays: 10 })).toEqual([numberOf(1)])
  expect(await found(db, { overDays: 9 })).toEqual([numberOf(1), numberOf(3)].toSorted())
  expect(await found(db, { isCharged: true }, everything, '*;40;*=5')).toEqual([numberOf(1)])
  const names = { directions: ['Селятино', null], stocks: ['Сток 1', 'Сток 2'], terminals: ['A-Terminal', null] }
  expect(await stockBoxes.listNames(db, everything, { showsClients: false })).toEqual({ ...names, clients: [] })
  expect(await stockBoxes.listNames(db, everything, { showsClients: true })).toMatchObject({
    clients: ['ООО «Ромашка»'],
  })
})

test('what came and what left is found, in the last 24 hours of data and by the calendar of the terminal', async ({
  db,
}) => {
  const wall = (number: number, time: string) => `2025-09-${String(number).padStart(2, '0')}T${time}` as WallTime
  await storeTerminalReport(db, {
    stamp: day(12),
    sheets: {
      'Containers (4 - 8 TEU)': [
        aVisit(1, { arrivedAt: day(11.5), arrivedWall: wall(11, '22:00:00') }),
        aVisit(2, { dispatchedAt: day(11.6), dispatchedWall: wall(12, '00:24:00') }),
        aVisit(3, { dispatchedAt: day(9), dispatchedWall: wall(9, '10:00:00') }),
        aVisit(4, {
          terminal: 'Восточный',
          arrivedAt: day(11.6),
          arrivedWall: wall(12, '00:24:00'),
          dispatchedAt: day(11.7),
          dispatchedWall: wall(12, '02:48:00'),
        }),
      ],
    },
  })
  const arrived = (days?: DayRange) => ({ moved: { side: 'arrived', days } }) as const
  const left = (days?: DayRange) => ({ moved: { side: 'dispatched', days } }) as const
  expect(await found(db, arrived())).toEqual([1, 4].map(numberOf).toSorted())
  expect(await found(db, left())).toEqual([2, 4].map(numberOf).toSorted())
  expect(await found(db, { ...left(), terminals: ['A-Terminal'] })).toEqual([numberOf(2)])
  expect(await found(db, arrived({ from: '2025-09-11', to: '2025-09-11' }))).toEqual([numberOf(1)])
  expect(await found(db, left({ from: '2025-09-09', to: '2025-09-11' }))).toEqual([numberOf(3)])
  expect(await found(db, { ...left({ from: '2025-09-01', to: '2025-09-30' }), overDays: 9 })).toEqual([numberOf(2)])
  const { news } = await terminalStock.findStock(db, 'A-Terminal', everything)
  expect(news).toMatchObject({ arrived: { containers: 1 }, dispatched: { containers: 1 } })
})

test('people of a company find and count their own boxes alone', async ({ db }) => {
  await storeTerminalReport(db, {
    stamp: day(12),
    sheets: {
      'Loaded (2 - 4 TEU)': [
        aVisit(1, { client: 'ООО «Ромашка»' }),
        aVisit(2, { client: 'ООО «Василёк»', stock: 'Сток 9' }),
      ],
    },
  })
  const company = await companies.insert(db, 'Ромашка')
  await companies.addClient(db, company!.id, { inn: null, name: 'ООО «Ромашка»' })
  await resolveAll(db)
  const scope: Scope = { kind: 'company', companyId: company!.id }
  expect(await found(db, {}, scope)).toEqual([numberOf(1)])
  expect(await found(db, { stocks: ['Сток 9'] }, scope)).toEqual([])
  const arrived = { side: 'arrived', days: { from: '2025-09-01', to: '2025-09-01' } } as const
  expect(await found(db, { moved: arrived }, scope)).toEqual([numberOf(1)])
  expect(await found(db, { moved: arrived })).toHaveLength(2)
  expect((await stockBoxes.listNames(db, scope, { showsClients: false })).stocks).toEqual(['Сток 1'])
  expect((await terminalStock.findStock(db, 'A-Terminal', scope)).conditions).toMatchObject({ loaded: 1 })
})

test('the boxes of a terminal are found by indexes, however many have stood there', async ({ db }) => {
  await sql`
    insert into terminal_visit (container, visit_key, stamp, terminal, arrived_at, dispatched_at, on_site, fields)
    select 'CSQU' || lpad(n::text, 7, '0'), n::text, ${day(12)}::timestamptz - n * interval '1 minute', 'A-Terminal', ${day(1)},
      case when n > 200 then ${day(2)}::timestamptz end, n <= 200, '{}'
    from generate_series(1, 30000) as n`.execute(db)
  await sql`analyze terminal_visit`.execute(db)
  const filter = { ...emptyStockFilter, terminals: ['A-Terminal'], overDays: 9 }
  const { rows } = await sql<Record<string, string>>`explain ${stockBoxes.selectBoxes(filter, everything)}`.execute(db)
  const plan = rows.flatMap((row) => Object.values(row)).join('\n')
  expect(plan).toContain('terminal_visit_on_site')
  expect(plan).toContain('terminal_visit_stamp')
  expect(plan).not.toContain('Seq Scan on terminal_visit')
  expect(await found(db, filter)).toHaveLength(200)
})
