import { expect, test } from '@atermtrack/testkit'
import * as audit from '../people/audit.ts'
import type { Db } from '../platform/client.ts'
import * as people from '../people/people.ts'
import * as trainRosters from '../trains/train-rosters.ts'
import * as reviewQueue from './review-queue.ts'
import * as workbooks from './workbooks.ts'

test('replays a workbook whose rows are not in the data, and no other', async ({ db }) => {
  const refused = await aWorkbook(db, { status: 'refused', reason: 'no_rows', reasonDetail: 'empty' })
  const duplicate = await aWorkbook(db, { status: 'duplicate', reason: 'same_bytes' })
  const imported = await aWorkbook(db, { status: 'imported' })

  expect(await reviewQueue.replay(db, refused)).toBe(true)
  expect(await reviewQueue.replay(db, duplicate)).toBe(true)
  expect(await reviewQueue.replay(db, imported)).toBe(false)
  expect(await reviewQueue.replay(db, 4_711)).toBe(false)
  expect(await reviewQueue.find(db, refused)).toMatchObject({ status: 'pending', reason: null, reasonDetail: null })
  expect(await workbooks.beginAttempt(db, refused)).toMatchObject({ attempts: 0 })
})

test('accepts a workbook once, for the reason that was shown, and lifts the guard', async ({ db }) => {
  const id = await aWorkbook(db, { status: 'quarantined', reason: 'shrunk', rowCount: 5 })
  expect(await reviewQueue.accept(db, id, { reason: 'future_stamp', override: 'future_stamp' })).toBe(false)
  expect(await reviewQueue.accept(db, id, { reason: 'shrunk', override: 'shrunk' })).toBe(true)
  expect(await reviewQueue.accept(db, id, { reason: 'shrunk', override: 'shrunk' })).toBe(false)
  expect(await reviewQueue.reject(db, id)).toBe(false)
  expect(await workbooks.beginAttempt(db, id)).toMatchObject({ overrides: ['shrunk'], attempts: 0 })
})

test('an undo is asked for once, and only for an accepted workbook', async ({ db }) => {
  const imported = await aWorkbook(db, { status: 'imported', kind: 'dislocation' })
  const archive = await aWorkbook(db, { status: 'imported', reason: 'unpacked' })
  const waiting = await aWorkbook(db, { status: 'quarantined', kind: 'dislocation', reason: 'shrunk' })
  expect(await reviewQueue.requestUndo(db, imported)).toBe(true)
  expect(await reviewQueue.requestUndo(db, imported)).toBe(false)
  expect(await reviewQueue.requestUndo(db, archive)).toBe(false)
  expect(await reviewQueue.requestUndo(db, waiting)).toBe(false)
})

test('lists the newest of a filter and shows everything about one that an admin decides by', async ({ db }) => {
  const first = await aWorkbook(db, { status: 'quarantined', reason: 'unknown_layout', head: [['Где', 'Что']] })
  const roster = await aWorkbook(db, { status: 'imported', kind: 'train_roster' })
  await aWorkbook(db, { status: 'refused', reason: 'empty' })
  const train = { workbookId: roster, trainCode: 'К25-073', destination: undefined, sentAt: new Date() }
  await db.transaction().execute((tx) => trainRosters.insert(tx, { ...train, entries: [] }))
  await trainRosters.setTransshipment(db, 'К25-073', 'Тайшет')

  expect((await reviewQueue.list(db, 'waiting')).map(({ id }) => id)).toEqual([first])
  expect((await reviewQueue.list(db, 'accepted')).map(({ id }) => id)).toEqual([roster])
  expect(await reviewQueue.list(db, 'all')).toHaveLength(3)
  const ids = async (narrowing: reviewQueue.Narrowing) =>
    (await reviewQueue.list(db, 'all', narrowing)).map(({ id }) => id)
  expect(await ids({ senderOf: first })).toHaveLength(3)
  expect(await ids({ kind: 'train_roster' })).toEqual([roster])
  const hour = 3_600_000
  expect(await ids({ received: { from: new Date(0), until: new Date(Date.now() + hour) } })).toHaveLength(3)
  expect(
    await ids({ received: { from: new Date(Date.now() + hour), until: new Date(Date.now() + 2 * hour) } }),
  ).toEqual([])
  expect(await reviewQueue.find(db, first)).toMatchObject({ head: [['Где', 'Что']], warnings: [], trainCode: null })
  expect(await reviewQueue.find(db, roster)).toMatchObject({
    head: [],
    trainCode: 'К25-073',
    transshipmentStation: 'Тайшет',
  })
})

test('shows the newest decision and who made it', async ({ db }) => {
  const profile = { telegramId: 1, firstName: 'Анна', lastName: null, username: null, language: 'ru' } as const
  const { id: actorId } = await people.ensure(db, profile)
  expect(await reviewQueue.findDecision(db, 7)).toBeUndefined()
  await audit.insert(db, { action: 'workbook.replayed', object: 'workbook:7' })
  expect(await reviewQueue.findDecision(db, 7)).toMatchObject({ action: 'workbook.replayed', by: undefined })
  await audit.insert(db, { actorId, action: 'workbook.rejected', object: 'workbook:7' })
  expect(await reviewQueue.findDecision(db, 7)).toMatchObject({ action: 'workbook.rejected', by: 'Анна' })
})

let arrivals = 0

async function aWorkbook(db: Db, verdict: workbooks.WorkbookVerdict): Promise<number> {
  arrivals += 1
  const content = Buffer.from(`workbook ${arrivals}`)
  const sha256 = Buffer.from(String(arrivals).padStart(32))
  const arrival = { origin: 'telegram', fileName: 'report.xlsx', content, sha256, receivedAt: new Date() } as const
  const id = (await workbooks.insert(db, arrival)) ?? 0
  await workbooks.finish(db, id, verdict)
  return id
}
