import type { ContainerNumber } from '@atermtrack/domain'
import { containerNumber, describe, expect, test } from '@atermtrack/testkit'
import type { Db } from '../../platform/client.ts'
import { day, importReport, route, type Step } from './dislocation-reports.test-helper.ts'
import { factsOf } from '../position-facts.ts'
import { findMany } from '../positions.ts'
import { listFreshness } from '../../workbooks/sources.ts'
import { everything } from '../../visibility/visibility.ts'

const box = containerNumber(1) as ContainerNumber
const mogocha = { name: 'МОГОЧА', code: '950807' }
const standing = { standingAfterMinutes: 100_000 }

/** Imports one report per step, formed an hour after it, in the order given. */
async function reports(db: Db, steps: readonly (readonly Step[])[]): Promise<void> {
  for (const rows of steps) {
    await importReport(db, { stamp: day(Math.max(...rows.map((row) => row.day)), 1), steps: rows })
  }
}

async function known(db: Db) {
  const [position] = await findMany(db, [box], everything)
  if (!position) throw new Error('the container is unknown')
  return { ...position, status: factsOf(position, standing).status }
}

const elsewhere: Step = { day: 9, container: containerNumber(2) as ContainerNumber }
const unloading: Step = { day: 5, operation: 'Выгрузка (21)', operationStation: route.destination }
const tail: Step = { day: 6, operation: 'Вывоз (49)', operationStation: route.destination }

describe('a position', () => {
  for (const order of ['as they happened', 'the other way round'] as const) {
    const inOrder = (steps: Step[][]) => (order === 'as they happened' ? steps : steps.toReversed())

    test(`of a finished trip stands against late tails of it, reports coming ${order}`, async ({ db }) => {
      await reports(db, inOrder([[{ day: 4 }], [unloading], [tail]]))
      expect(await known(db)).toMatchObject({ operation: 'Выгрузка (21)', status: 'unloaded' })
    })

    test(`of a new trip stands against tails of the one before, reports coming ${order}`, async ({ db }) => {
      const next: Step = { day: 7, tripStartedAt: day(7), waybill: 'ЭФ000002' }
      await reports(db, inOrder([[unloading], [next], [{ ...tail, day: 8 }]]))
      expect(await known(db)).toMatchObject({ waybill: 'ЭФ000002', status: 'en_route' })
    })

    test(`stays abandoned at its station until it moves on, reports coming ${order}`, async ({ db }) => {
      const abandoned: Step = { day: 4, operation: 'Бросание поезда (92)' }
      const checked: Step = { day: 5, operation: 'Осмотр (5)' }
      await reports(db, inOrder([[abandoned], [checked]]))
      expect(await known(db)).toMatchObject({ operation: 'Осмотр (5)', status: 'abandoned' })
      await reports(db, [[{ day: 6, operation: 'Прибытие (1)', operationStation: mogocha }]])
      expect(await known(db)).toMatchObject({ status: 'en_route' })
    })

    test(`that a newer report of its source does not hold is missing, and back with the next, reports coming ${order}`, async ({
      db,
    }) => {
      await reports(db, inOrder([[{ day: 4 }], [elsewhere]]))
      expect(await known(db)).toMatchObject({ status: 'missing', missingSince: day(9, 1) })
      await reports(db, [[{ day: 10 }]])
      expect(await known(db)).toMatchObject({ status: 'en_route', missingSince: null })
    })
  }

  test('that goes back to an earlier operation is as abandoned as it was then', async ({ db }) => {
    const checked: Step = { day: 3, operation: 'Осмотр (5)' }
    const abandoned: Step = { day: 4, operation: 'Бросание поезда (92)' }
    await reports(db, [[checked, abandoned]])
    expect(await known(db)).toMatchObject({ isAbandoned: true, status: 'abandoned' })
    await importReport(db, { stamp: day(5), steps: [checked] })
    expect(await known(db)).toMatchObject({ isAbandoned: false, status: 'en_route' })
    await importReport(db, { stamp: day(6), steps: [abandoned] })
    expect(await known(db)).toMatchObject({ isAbandoned: true, status: 'abandoned' })
  })

  test('is given up after a week without it', async ({ db }) => {
    await reports(db, [[{ day: 4 }], [elsewhere], [{ ...elsewhere, day: 17 }]])
    expect(await known(db)).toMatchObject({ status: 'dropped' })
  })

  test('whose trip is over is not missed', async ({ db }) => {
    await reports(db, [[unloading], [elsewhere]])
    expect(await known(db)).toMatchObject({ status: 'unloaded' })
  })

  test('keeps its trip when waybill and destination change', async ({ db }) => {
    await reports(db, [[{ day: 4 }], [{ day: 5, waybill: 'ЭФ000009', destinationStation: mogocha }]])
    expect(await known(db)).toMatchObject({ tripStartedAt: day(1), waybill: 'ЭФ000009', destination: mogocha })
  })
})

