import { describe, expect, test } from '@atermtrack/testkit'
import * as feedAlarms from '../workbooks/feed-alarms.ts'
import * as mailbox from './mailbox.ts'
import * as mailboxHealth from './mailbox-health.ts'

test('a row of failures began with the first, and ends when the mailbox is reached', async ({ db }) => {
  expect(await mailboxHealth.find(db, 'box')).toBeUndefined()
  await mailboxHealth.recordFailure(db, 'box', { error: 'first', loginRefused: false })
  const first = await mailboxHealth.find(db, 'box')
  await mailboxHealth.recordFailure(db, 'box', { error: 'second', loginRefused: true })
  expect(await mailboxHealth.find(db, 'box')).toEqual({ ...first, error: 'second', loginRefused: true })
  expect(first?.failingSince).toBeInstanceOf(Date)

  await mailboxHealth.recordSuccess(db, 'box')
  const well = { okAt: expect.any(Date), failingSince: null, error: null, loginRefused: false }
  expect(await mailboxHealth.find(db, 'box')).toEqual(well)
})

test('an alarm is raised by one and cleared by one', async ({ db }) => {
  expect(await Promise.all([feedAlarms.raise(db, 'a'), feedAlarms.raise(db, 'a')])).toContain(false)
  expect(await feedAlarms.listRaised(db)).toEqual(new Set(['a']))
  expect([await feedAlarms.clear(db, 'a'), await feedAlarms.clear(db, 'a')]).toEqual([true, false])
})

test('the system began when its schema was made', async ({ db }) => {
  expect((await feedAlarms.findBeginning(db)).getTime()).toBeLessThanOrEqual(Date.now())
})

describe('the starts of a message', () => {
  const key = { mailbox: 'box', uidValidity: 1, uid: 7 }

  test('count once for each process that did not finish', async ({ db }) => {
    for (const startedBy of ['a', 'a', 'b', 'b']) await mailbox.beginTaking(db, key, startedBy)
    expect(await mailbox.beginTaking(db, key, 'c')).toEqual({ starts: 3, cuts: 0 })
    await mailbox.endTaking(db, key)
    expect(await mailbox.beginTaking(db, key, 'c')).toEqual({ starts: 1, cuts: 0 })
  })

  test('do not count when the process releases it, and those before stay counted, as do cuts', async ({ db }) => {
    await mailbox.beginTaking(db, key, 'dead')
    for (const isCut of [true, false, true]) {
      await mailbox.beginTaking(db, key, 'alive')
      await mailbox.release(db, key, { startedBy: 'alive', isCut })
    }
    await mailbox.release(db, key, { startedBy: 'alive', isCut: true })
    expect(await mailbox.beginTaking(db, key, 'next')).toEqual({ starts: 2, cuts: 2 })
  })
})
