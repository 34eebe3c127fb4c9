import { type ContainerNumber, type RosterEntry, stockSummary, type TerminalVisit } from '@atermtrack/domain'
import { containerNumber, describe, expect, storeTerminalReport, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as containerLinks from '../trains/container-links.ts'
import * as terminalStock from './terminal-stock.ts'
import * as trainRosters from '../trains/train-rosters.ts'
import { everything } from '../visibility/visibility.ts'

const stamp = new Date('2025-09-02T22:30:00Z')
const terminal = 'A-Terminal'
const counted = { terminal, direction: 'Селятино', stock: 'Сток 1', size: '40 HC' }

function aVisit(index: number, fields: Partial<TerminalVisit> = {}): TerminalVisit {
  const container = containerNumber(index) as ContainerNumber
  const arrivedAt = new Date('2025-08-20T00:00:00Z')
  return {
    ...counted,
    container,
    arrivalId: String(index),
    arrivedAt,
    ...fields,
  } as TerminalVisit
}

async function importVisits(
  db: Db,
  { visits, at = stamp }: { readonly visits: readonly TerminalVisit[]; readonly at?: Date },
): Promise<void> {
  await storeTerminalReport(db, { stamp: at, sheets: { Containers: visits } })
}

describe('the stock of a terminal', () => {
  test('is what the domain counts, whatever visits a container has had', async ({ db }) => {
    const day = (number: number) => new Date(Date.UTC(2025, 7, number))
    const visits = Array.from({ length: 400 }, (_, index) =>
      // Four visits to each of a hundred containers.
      aVisit(index % 100, {
        rowNumber: index + 2,
        arrivalId: index % 7 === 0 ? undefined : String(1_000 - index),
        arrivedAt: day(1 + ((index * 13) % 29)),
        arrivedWall:
          `2025-08-${String(1 + ((index * 13) % 29)).padStart(2, '0')}T00:00:00` as TerminalVisit['arrivedWall'],
        dispatchedAt: index % 3 === 0 ? day(30) : undefined,
        direction: [undefined, 'Селятино', 'чемской', 'Электроугли', 'Ёлкино'][index % 5],
        stock: ['Сток 2', 'Сток 1', undefined][index % 11 === 0 ? 2 : index % 2],
        size: ['20 DC', '40 HC', '45 HC', undefined][index % 4],
      }),
    )
    await importVisits(db, { visits })
    const { groups } = await terminalStock.findStock(db, terminal, everything)
    expect(groups.length).toBeGreaterThan(4)
    expect(groups).toEqual(stockSummary(visits))
  })

  test('is counted by terminal, one without a name included', async ({ db }) => {
    await importVisits(db, {
      visits: [
        aVisit(1),
        aVisit(2, { terminal: 'Восток' }),
        aVisit(3, { terminal: undefined }),
        aVisit(4, { terminal: 'Пустой', dispatchId: '9' }),
      ],
    })
    expect(await terminalStock.listTerminals(db, everything)).toEqual(['A-Terminal', 'Восток', null])
    expect(await terminalStock.summarise(db, ['Восток', null, 'Пустой'], everything)).toMatchObject([
      { terminal: 'Восток', containers: 1 },
      { terminal: null, containers: 1 },
      { terminal: 'Пустой', containers: 0 },
    ])
    for (const name of ['A-Terminal', 'Восток', null]) {
      expect(await terminalStock.findStock(db, name, everything)).toMatchObject({
        groups: [{ containers20: 0, containers40: 1, teu: 2 }],
      })
    }
  })
})

describe('the news of a terminal', () => {
  test('are what came and left in the last 24 hours of its data', async ({ db }) => {
    const hoursBefore = (hours: number) => new Date(stamp.getTime() - hours * 3_600_000)
    await importVisits(db, {
      visits: [
        aVisit(1, { arrivedAt: hoursBefore(1) }),
        aVisit(2, { arrivedAt: hoursBefore(23.9), size: '20 DC' }),
        aVisit(3, { arrivedAt: hoursBefore(24.1), dispatchedAt: hoursBefore(2) }),
        aVisit(4, { arrivedAt: hoursBefore(2), terminal: 'Восток' }),
      ],
    })
    expect(await newsOf(db, terminal)).toMatchObject({
      asOf: stamp,
      zone: 'Asia/Vladivostok',
      arrived: { containers: 2, teu: 3 },
      dispatched: { containers: 1, teu: 2 },
    })
  })

  test('reach as far as the data do when the stamp is a mere date, but not to a mistyped year', async ({ db }) => {
    const at = (time: string) => new Date(`2025-09-${time}:00Z`)
    await importVisits(db, {
      at: at('02T14:00'),
      visits: [
        aVisit(1, { arrivedAt: at('02T22:00') }),
        aVisit(2, { arrivedAt: at('02T15:00'), dispatchedAt: at('02T21:00') }),
        aVisit(3, { arrivedAt: at('01T21:00') }),
        aVisit(4, { arrivedAt: new Date('2052-09-02T21:00:00Z') }),
      ],
    })
    expect(await newsOf(db, terminal)).toMatchObject({
      arrived: { containers: 2 },
      dispatched: { containers: 1 },
    })
  })

  test('are none for a terminal without a report', async ({ db }) => {
    expect(await newsOf(db, 'Восток')).toBeUndefined()
  })
})

describe('the links of a container', () => {
  test('name the terminal where it stands now and the train that named it last', async ({ db }) => {
    await importVisits(db, {
      visits: [
        aVisit(1, { arrivedWall: '2025-08-20T10:00:00' as TerminalVisit['arrivedWall'], customsMode: 'импорт' }),
        aVisit(2, {
          dispatchId: '7',
          dispatchedAt: new Date('2025-08-22T01:00:00Z'),
          dispatchedWall: '2025-08-22T11:00:00' as TerminalVisit['dispatchedWall'],
          dispatchTransport: 'Платформа фитинговая',
          dispatchVehicle: '58955428',
          dispatchTo: 'Селятино',
        }),
        // A former visit whose dispatch nobody has reported.
        aVisit(3),
        aVisit(3, {
          arrivalId: '33',
          arrivedAt: new Date('2025-08-25'),
          dispatchId: '8',
          dispatchTransport: 'Автотягач',
          dispatchVehicle: 'А582ВС25',
          dispatchTo: 'Водителев В.В.',
        }),
      ],
    })
    const later = new Date('2025-09-03T22:30:00Z')
    await importVisits(db, { visits: [aVisit(5)], at: later })
    await insertRoster(db, { code: 'К25-072', sentAt: new Date('2025-08-01'), containers: [1, 2, 3] })
    await insertRoster(db, { code: 'К25-073', sentAt: new Date('2025-08-22'), containers: [2] })
    const links = await containerLinks.findMany(db, [1, 2, 3, 4].map(containerNumber), everything)
    expect(links.toSorted((a, b) => a.container.localeCompare(b.container))).toEqual(
      [
        {
          container: containerNumber(1),
          stay: {
            terminal,
            direction: 'Селятино',
            stock: 'Сток 1',
            size: '40 HC',
            isAtCustoms: true,
            isDamaged: null,
            isLoaded: null,
            arrivedAt: new Date('2025-08-20T00:00:00Z'),
            arrivedWall: '2025-08-20T10:00:00',
            reportedAt: later,
            asOf: stamp,
            zone: 'Asia/Vladivostok',
            client: null,
          },
          train: {
            code: 'К25-072',
            destination: 'Селятино',
            sentAt: new Date('2025-08-01'),
            waybill: null,
            client: null,
          },
        },
        {
          container: containerNumber(2),
          stay: undefined,
          departure: expect.objectContaining({
            terminal,
            leftWall: '2025-08-22T11:00:00',
            by: { kind: 'rail', wagon: '58955428', station: 'Селятино' },
          }),
          train: {
            code: 'К25-073',
            destination: 'Селятино',
            sentAt: new Date('2025-08-22'),
            waybill: null,
            client: null,
          },
        },
        {
          container: containerNumber(3),
          stay: undefined,
          departure: expect.objectContaining({ terminal, leftWall: null, by: { kind: 'truck' } }),
          train: {
            code: 'К25-072',
            destination: 'Селятино',
            sentAt: new Date('2025-08-01'),
            waybill: null,
            client: null,
          },
        },
      ].toSorted((a, b) => a.container.localeCompare(b.container)),
    )
  })
})

async function newsOf(db: Db, name: string) {
  return (await terminalStock.findStock(db, name, everything)).news
}

async function insertRoster(
  db: Db,
  { code, sentAt, containers }: { code: string; sentAt: Date; containers: readonly number[] },
): Promise<void> {
  const sha256 = Buffer.from(code.padEnd(31))
  await db.insertInto('blob').values({ sha256, content: sha256 }).execute()
  const { id } = await db
    .insertInto('workbook')
    .values({ origin: 'mail', fileName: `${code}.xlsx`, sha256, size: 32, receivedAt: sentAt, kind: 'train_roster' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.updateTable('workbook').set({ status: 'imported', stamp: sentAt }).where('id', '=', id).execute()
  await db.transaction().execute((tx) =>
    trainRosters.insert(tx, {
      workbookId: id,
      trainCode: code,
      destination: 'Селятино',
      sentAt,
      entries: containers.map(
        (index, row) => ({ container: containerNumber(index), rowNumber: row + 2 }) as RosterEntry,
      ),
    }),
  )
}
