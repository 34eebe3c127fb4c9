import { sql } from 'kysely'
import { describe, expect, openPolicy, test } from '@atermtrack/testkit'
import * as broadcasts from './broadcasts.ts'
import type { Db } from '../platform/client.ts'
import * as deliveries from '../deliveries/deliveries.ts'

const approval = { ...openPolicy, mode: 'approval' } as const
const me = { holder: 'me', policy: approval }

describe('the audience', () => {
  test('is everybody with access who can be reached', async ({ db }) => {
    await aPerson(db, 1, { access: 'granted' })
    await aPerson(db, 2, { access: 'requested' })
    await aPerson(db, 3, { access: 'granted', unreachableSince: new Date() })
    await aPerson(db, 4, { role: 'admin', access: 'granted' })
    await aPerson(db, 5, {})
    await aPerson(db, 6, { access: 'denied' })
    // Shown out: the role stays for who may let them in again.
    await aPerson(db, 7, { role: 'admin', access: 'denied' })
    expect(await broadcasts.countAudience(db, approval)).toBe(2)
    expect(await broadcasts.countAudience(db, { ...approval, adminChatIds: [5] })).toBe(3)
    expect(await broadcasts.countAudience(db, openPolicy)).toBe(4)
  })

  test('gets one delivery each, whatever the number of runs', async ({ db }) => {
    const id = await anExpanded(db, 3)
    await broadcasts.expand(db, id, approval)
    await aPerson(db, 99, { access: 'granted' })
    await broadcasts.expand(db, id, approval)
    expect(await broadcasts.find(db, id)).toMatchObject({ status: 'sending', recipients: 3 })
    expect(await broadcasts.count(db, id)).toMatchObject({ total: 3, left: 3, sent: 0 })
  })
})

test('so many deliveries are enqueued at once and no more', async ({ db }) => {
  const id = await anExpanded(db, 5)
  const first = await broadcasts.claimNext(db, id, 2)
  expect(first).toHaveLength(2)
  expect(await broadcasts.claimNext(db, id, 2)).toEqual([])
  await deliveries.claim(db, first[0]!, me)
  await deliveries.recordOutcome(db, first[0]!, { status: 'sent', messageId: 1 }, me)
  expect(await broadcasts.claimNext(db, id, 2)).toHaveLength(1)
})

test('a paused broadcast holds its deliveries, and hands them out again afterwards', async ({ db }) => {
  const id = await anExpanded(db, 1)
  const [delivery] = await broadcasts.claimNext(db, id, 10)
  await broadcasts.move(db, id, { from: ['sending'], to: 'paused' })
  expect(await deliveries.claim(db, delivery!, me)).toEqual({ kind: 'held' })
  expect(await broadcasts.claimNext(db, id, 10)).toEqual([delivery])
  await broadcasts.move(db, id, { from: ['paused'], to: 'sending' })
  expect(await deliveries.claim(db, delivery!, me)).toMatchObject({ kind: 'claimed' })
})

test('a cancelled broadcast sends nothing more, not even a postponed message', async ({ db }) => {
  const id = await anExpanded(db, 2)
  const [sending, waiting] = await broadcasts.claimNext(db, id, 10)
  await deliveries.claim(db, sending!, me)
  expect(await broadcasts.cancel(db, id)).toBe(true)
  expect(await broadcasts.cancel(db, id)).toBe(false)
  expect(await deliveries.claim(db, waiting!, me)).toEqual({ kind: 'done', status: 'cancelled' })
  await deliveries.recordOutcome(db, sending!, { status: 'postponed', afterMs: 0 }, me)
  expect(await deliveries.claim(db, sending!, me)).toEqual({ kind: 'done', status: 'cancelled' })
  expect(await broadcasts.count(db, id)).toMatchObject({ cancelled: 2, left: 0 })
})

test('somebody who has become unreachable meanwhile is counted as blocked without a call', async ({ db }) => {
  const id = await anExpanded(db, 1)
  const [delivery] = await broadcasts.claimNext(db, id, 10)
  await db.updateTable('person').set({ unreachableSince: new Date() }).execute()
  expect(await deliveries.claim(db, delivery!, me)).toEqual({ kind: 'done', status: 'blocked' })
})

test('the unknown deliveries of a finished broadcast go out again on demand, the others never', async ({ db }) => {
  const id = await anExpanded(db, 2)
  const [lost, sent] = await broadcasts.claimNext(db, id, 10)
  for (const delivery of [lost!, sent!]) await deliveries.claim(db, delivery, me)
  await deliveries.recordOutcome(db, lost!, { status: 'unknown', error: 'cut' }, me)
  await deliveries.recordOutcome(db, sent!, { status: 'sent', messageId: 1 }, me)
  await broadcasts.move(db, id, { from: ['sending'], to: 'done' })
  expect(await broadcasts.resendUnknown(db, id)).toBe(1)
  expect(await broadcasts.resendUnknown(db, id)).toBe(0)
  expect(await broadcasts.find(db, id)).toMatchObject({ status: 'sending' })
  expect(await broadcasts.claimNext(db, id, 10)).toEqual([lost])
  await db.deleteFrom('chatPace').execute()
  expect(await deliveries.claim(db, lost!, me)).toMatchObject({ kind: 'claimed', delivery: { attempts: 1 } })
})

async function aPerson(db: Db, telegramId: number, columns: object): Promise<number> {
  const person = { telegramId, ...columns }
  return (await db.insertInto('person').values(person).returning('id').executeTakeFirstOrThrow()).id
}

async function anExpanded(db: Db, recipients: number): Promise<number> {
  await sql`insert into person (telegram_id, access)
    select 100 + n, 'granted' from generate_series(1, ${recipients}::int) n`.execute(db)
  const authorId = await aPerson(db, 7, {})
  const { id } = await broadcasts.insertDraft(db, { authorId, chatId: 7, text: 'x', updateId: 1 })
  expect(await broadcasts.move(db, id, { from: ['draft'], to: 'expanding' })).toBe(true)
  expect(await broadcasts.move(db, id, { from: ['draft'], to: 'expanding' })).toBe(false)
  await broadcasts.expand(db, id, approval)
  return id
}
