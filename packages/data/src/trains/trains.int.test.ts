import type { RosterEntry } from '@atermtrack/domain'
import { expect, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as trainRosters from './train-rosters.ts'
import * as trains from './trains.ts'
import { everything } from '../visibility/visibility.ts'

interface List {
  readonly code: string
  readonly day: number
  readonly containers: readonly string[]
  readonly status?: 'imported' | 'refused'
}

async function insertList(db: Db, { code, day, containers, status = 'imported' }: List): Promise<void> {
  const sentAt = new Date(Date.UTC(2025, 8, day))
  const sha256 = Buffer.from(`${code} ${day}`.padEnd(31))
  await db.insertInto('blob').values({ sha256, content: sha256 }).execute()
  const { id } = await db
    .insertInto('workbook')
    .values({
      origin: 'mail',
      fileName: 'list.xlsx',
      sha256,
      size: 32,
      receivedAt: sentAt,
      kind: 'train_roster',
      status,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const entries = containers.map((container, row) => ({ container, rowNumber: row + 2, client: 'А' }) as RosterEntry)
  await db
    .transaction()
    .execute((tx) =>
      trainRosters.insert(tx, { workbookId: id, trainCode: code, destination: 'Селятино', sentAt, entries }),
    )
}

test('a train is its newest list that counts, in the order of the list', async ({ db }) => {
  await insertList(db, { code: 'К25-073', day: 1, containers: ['CSQU3054383'] })
  await insertList(db, { code: 'К25-073', day: 2, containers: ['TEMU2650058', 'MSKU6011672'] })
  await insertList(db, { code: 'К25-073', day: 3, containers: ['TKRU8864591'], status: 'refused' })
  await trainRosters.setTransshipment(db, 'К25-073', 'Чемской')
  expect(await trains.find(db, ['К25-073', 'К25-099'], everything)).toEqual({
    known: [
      {
        code: 'К25-073',
        destination: 'Селятино',
        transshipmentStation: 'Чемской',
        sentAt: new Date('2025-09-02'),
        rows: [
          { container: 'TEMU2650058', client: 'А', waybill: null },
          { container: 'MSKU6011672', client: 'А', waybill: null },
        ],
      },
    ],
    similar: ['К25-073'],
  })
})

test('a train with an empty list is known', async ({ db }) => {
  await insertList(db, { code: 'К25-073', day: 1, containers: [] })
  expect(await trains.find(db, ['К25-073'], everything)).toMatchObject({ known: [{ code: 'К25-073', rows: [] }] })
})

test('trains are listed by pages, the newest list first', async ({ db }) => {
  await insertList(db, { code: 'К25-073', day: 3, containers: ['CSQU3054383', 'MSKU6011672'] })
  await insertList(db, { code: 'К25-074', day: 1, containers: [] })
  await insertList(db, { code: 'К25-075', day: 2, containers: ['TEMU2650058'] })
  expect(await trains.list(db, { offset: 0, limit: 2, scope: everything })).toEqual({
    total: 3,
    rows: [
      { code: 'К25-073', destination: 'Селятино', sentAt: new Date('2025-09-03'), containers: 2 },
      { code: 'К25-075', destination: 'Селятино', sentAt: new Date('2025-09-02'), containers: 1 },
    ],
  })
  expect(await trains.list(db, { offset: 2, limit: 2, scope: everything })).toMatchObject({
    total: 3,
    rows: [{ code: 'К25-074', containers: 0 }],
  })
})

test('trains similar to an unknown one have the same number or the same year', async ({ db }) => {
  for (const code of ['К24-073', 'К25-001', 'К24-001']) await insertList(db, { code, day: 1, containers: [] })
  expect(await trains.find(db, ['К25-073'], everything)).toEqual({ known: [], similar: ['К25-001', 'К24-073'] })
  expect(await trains.find(db, ['К25-001'], everything)).toMatchObject({ known: [{ code: 'К25-001' }], similar: [] })
})