describe('what holds for a whole trip', () => {
  const ofShortShape = { tripStartedAt: undefined } satisfies Partial<Step>
  const first: Step = { day: 4, consignee: 'ООО «Ромашка»', kmTotal: 9_000 }
  const corrected: Step = { day: 5, consignee: 'АО «Василёк»', kmTotal: 9_100 }
  const short: Step = { day: 6, ...ofShortShape }
  const orders = [
    [first, corrected, short],
    [first, short, corrected],
    [corrected, short, first],
    [corrected, first, short],
    [short, first, corrected],
    [short, corrected, first],
  ]
  for (const order of orders) {
    test(`is the newest that was reported, by the reports of days ${order.map((step) => step.day).join()}`, async ({
      db,
    }) => {
      await reports(
        db,
        order.map((step) => [step]),
      )
      expect(await known(db)).toMatchObject({ operatedAt: day(6), consignee: 'АО «Василёк»', kmTotal: 9_100 })
    })
  }

  test('ends with the trip', async ({ db }) => {
    await reports(db, [[first], [{ ...short, waybill: 'ЭФ000002' }]])
    expect(await known(db)).toMatchObject({ waybill: 'ЭФ000002', consignee: null, kmTotal: null })
  })

  test('is added late to a finished trip that stands against its tails', async ({ db }) => {
    await reports(db, [[{ ...unloading, ...ofShortShape }], [{ ...tail, consignee: 'АО «Василёк»' }]])
    expect(await known(db)).toMatchObject({ operation: 'Выгрузка (21)', consignee: 'АО «Василёк»' })
  })
})

test('the later one of two trips in one report counts, also where only the waybills distinguish them', async ({
  db,
}) => {
  const next: Step = { day: 7, operation: 'Погрузка (20)', operationStation: route.origin, waybill: 'ЭФ000002' }
  const rows = [{ day: 4 }, unloading, tail, next].map((step) => ({ ...step, tripStartedAt: undefined }))
  await reports(db, [rows])
  expect(await known(db)).toMatchObject({ operation: 'Погрузка (20)', waybill: 'ЭФ000002' })
  await reports(db, [rows.slice(0, 3).map((step) => ({ ...step, container: elsewhere.container ?? box }))])
  const [other] = await findMany(db, [containerNumber(2)], everything)
  expect(other).toMatchObject({ operation: 'Выгрузка (21)', waybill: 'ЭФ000001' })
})

test('rows without the start of their trip belong to the latest trip that has one', async ({ db }) => {
  await reports(db, [[{ day: 4 }, { day: 5, operation: 'Осмотр (5)', tripStartedAt: undefined }]])
  expect(await known(db)).toMatchObject({ operation: 'Осмотр (5)' })
})

test('the waybill alone assigns a late tail to the trip that is over', async ({ db }) => {
  await reports(db, [[{ ...unloading, tripStartedAt: undefined }], [{ ...tail, tripStartedAt: undefined }]])
  expect(await known(db)).toMatchObject({ operation: 'Выгрузка (21)' })
})

test('the first row of an operation that a report has twice counts in the history', async ({ db }) => {
  await reports(db, [
    [
      { day: 4, kmLeft: 7 },
      { day: 4, kmLeft: 9 },
    ],
  ])
  expect(await db.selectFrom('movement').select('kmLeft').execute()).toEqual([{ kmLeft: 7 }])
})

test('of an operation the history keeps what its first report says, whatever the order of the imports', async ({
  db,
}) => {
  const early = { stamp: day(4, 1), steps: [{ day: 4, kmLeft: 7 }] }
  const late = { stamp: day(5, 1), steps: [{ day: 4, kmLeft: 9 }] }
  await importReport(db, late)
  const first = await importReport(db, early)
  const movements = db.selectFrom('movement').select(['kmLeft', 'stamp', 'workbookId'])
  const kept = [{ kmLeft: 7, stamp: early.stamp, workbookId: first }]
  expect(await movements.execute()).toEqual(kept)
  expect(await db.selectFrom('movement').select('container').where('tripId', 'is', null).execute()).toEqual([])
  await importReport(db, { ...late, stamp: day(6, 1) })
  expect(await movements.execute()).toEqual(kept)
})

test('a source shows how fresh and how large its reports are', async ({ db }) => {
  await reports(db, [[{ day: 4 }], [{ day: 5 }, elsewhere]])
  await db
    .updateTable('workbook')
    .set((eb) => ({ rowCount: eb.ref('id') }))
    .execute()
  const source = {
    kind: 'dislocation',
    sender: '',
    reportNumber: '103',
    stamp: day(9, 1),
    rowCount: 2,
    usualRows: 1.5,
    reports: 2,
  }
  expect(await listFreshness(db)).toMatchObject([source])
})
