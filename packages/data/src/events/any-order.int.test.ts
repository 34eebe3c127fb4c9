// Takes up to 60 s: a fortnight is imported in several orders, each into a database of its own.
import { cloneDatabase, expect, simulateFortnight, test } from '@atermtrack/testkit'
import { inject } from 'vitest'
import { type Db, openDb } from '../platform/client.ts'
import { importReport, keyOfHash, type Report } from '../positions/import/dislocation-reports.test-helper.ts'
import { undoDislocation } from '../workbooks/undo/undo-dislocation.ts'
import { markUndone } from '../workbooks/workbook-undo.ts'
import { detect, importAndDetect, listLive, type LiveEvent, toStep } from './detection.test-helper.ts'

const { signal } = new AbortController()
const readAgain = async () => []

async function listReports(): Promise<readonly Report[]> {
  const reports: Report[] = []
  for await (const file of simulateFortnight({ now: new Date('2025-09-15T06:00:00Z'), seed: 7, scale: 0.12 })) {
    if (file.kind !== 'dislocation') continue
    const { stamp, containers } = file.facts
    const steps = containers.map((fact) => ({ ...toStep(fact), deliveryDueAt: new Date('2025-09-11T00:00:00Z') }))
    reports.push({ stamp, steps })
  }
  return reports
}

/** The live events after some work in a database of its own. */
async function eventsAfter(work: (db: Db) => Promise<void>): Promise<readonly LiveEvent[]> {
  await using database = await cloneDatabase(inject('postgresUrl'))
  await using db = openDb({ url: database.url })
  await work(db)
  return await listLive(db)
}

async function importAll(db: Db, reports: readonly Report[]): Promise<void> {
  for (const report of reports) await importAndDetect(db, report)
}

async function undo(db: Db, id: number, { stamp }: Report): Promise<void> {
  await undoDislocation(db, { id, stamp, readAgain, contentKeyOf: keyOfHash, signal })
  const { sourceId } = await db.selectFrom('workbook').select('sourceId').where('id', '=', id).executeTakeFirstOrThrow()
  await markUndone(db, { id, sourceId })
  await detect(db, id)
}

/** A report that was mailed by mistake: everything has arrived a day ahead of its time, and half of the containers are gone. */
function wrongReport({ stamp, steps }: Report): Report {
  const wrong = steps
    .filter((_, place) => place % 2 === 0)
    .map((step) => ({
      ...step,
      operationStation: step.destinationStation,
      operation: 'Выгрузка из вагона (21)',
      kmLeft: 0,
    }))
  return { stamp: new Date(stamp.getTime() + 3_600_000), steps: wrong as Report['steps'] }
}

test('any order of the reports, twice, and with an undone one gives the events of the ordered import', async () => {
  const reports = await listReports()
  const expected = await eventsAfter(async (db) => importAll(db, reports))
  const kinds = new Set(expected.map(({ kind }) => kind))
  expect([...kinds].toSorted()).toEqual(
    expect.arrayContaining([
      'abandoned',
      'arrived',
      'departed',
      'forecast_moved',
      'missing',
      'norm_at_risk',
      'norm_missed',
      'picked_up',
      'returned',
      'unloaded',
    ]),
  )
  const backwards = await eventsAfter(async (db) => importAll(db, reports.toReversed()))
  expect(backwards).toEqual(expected)

  const mixed = reports.toSorted((a, b) => (a.stamp.getTime() % 7_919) - (b.stamp.getTime() % 7_919))
  const undone = await eventsAfter(async (db) => {
    for (const [place, report] of mixed.entries()) {
      await importAndDetect(db, report)
      if (place === 5) await importAndDetect(db, report)
      if (place % 9 !== 4) continue
      const wrong = wrongReport(report)
      await undo(db, await importAndDetect(db, wrong), wrong)
    }
  })
  expect(undone).toEqual(expected)

  const together = await eventsAfter(async (db) => {
    const ids: number[] = []
    for (const report of mixed) ids.push(await importReport(db, report))
    for (const id of ids.toReversed()) await detect(db, id)
  })
  expect(together).toEqual(expected)
})
