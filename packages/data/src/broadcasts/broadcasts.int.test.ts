import { sql } from 'kysely'
import { describe, expect, openPolicy, test } from '@atermtrack/testkit'
import * as broadcasts from './broadcasts.ts'
import * as pendingRows from '../housekeeping/pending-rows.ts'
import * as deliveries from '../deliveries/deliveries.ts'
import { approval, aDraft, anExpanded, aPerson, content, expandWhole, me } from './broadcasts.test-helper.ts'

const { everybody } = broadcasts

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
    expect(await broadcasts.countAudience(db, everybody, approval)).toBe(2)
    expect(await broadcasts.countAudience(db, everybody, { ...approval, adminChatIds: [5] })).toBe(3)
    expect(await broadcasts.countAudience(db, everybody, openPolicy)).toBe(4)
  })

  test('gets one delivery each, whatever the number of runs', async ({ db }) => {
    const id = await anExpanded(db, 3)
    await expandWhole(db, id)
    await aPerson(db, 99, { access: 'granted' })
    await expandWhole(db, id)
    expect(await broadcasts.find(db, id)).toMatchObject({ status: 'sending', recipients: 3 })
    expect(await broadcasts.count(db, id)).toMatchObject({ total: 3, left: 3, sent: 0 })
  })
})

test('deliveries are written in steps, each person once, and the content stands in the broadcast alone', async ({
  db,
}) => {
  await sql`insert into person (telegram_id, access)
    select 100 + n, 'granted' from generate_series(1, 5) n`.execute(db)
  const id = await aDraft(db)
  await broadcasts.confirm(db, id, { revision: 1 })
  const step = async () =>
    (await db.transaction().execute((tx) => broadcasts.expandStep(tx, id, approval, { limit: 2 }))).kind
  expect([await step(), await step()]).toEqual(['more', 'more'])
  expect(await broadcasts.find(db, id)).toMatchObject({ status: 'scheduled', recipients: 4 })
  expect([await step(), await step()]).toEqual(['over', 'none'])
  expect(await broadcasts.find(db, id)).toMatchObject({ status: 'sending', recipients: 5 })
  const rows = await db.selectFrom('delivery').select(['chatId', 'text']).orderBy('chatId').execute()
  expect(rows).toEqual([101, 102, 103, 104, 105].map((chatId) => ({ chatId, text: null })))
  const [first] = await broadcasts.claimNext(db, id, 1)
  expect(await deliveries.claim(db, first!, me)).toMatchObject({
    kind: 'claimed',
    delivery: { broadcastContent: content, isSilent: false },
  })
})

test('a broadcast waits for its time, and can be cancelled before', async ({ db }) => {
  await aPerson(db, 101, { access: 'granted' })
  const id = await aDraft(db)
  await broadcasts.changeDraft(db, id, { sendAt: new Date(Date.now() + 3_600_000) })
  expect(await broadcasts.confirm(db, id, { revision: 2 })).toBe(true)
  const step = async () => db.transaction().execute((tx) => broadcasts.expandStep(tx, id, approval))
  expect(await step()).toMatchObject({ kind: 'waits' })
  await sql`update broadcast set enqueued_at = now() - interval '1 h'`.execute(db)
  expect(await pendingRows.claim(db, 'expand-broadcast', { seconds: 60, limit: 10 })).toEqual([])
  await sql`update broadcast set send_at = now() - interval '2 min'`.execute(db)
  expect(await pendingRows.claim(db, 'expand-broadcast', { seconds: 60, limit: 10 })).toMatchObject([{ id }])
  expect(await broadcasts.cancel(db, id)).toBe(true)
  expect(await step()).toEqual({ kind: 'none' })
  expect(await db.selectFrom('delivery').select('id').execute()).toEqual([])
})

test('a broadcast that the release before confirmed goes out with its text', async ({ db }) => {
  await aPerson(db, 101, { access: 'granted' })
  const authorId = await aPerson(db, 7, {})
  const row = { authorId, chatId: 7, text: '<b>x</b>', status: 'expanding' } as const
  const { id } = await db.insertInto('broadcast').values(row).returning('id').executeTakeFirstOrThrow()
  await expandWhole(db, id)
  const rows = await db.selectFrom('delivery').select(['chatId', 'text']).execute()
  expect(rows).toEqual([{ chatId: 101, text: '<b>x</b>' }])
})

test('the last broadcasts of all admins are listed, and the drafts of oneself', async ({ db }) => {
  const id = await anExpanded(db, 1)
  const authorId = (await broadcasts.find(db, id))!.authorId
  const other = await aPerson(db, 8, {})
  const draft = { chatId: 7, text: 'y', content }
  const own = await broadcasts.insertDraft(db, { ...draft, authorId, updateId: 2 })
  await broadcasts.insertDraft(db, { ...draft, authorId: other, updateId: 3 })
  const page = await broadcasts.listRecent(db, { authorId, offset: 0, limit: 5 })
  expect(page.rows.map((row) => row.id)).toEqual([own.id, id])
  expect(page.total).toBe(2)
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

test('the limit holds when the database plans a nested loop, too', async ({ db }) => {
  const id = await anExpanded(db, 5)
  await db.transaction().execute(async (tx) => {
    for (const way of [
      'hashjoin',
      'mergejoin',
      'hashagg',
      'sort',
      'material',
      'indexscan',
      'indexonlyscan',
      'bitmapscan',
    ]) {
      await sql`select set_config(${`enable_${way}`}, 'off', true)`.execute(tx)
    }
    expect(await broadcasts.claimNext(tx, id, 2)).toHaveLength(2)
    expect(await broadcasts.claimNext(tx, id, 3)).toHaveLength(1)
  })
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

test('failed deliveries go out again once for each round, those of people who blocked the bot never', async ({
  db,
}) => {
  const id = await anExpanded(db, 3)
  const [failed, blocked, sent] = await broadcasts.claimNext(db, id, 10)
  for (const delivery of [failed!, blocked!, sent!]) await deliveries.claim(db, delivery, me)
  await deliveries.recordOutcome(db, failed!, { status: 'failed', error: 'too strange' }, me)
  await deliveries.recordOutcome(db, blocked!, { status: 'blocked', error: 'Forbidden' }, me)
  await deliveries.recordOutcome(db, sent!, { status: 'sent', messageId: 1 }, me)
  expect(await broadcasts.resendFailed(db, id, 0)).toBe(0)
  await broadcasts.move(db, id, { from: ['sending'], to: 'done' })
  expect(await broadcasts.resendFailed(db, id, 1)).toBe(0)
  const presses = await Promise.all([broadcasts.resendFailed(db, id, 0), broadcasts.resendFailed(db, id, 0)])
  expect(presses.toSorted((a, b) => a - b)).toEqual([0, 1])
  expect(await broadcasts.find(db, id)).toMatchObject({ status: 'sending', round: 1 })
  expect(await broadcasts.count(db, id)).toMatchObject({ total: 3, sent: 1, blocked: 1, failed: 0, left: 1 })
  expect(await broadcasts.claimNext(db, id, 10)).toEqual([failed])

  await db.updateTable('delivery').set({ status: 'failed' }).where('id', '=', failed!).execute()
  await broadcasts.move(db, id, { from: ['sending'], to: 'done' })
  expect(await broadcasts.resendFailed(db, id, 0)).toBe(0)
  await broadcasts.beginRecall(db, id)
  expect(await broadcasts.resendFailed(db, id, 1)).toBe(0)
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
