import { type ContainerNumber, defaultEventSettings } from '@atermtrack/domain'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { day, importReport, keyOfHash, route, type Step } from '../positions/import/dislocation-reports.test-helper.ts'
import { undoDislocation } from '../workbooks/undo/undo-dislocation.ts'
import { markUndone } from '../workbooks/workbook-undo.ts'
import { confirm } from '../workbooks/workbooks.ts'
import { detect, importAndDetect, listLive } from './detection.test-helper.ts'
import { detectEvents, requestDetection } from './events.ts'

const numberOf = (n: number) => containerNumber(n) as ContainerNumber
const departed = (n: number, on: number): Step => ({
  container: numberOf(n),
  day: on,
  operationStation: route.origin,
  kmLeft: undefined,
})
const abandoned = (n: number, on: number): Step => ({
  container: numberOf(n),
  day: on,
  operation: 'Бросание поезда (92)',
  operationStation: route.origin,
  kmLeft: undefined,
})

async function kindsOf(db: Db, container: string): Promise<readonly string[]> {
  const live = await listLive(db)
  return live.filter((event) => event.container === container).map(({ kind }) => kind)
}

async function dueOf(db: Db, id: number) {
  return db
    .selectFrom('workbook')
    .select([
      sql<boolean>`events_due_at is not null`.as('events'),
      sql<boolean>`alerts_due_at is not null`.as('alerts'),
    ])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

test('an import gives the new events, and the same report again gives none', async ({ db }) => {
  const first = await importAndDetect(db, { stamp: day(2), steps: [departed(1, 1)] })
  expect(await dueOf(db, first)).toEqual({ events: false, alerts: true })
  const second = await importReport(db, { stamp: day(3), steps: [abandoned(1, 2)] })
  expect(await detect(db, second)).toMatchObject({ examined: 1, added: 1, news: 1, withdrawn: 0 })
  expect(await kindsOf(db, numberOf(1))).toEqual(['departed', 'abandoned'])
  const third = await importReport(db, { stamp: day(3, 1), steps: [abandoned(1, 2)] })
  expect(await detect(db, third)).toMatchObject({ examined: 0, added: 0 })
  expect(await dueOf(db, third)).toEqual({ events: false, alerts: false })
  expect(await detect(db, second)).toMatchObject({ added: 0, withdrawn: 0, returned: 0 })
})

test('an undone import withdraws its events, and brought in again it restores them without a second row', async ({
  db,
}) => {
  await importAndDetect(db, { stamp: day(2), steps: [departed(1, 1)] })
  const report = { stamp: day(3), steps: [abandoned(1, 2)] }
  const id = await importAndDetect(db, report)
  const { signal } = new AbortController()
  await undoDislocation(db, { id, stamp: report.stamp, readAgain: async () => [], contentKeyOf: keyOfHash, signal })
  const { sourceId } = await db.selectFrom('workbook').select('sourceId').where('id', '=', id).executeTakeFirstOrThrow()
  await markUndone(db, { id, sourceId })
  expect(await detect(db, id)).toMatchObject({ withdrawn: 1 })
  expect(await dueOf(db, id)).toEqual({ events: false, alerts: true })
  expect(await kindsOf(db, numberOf(1))).toEqual(['departed'])
  const again = await importReport(db, report)
  expect(await detect(db, again)).toMatchObject({ added: 0, returned: 1 })
  expect(await kindsOf(db, numberOf(1))).toEqual(['departed', 'abandoned'])
})

test('an event whose train is known better later names it, and a message that has reported it is due again', async ({
  db,
}) => {
  await importAndDetect(db, { stamp: day(2), steps: [departed(1, 1)] })
  const alertId = await reportedAlert(db)
  const trainOf = () => db.selectFrom('event').select(['trainNumber', 'trainIndex']).orderBy('id').executeTakeFirst()
  const isDue = async () => {
    const row = await db.selectFrom('alert').select('dueAt').where('id', '=', alertId).executeTakeFirstOrThrow()
    return row.dueAt !== null
  }
  await importAndDetect(db, { stamp: day(2, 12), steps: [departed(1, 1), departed(2, 1)] })
  expect(await isDue()).toBe(false)
  await sql`update movement set train_number = '2051', train_index = '9400+007+1811'`.execute(db)
  await importAndDetect(db, { stamp: day(3), steps: [abandoned(1, 2)] })
  expect(await trainOf()).toEqual({ trainNumber: '2051', trainIndex: '9400+007+1811' })
  expect(await isDue()).toBe(true)
})

/** A message that has reported the only event. */
async function reportedAlert(db: Db): Promise<number> {
  const place = { personId: 1, chatId: 1 }
  const { id } = await db
    .insertInto('alert')
    .values({ ...place, form: 'like', topic: 'x', openUntil: sql<Date>`now()`, reportedAt: sql<Date>`now()` })
    .returning('id')
    .executeTakeFirstOrThrow()
  const event = await db.selectFrom('event').select('id').executeTakeFirstOrThrow()
  await db
    .insertInto('alertEvent')
    .values({ chatId: 1, eventId: event.id, alertId: id, subscriptionId: 1, status: 'reported' })
    .execute()
  return id
}

test('a container that a report loses is missing although nothing else has changed', async ({ db }) => {
  await importAndDetect(db, { stamp: day(2), steps: [departed(1, 1), departed(2, 1)] })
  const without = await importReport(db, { stamp: day(2, 12), steps: [departed(1, 1)] })
  expect(await detect(db, without)).toMatchObject({ examined: 1, added: 1, news: 1 })
  expect(await kindsOf(db, numberOf(2))).toEqual(['departed', 'missing'])
  const back = await importReport(db, { stamp: day(3), steps: [departed(1, 1), departed(2, 1)] })
  expect(await detect(db, back)).toMatchObject({ examined: 1, added: 1 })
  expect(await kindsOf(db, numberOf(2))).toEqual(['departed', 'missing', 'returned'])
})

test('a report without a new operation is looked at when the moment of a container has come, and not before', async ({
  db,
}) => {
  await importAndDetect(db, { stamp: day(2), steps: [departed(1, 1)] })
  const early = await importReport(db, { stamp: day(3), steps: [departed(1, 1)] })
  expect(await detect(db, early)).toMatchObject({ examined: 0 })
  const late = await importReport(db, { stamp: day(4, 1), steps: [departed(1, 1)] })
  expect(await detect(db, late)).toMatchObject({ examined: 1, added: 1 })
  expect(await kindsOf(db, numberOf(1))).toEqual(['departed', 'long_idle_began'])
})

test('a container is looked at when a report names another norm for the operation that is known', async ({ db }) => {
  await importAndDetect(db, { stamp: day(2), steps: [departed(1, 1)] })
  const named = { ...departed(1, 1), deliveryDueAt: day(1) }
  const second = await importReport(db, { stamp: day(2, 12), steps: [named] })
  expect(await detect(db, second)).toMatchObject({ examined: 1, added: 1 })
  expect(await kindsOf(db, numberOf(1))).toContain('norm_missed')
  const third = await importReport(db, { stamp: day(2, 13), steps: [named] })
  expect(await detect(db, third)).toMatchObject({ examined: 0 })
})

test('events in an old report of a container that nobody has seen are no news', async ({ db }) => {
  await importAndDetect(db, { stamp: day(20), steps: [departed(1, 19)] })
  const old = await importReport(db, { stamp: day(5), steps: [departed(2, 4)] })
  expect(await detect(db, old)).toMatchObject({ added: 1, news: 0 })
  const { rows } = await sql<{ kind: string; isNews: boolean }>`
    select kind, is_news from event where container = ${numberOf(2)} order by happened_at`.execute(db)
  expect(rows).toEqual([{ kind: 'departed', isNews: false }])
  expect(await dueOf(db, old)).toEqual({ events: false, alerts: false })
})

test('a job that is killed leaves everything to the next one', async ({ db }) => {
  const id = await importReport(db, { stamp: day(2), steps: [departed(1, 1)] })
  await sql`update workbook set events_due_at = now()`.execute(db)
  await sql`create function fail_once() returns trigger language plpgsql as $$ begin raise 'killed'; end $$`.execute(db)
  await sql`create trigger fail_once before insert on event execute function fail_once()`.execute(db)
  await expect(detect(db, id)).rejects.toThrow('killed')
  expect(await dueOf(db, id)).toEqual({ events: true, alerts: false })
  expect(await listLive(db)).toEqual([])
  await sql`drop trigger fail_once on event`.execute(db)
  expect(await detect(db, id)).toMatchObject({ added: 1 })
  await sql`drop function fail_once`.execute(db)
})

test('a detection that gives way keeps no repeat of its report waiting, and says when it is due again', async ({
  db,
}) => {
  const id = await importReport(db, { stamp: day(2), steps: [departed(1, 1)] })
  await requestDetection(db, id)
  const options = { settings: defaultEventSettings, signal: new AbortController().signal }
  const giveWay = async () => {
    await confirm(db, id, day(3))
    await requestDetection(db, id)
  }
  const first = await db.transaction().execute(async (tx) => detectEvents(tx, id, { ...options, giveWay }))
  expect(first).toMatchObject({ added: 1, isDueAgain: true })
  expect(await dueOf(db, id)).toEqual({ events: true, alerts: true })
  const second = await db.transaction().execute(async (tx) => detectEvents(tx, id, options))
  expect(second).toMatchObject({ added: 0, isDueAgain: false })
  expect(await dueOf(db, id)).toEqual({ events: false, alerts: true })
})
