import type { ContainerNumber } from '@atermtrack/domain'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { migrate } from '../platform/migrate.ts'
import type { Db } from '../platform/client.ts'
import { day, importReport, route, type Step } from '../positions/import/dislocation-reports.test-helper.ts'
import { fillTrips } from './fill-trips.ts'
import { deriveAbandoned, describeTrips, listAbandoned, listStoredTrips } from './trips.test-helper.ts'

const unloading: Partial<Step> = { operation: 'Выгрузка (21)', operationStation: route.destination }

/** Two reports of some containers, each of which ends a trip and begins the next. */
async function importTwoTrips(db: Db, count: number): Promise<void> {
  const containers = Array.from({ length: count }, (_, n) => containerNumber(n + 1) as ContainerNumber)
  const first = containers.map((container) => ({ ...unloading, container, day: 4 }))
  const next = containers.map((container) => ({ container, day: 8, tripStartedAt: day(7), waybill: 'ЭФ000002' }))
  await importReport(db, { stamp: day(4, 1), steps: first })
  await importReport(db, { stamp: day(8, 1), steps: next })
}

/** The state that an older release leaves. */
async function forgetTrips(db: Db): Promise<void> {
  await sql`delete from trip`.execute(db)
  await sql`update position set trip_id = null, arrived_at = null, is_abandoned = null`.execute(db)
  await sql`update movement set trip_id = null`.execute(db)
}

test('an upgrade builds the trips of stored containers, once', async ({ db, databaseUrl: url }) => {
  await importTwoTrips(db, 3)
  const expected = await describeTrips(db)
  await forgetTrips(db)
  await migrate({ url })
  expect(await describeTrips(db)).toEqual(expected)
  expect(await listAbandoned(db)).toEqual(await deriveAbandoned(db))
  expect(await fillTrips(db)).toBe(0)
})

test('an upgrade knows no route of former trips of the older release', async ({ db }) => {
  await importTwoTrips(db, 1)
  await forgetTrips(db)
  await sql`update movement set consignment_key = null`.execute(db)
  await fillTrips(db)
  expect((await listStoredTrips(db)).map(({ destination, status }) => [destination?.name, status])).toEqual([
    [undefined, 'en_route'],
    [route.destination.name, 'en_route'],
  ])
})

test('many containers are filled in short steps, and a shutdown ends it between two of them', async ({ db }) => {
  await importTwoTrips(db, 1_200)
  await forgetTrips(db)
  let steps = 0
  const signal = {
    throwIfAborted: () => {
      if ((steps += 1) > 1) throw new Error('shutdown')
    },
  } as AbortSignal
  await expect(fillTrips(db, { signal })).rejects.toThrow('shutdown')
  expect(await fillTrips(db)).toBe(700)
})

test('movements that the older release adds while the newer one runs are assigned later', async ({ db }) => {
  await importTwoTrips(db, 1)
  await sql`update workbook set received_at = now()`.execute(db)
  await sql`update movement set trip_id = null where operated_at = ${day(8)}`.execute(db)
  expect(await fillTrips(db)).toBe(1)
  const { rows } = await sql`select from movement where trip_id is null`.execute(db)
  expect(rows).toEqual([])
})
