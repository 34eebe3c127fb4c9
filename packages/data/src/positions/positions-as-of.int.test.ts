import type { ContainerNumber } from '@atermtrack/domain'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { factsOf } from './position-facts.ts'
import { day, importReport, type Report, route } from './import/dislocation-reports.test-helper.ts'
import * as positions from './positions.ts'
import * as positionsAsOf from './positions-as-of.ts'

const [a, b] = [1, 2].map((n) => containerNumber(n) as ContainerNumber) as [ContainerNumber, ContainerNumber]
const everything = { kind: 'all' } as const

/** The trip of one container with a bad day, and another container that is missing for a while. */
const reports: readonly Report[] = [
  {
    stamp: day(3, 6),
    steps: [
      { container: a, day: 2, kmLeft: 900, wagon: '52275476', deliveryDueAt: day(6) },
      { container: b, day: 2 },
    ],
  },
  { stamp: day(4, 6), steps: [{ container: a, day: 4, operation: 'Бросание поезда (92)', kmLeft: 700 }] },
  {
    stamp: day(5, 6),
    steps: [
      { container: a, day: 5, operation: 'Осмотр', kmLeft: 700 },
      { container: b, day: 5, kmLeft: 50 },
    ],
  },
  {
    stamp: day(7, 6),
    steps: [{ container: a, day: 7, operationStation: route.destination, operation: 'Прибытие', kmLeft: 0 }],
  },
  {
    stamp: day(9, 6),
    steps: [
      { container: a, day: 9, operation: 'Выгрузка контейнера', operationStation: route.destination },
      { container: b, day: 8, tripStartedAt: day(8), waybill: 'ЭФ000002', kmLeft: 9_000 },
    ],
  },
]

/** The facts that a report shows of the containers. */
function shown(views: Awaited<ReturnType<typeof positions.findMany>>) {
  return views
    .map((view) => {
      const { status, arrival } = factsOf(view, { standingAfterMinutes: 1_440 })
      const { container, operation, operatedAt, kmLeft, wagon, waybill, arrivedAt, asOf, missingSince, sourceStamp } =
        view
      const { station, destination, tripStartedAt } = view
      const place = { station: station.name, destination: destination?.name, kmLeft, wagon, waybill, tripStartedAt }
      return { container, status, arrival, operation, operatedAt, ...place, arrivedAt, asOf, missingSince, sourceStamp }
    })
    .sort((one, other) => (one.container < other.container ? -1 : 1))
}

async function now(db: Db) {
  return shown(await positions.findMany(db, [a, b], everything))
}

test('the past is shown as it was known then', async ({ db }) => {
  const seen: Awaited<ReturnType<typeof now>>[] = []
  for (const report of reports) {
    await importReport(db, report)
    seen.push(await now(db))
  }
  expect(seen.map((views) => views.map(({ status }) => status))).toEqual([
    ['standing', 'standing'],
    ['abandoned', 'missing'],
    ['abandoned', 'en_route'],
    ['at_destination', 'missing'],
    ['unloaded', 'standing'],
  ])
  for (const [index, { stamp }] of reports.entries()) {
    const found = await positionsAsOf.findMany(db, [a, b], {
      scope: everything,
      at: new Date(stamp.getTime() + 3_600_000),
    })
    expect(shown(found)).toEqual(seen[index])
  }
})

test('what came later is not known, and nothing was known before the first report', async ({ db }) => {
  for (const report of reports) await importReport(db, report)
  const at = async (moment: Date) => positionsAsOf.findMany(db, [a], { scope: everything, at: moment })
  expect(await at(day(2))).toEqual([])
  await sql`update workbook set received_at = ${day(8)} where stamp = ${day(4, 6)}`.execute(db)
  expect((await at(day(4, 12))).map(({ operation }) => operation)).toEqual(['Отправление вагона со станции (2)'])
  expect((await at(day(3, 12))).map(({ deliveryDueAt }) => deliveryDueAt)).toEqual([day(6)])
})

test('somebody who sees nothing sees nothing of the past', async ({ db }) => {
  await importReport(db, reports[0]!)
  for (const scope of [{ kind: 'nothing' }, { kind: 'company', companyId: 1 }] as const) {
    expect(await positionsAsOf.findMany(db, [a], { scope, at: day(4) })).toEqual([])
  }
})
