import type { ContainerNumber } from '@atermtrack/domain'
import { isSameTrip } from '@atermtrack/domain'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { day, importReport, route, type Step } from '../positions/import/dislocation-reports.test-helper.ts'
import { isOfTrip } from '../positions/import/dislocation-positions.ts'
import { rebuildTrips } from './rebuild-trips.ts'
import { deriveAbandoned, deriveTrips, describeTrips, listAbandoned, listDerivedFacts } from './trips.test-helper.ts'

const operations = [
  'Погрузка (20)',
  'Отправление вагона со станции (2)',
  'Бросание поезда (92)',
  'Осмотр (5)',
  'Отмена бросания (93)',
  'Выгрузка (21)',
  'Вывоз (49)',
]
const stations = [route.origin, route.between, route.destination, { name: route.destination.name, code: undefined }]

/** Any operation on a day of its own, with whatever a report names of its trip. */
const step = fc.record({
  container: fc.constantFrom(...[1, 2, 3].map((n) => containerNumber(n) as ContainerNumber)),
  day: fc.integer({ min: 1, max: 24 }),
  operation: fc.constantFrom(...operations),
  operationStation: fc.constantFrom(...stations),
  destinationStation: fc.constantFrom(route.destination, { name: route.destination.name, code: undefined }, undefined),
  tripStartedAt: fc.constantFrom(undefined, undefined, day(1), day(8), day(16)),
  waybill: fc.constantFrom(undefined, 'ЭФ000001', 'ЭФ000002', 'ЭФ000003'),
  trainNumber: fc.constantFrom(undefined, '2001'),
})
const report = fc.uniqueArray(step, {
  minLength: 1,
  maxLength: 12,
  selector: (one) => `${one.container} ${one.day}`,
})
const reports = fc.array(fc.record({ stampDay: fc.integer({ min: 20, max: 24 }), steps: report }), {
  minLength: 1,
  maxLength: 5,
})

/** One operation a day and container: at one time the domain and SQL may put a fold of statuses in another order. */
function withOneOperationADay(all: readonly { stampDay: number; steps: readonly Step[] }[]) {
  const known = new Map<string, Step>()
  return all.map(({ stampDay, steps }) => ({
    stamp: day(stampDay, 1),
    steps: steps.map((one) => {
      const key = `${one.container} ${one.day}`
      const first = known.get(key) ?? one
      known.set(key, first)
      return { ...one, operation: first.operation ?? '', operationStation: first.operationStation ?? route.between }
    }),
  }))
}

async function forget(db: Db): Promise<void> {
  await sql`truncate position, movement, trip, consignment, workbook, blob cascade`.execute(db)
}

test('SQL assigns operations to trips, and derives what the trips are, as the domain does', async ({ db }) => {
  await fc.assert(
    fc.asyncProperty(reports.map(withOneOperationADay), async (world) => {
      await forget(db)
      for (const one of world) {
        await importReport(db, one)
        expect(await listDerivedFacts(db)).toEqual(await deriveTrips(db))
        expect(await listAbandoned(db)).toEqual(await deriveAbandoned(db))
      }
      const imported = await describeTrips(db)
      const containers = (await db.selectFrom('position').select('container').execute()).map((row) => row.container)
      await db.transaction().execute((tx) => rebuildTrips(tx, containers))
      expect(await describeTrips(db)).toEqual(imported)
      expect(await listAbandoned(db)).toEqual(await deriveAbandoned(db))
    }),
    { numRuns: 15, seed: 24, endOnFailure: false },
  )
})

test('SQL compares the keys of two trips as the domain does', async ({ db }) => {
  const key = fc.record({
    tripStartedAt: fc.constantFrom(null, day(1), day(8)),
    waybill: fc.constantFrom(null, 'ЭФ000001', 'ЭФ000002'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(key, key), { minLength: 60, maxLength: 60 }), async (pairs) => {
      const { rows } = await sql<{ isSame: boolean }>`
        select ${sql.raw(isOfTrip)} as is_same
        from jsonb_array_elements(${JSON.stringify(pairs)}::jsonb) with ordinality as pair (value, place),
          lateral (select (value -> 0 ->> 'tripStartedAt')::timestamptz as trip_started_at, value -> 0 ->> 'waybill' as waybill) as reported,
          lateral (select (value -> 1 ->> 'tripStartedAt')::timestamptz as trip_started_at, value -> 1 ->> 'waybill' as waybill) as position
        order by place`.execute(db)
      expect(rows.map(({ isSame }) => isSame)).toEqual(pairs.map(([a, b]) => isSameTrip(a, b)))
    }),
    { numRuns: 3, seed: 24, endOnFailure: false },
  )
})
