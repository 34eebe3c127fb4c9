import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import * as companies from '../companies/companies.ts'
import type { Db } from '../platform/client.ts'
import { factsOf } from '../positions/position-facts.ts'
import { findMany } from '../positions/positions.ts'
import { everything } from '../visibility/visibility.ts'
import * as attention from './attention.ts'
import { listCandidates } from './attention-candidates.ts'

const stamp = new Date('2026-06-12T06:00:00Z')
const ago = (hours: number) => new Date(stamp.getTime() - hours * 3_600_000)
const standingAfterMinutes = 1_440
const options = { scope: everything, of: { kind: 'all' }, standingAfterMinutes, now: stamp } as const

/** Positions of every combination of place, age, norm, distance and absence. */
async function everyPosition(db: Db): Promise<number> {
  const sha256 = Buffer.alloc(32)
  await db.insertInto('blob').values({ sha256, content: sha256 }).execute()
  const source = await db
    .insertInto('source')
    .values({ sender: 'a@example.test', kind: 'dislocation', reportNumber: '1' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const file = { origin: 'mail', fileName: 'a.xlsx', sha256, size: 32, receivedAt: stamp, status: 'imported' } as const
  const report = { ...file, kind: 'dislocation', zone: 'Europe/Moscow', sourceId: source.id } as const
  const [older, newer] = await db
    .insertInto('workbook')
    .values([
      { ...report, stamp: ago(12) },
      { ...report, stamp },
    ])
    .returning('id')
    .execute()
  const stations = await db
    .insertInto('station')
    .values(['A', 'B', 'C'].map((name) => ({ key: name, name })))
    .returning('id')
    .execute()
  const [origin, between, destination] = stations.map(({ id }) => id)
  const operations = await db
    .insertInto('operation')
    .values([
      { name: 'Проследование', meaning: 'other' },
      { name: 'Выгрузка', meaning: 'unloaded' },
    ])
    .returning('id')
    .execute()
  const rows = []
  for (const stationId of [origin, between, destination]) {
    for (const hours of [1, 47, 49, 71, 73, 200]) {
      for (const deliveryDueAt of [null, ago(10), ago(34), ago(-24), ago(-2_400)]) {
        for (const kmLeft of [null, 100, 6_000]) {
          for (const [index, operation] of operations.entries()) {
            for (const isOld of [false, true]) {
              const n: number = rows.length + 1
              const isUnloaded = index === 1
              rows.push({
                container: `TKRU${String(n).padStart(7, '0')}`,
                workbookId: isOld ? older!.id : newer!.id,
                stamp: isOld ? ago(12) : stamp,
                seenAt: isOld ? ago(12) : stamp,
                operatedAt: ago(hours),
                operatedWall: '2026-06-12T06:00:00',
                rowNumber: n,
                contentKey: n,
                operationId: operation.id,
                stationId: stationId!,
                originStationId: origin!,
                destinationStationId: destination!,
                arrivedAt: stationId === destination ? ago(hours + 5) : null,
                isAbandoned: stationId === between && hours === 1,
                isUnloaded,
                deliveryDueAt,
                kmLeft,
                tripId: n,
              })
            }
          }
        }
      }
    }
  }
  for (let start = 0; start < rows.length; start += 500) {
    await db
      .insertInto('position')
      .values(rows.slice(start, start + 500))
      .execute()
  }
  return rows.length
}

test('SQL lets every position through that the rule gives a reason for, and not many others', async ({ db }) => {
  const total = await everyPosition(db)
  const { rows } = await sql<{ container: string }>`select container from position`.execute(db)
  const found = await findMany(
    db,
    rows.map(({ container }) => container),
    everything,
  )
  expect(found).toHaveLength(total)
  const needed = found
    .filter(
      (position) => attention.attentionOfPosition(position, factsOf(position, { standingAfterMinutes })).length > 0,
    )
    .map(({ container }) => container)
  const candidates = (await listCandidates(db, options)).map(({ container }) => container)
  expect(needed.filter((container) => !candidates.includes(container))).toEqual([])
  expect(candidates.length).toBeLessThan(needed.length * 1.6)
  const { entries, isCut } = await attention.list(db, options)
  expect(entries.map(({ container }) => container).toSorted()).toEqual(needed.toSorted())
  expect(isCut).toBe(false)
  const reasons = entries.map((entry) => entry.attention[0]?.reason)
  expect([...new Set(reasons)]).toEqual(['abandoned', 'late', 'missing', 'stuck', 'not_picked_up', 'at_risk'])
})

test('a mark is shared by those who see the same, taken once, and ends with the trip', async ({ db }) => {
  await everyPosition(db)
  const company = await companies.insert(db, 'Ромашка')
  const people = await db
    .insertInto('person')
    .values([
      { telegramId: 1, firstName: 'Анна', lastName: 'Петрова' },
      { telegramId: 2, firstName: 'Борис' },
    ])
    .returning('id')
    .execute()
  const { container, tripId } = (await attention.list(db, options)).entries[0]!
  const trip = { container, tripId }
  expect(await attention.take(db, 0, [trip], people[0]!.id)).toEqual([container])
  expect(await attention.take(db, 0, [trip], people[1]!.id)).toEqual([])
  const fields = { note: 'Позвонил на станцию', laterUntil: ago(-4) }
  await attention.change(db, 0, [{ ...trip, fields }], people[1]!.id)
  const [mark] = await attention.findMarks(db, [container], everything)
  expect(mark).toMatchObject({ takenByName: 'Анна Петрова', note: 'Позвонил на станцию', laterUntil: ago(-4) })
  const scope = { kind: 'company', companyId: company!.id } as const
  expect(await attention.findMarks(db, [container], scope)).toEqual([])
  const isShown = async (now: Date) =>
    (await attention.list(db, { ...options, now })).entries.find((entry) => entry.container === container)?.isShown
  expect([await isShown(stamp), await isShown(ago(-5))]).toEqual([false, true])
  await db.updateTable('position').set({ tripId: 99_999 }).where('container', '=', container).execute()
  expect(await isShown(stamp)).toBe(true)
  expect(await attention.take(db, 0, [{ container, tripId: 99_999 }], people[1]!.id)).toEqual([container])
  expect(await attention.findMarks(db, [container], everything)).toMatchObject([{ takenByName: 'Борис', note: null }])
})
