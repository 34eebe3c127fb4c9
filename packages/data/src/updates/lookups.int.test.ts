import { containerNumber, describe, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as subscriptions from '../subscriptions/subscriptions.ts'
import * as lookups from './lookups.ts'
import { rebuildTrips } from '../trips/rebuild-trips.ts'
import * as people from '../people/people.ts'
import { everything } from '../visibility/visibility.ts'

const [own, live, over, unknown] = [1, 2, 3, 4].map(containerNumber) as [string, string, string, string]
const asked = { containers: [own], wagons: ['52275476'], waybills: ['ЭФ038927'], mistyped: ['MSKU601167'] }

async function aPerson(db: Db, telegramId: number): Promise<number> {
  const names = { firstName: 'Анна', lastName: null, username: null, language: 'ru' } as const
  return (await people.ensure(db, { telegramId, ...names })).id
}

async function storePositions(db: Db, containers: readonly string[]): Promise<void> {
  await sql`insert into operation (name) values ('Прибытие')`.execute(db)
  await sql`insert into station (key, name) values ('ЧИТА I', 'ЧИТА I')`.execute(db)
  await sql`insert into position (container, workbook_id, stamp, operated_at, row_number, content_key, operated_wall,
      operation_id, station_id)
    select box, 1, now(), now(), 1, 1, now(), operation.id, station.id
    from unnest(${containers}::text[]) box, operation, station`.execute(db)
}

describe('what stands beside the positions', () => {
  test('says which containers are nearer to a person', async ({ db }) => {
    const personId = await aPerson(db, 1001)
    await storePositions(db, [own, live, over])
    await db.updateTable('position').set({ tripEndedAt: new Date() }).where('container', '=', over).execute()
    await db.transaction().execute((tx) => rebuildTrips(tx, [own, live, over]))
    const list = { name: 'Слежу', slots: ['09:00'], zone: 'Europe/Moscow', nextDueAt: new Date() }
    await subscriptions.insert(db, { ...list, personId, items: [{ container: own }], createdUpdateId: 1 })
    const need = { linksOf: [], tiersOf: [over, live, own, unknown] }
    const { tiers, isWatched } = await lookups.findBackground(db, need, { personId, scope: everything })
    expect([own, live, over, unknown].map((container) => tiers.get(container))).toEqual([0, 1, 2, undefined])
    expect(isWatched).toBe(false)
  })

  test('is nothing while nothing has come', async ({ db }) => {
    const personId = await aPerson(db, 1001)
    const background = await lookups.findBackground(
      db,
      { linksOf: [own], tiersOf: [own], watched: own },
      { personId, scope: everything },
    )
    expect(background).toEqual({
      links: [],
      tiers: new Map(),
      isWatched: false,
      newest: undefined,
      trains: { known: [], similar: [] },
    })
  })
})

describe('a question', () => {
  test('is kept as it was asked, for who asked it', async ({ db }) => {
    const [personId, other] = [await aPerson(db, 1001), await aPerson(db, 1002)]
    const report = { chatId: 1001, containers: [] }
    await lookups.insertWithReport(db, { personId, updateId: 7, asked, found: 1 }, report)
    await lookups.insertWithReport(db, { personId, updateId: 7, asked: { ...asked, containers: [] }, found: 0 }, report)
    expect(await lookups.find(db, 7, personId)).toEqual(asked)
    expect(await lookups.find(db, 7, other)).toBeUndefined()
  })

  test('is recorded with its workbook once, however often its update comes', async ({ db }) => {
    const personId = await aPerson(db, 1001)
    const lookup = { personId, updateId: 7, asked, found: 1 }
    const first = await lookups.insertWithReport(db, lookup, { chatId: 1001, containers: [own, live] })
    expect(await lookups.insertWithReport(db, lookup, { chatId: 1001, containers: [own] })).toEqual(first)
    expect(await db.selectFrom('report').select(['kind', 'containers']).execute()).toEqual([
      { kind: 'lookup', containers: [own, live] },
    ])
    expect(await db.selectFrom('lookup').select('found').execute()).toEqual([{ found: 1 }])
  })
})
