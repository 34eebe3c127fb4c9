import { describe, expect, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as reportBatches from './report-batches.ts'
import * as reports from './reports.ts'

const file = {
  fileName: 'a.xlsx',
  content: Buffer.from('PK'),
  rowCount: 1,
  missing: ['X'],
  asOf: undefined,
  builtFor: 'all',
}

async function aPerson(db: Db): Promise<number> {
  const row = await db.insertInto('person').values({ telegramId: 7 }).returning('id').executeTakeFirstOrThrow()
  return row.id
}

async function aSubscription(db: Db, personId: number): Promise<number> {
  const values = { personId, name: 'A', slots: ['09:00'], zone: 'Asia/Chita', nextDueAt: new Date() }
  const row = await db.insertInto('subscription').values(values).returning('id').executeTakeFirstOrThrow()
  return row.id
}

describe('a report that was asked for', () => {
  test('is one row, however often its update is handled', async ({ db }) => {
    const personId = await aPerson(db)
    const ask = { personId, chatId: 7, containers: ['X'], updateId: 42 }
    const first = await reports.insertLookup(db, ask)
    expect(await reports.insertLookup(db, ask)).toEqual(first)
    const other = await reports.insertOnDemand(db, {
      personId,
      chatId: 7,
      updateId: 43,
      subscriptionId: await aSubscription(db, personId),
      name: 'A',
    })
    expect(other.id).not.toBe(first.id)
  })
})

describe('a slot', () => {
  test('has one report for ever, whatever became of it', async ({ db }) => {
    const personId = await aPerson(db)
    const subscriptionId = await aSubscription(db, personId)
    const slot = {
      subscriptionId,
      personId,
      chatId: 7,
      name: 'A',
      containers: ['X'],
      localDate: '2026-11-22',
      slot: '09:00',
      plannedAt: new Date(),
      late: false,
    }
    const skipped = { ...slot, slot: '16:00', skippedBecause: 'missed' }
    const [waiting, ...others] = await reports.insertSlots(db, [slot, skipped])
    expect(others).toEqual([])
    expect(await reports.insertSlots(db, [slot, { ...slot, slot: '16:00' }])).toEqual([])
    expect(await reports.beginBuilding(db, waiting!.id)).toMatchObject({ zone: 'Asia/Chita', slot: '09:00' })
  })
})

describe('a report that is built', () => {
  test('is not begun, finished or failed again', async ({ db }) => {
    const { id } = await reports.insertLookup(db, {
      personId: await aPerson(db),
      chatId: 7,
      containers: ['X'],
      updateId: 42,
    })
    expect(await reports.beginBuilding(db, id)).toMatchObject({ attempts: 0 })
    expect(await reports.beginBuilding(db, id)).toMatchObject({ attempts: 0 })
    const finish = async () => reportBatches.finish(db, [{ ...file, id }])
    const finished = await Promise.all([finish(), finish()])
    expect(finished.filter((ids) => ids.has(id))).toHaveLength(1)
    expect(await reports.beginBuilding(db, id)).toBeUndefined()
    expect(await reports.end(db, id, { status: 'failed', reason: 'late' })).toBe(false)
  })
})

test('a report is in the language that its reader chose, whatever Telegram says', async ({ db }) => {
  const personId = await aPerson(db)
  const { id } = await reports.insertLookup(db, { personId, chatId: 7, containers: ['X'], updateId: 42 })
  expect(await reports.beginBuilding(db, id)).toMatchObject({ language: 'ru' })
  await db.updateTable('person').set({ chosenLanguage: 'en' }).execute()
  expect(await reports.beginBuilding(db, id)).toMatchObject({ language: 'en' })
})

test('a mail address counts only when it is proved and accepts mail', async ({ db }) => {
  const personId = await aPerson(db)
  const { id } = await reports.insertLookup(db, { personId, chatId: 7, containers: [], updateId: 42 })
  const found = async () => (await reports.beginBuilding(db, id))?.emailAddressIds
  const set = async (fields: { verifiedAt?: Date; bouncedAt?: Date | null; unsubscribedAt?: Date }) =>
    db.updateTable('emailAddress').set(fields).execute()
  const address = { personId, address: 'anna@example.test' }
  const row = await db.insertInto('emailAddress').values(address).returning('id').executeTakeFirstOrThrow()
  expect(await found()).toEqual([])
  await set({ verifiedAt: new Date() })
  expect(await found()).toEqual([row.id])
  await set({ bouncedAt: new Date() })
  expect(await found()).toEqual([])
  await set({ bouncedAt: null, unsubscribedAt: new Date() })
  expect(await found()).toEqual([])
})
