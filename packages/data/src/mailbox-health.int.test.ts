import { expect, test } from '@atermtrack/testkit'
import * as feedAlarms from './feed-alarms.ts'
import * as mailbox from './mailbox.ts'
import * as mailboxHealth from './mailbox-health.ts'

test('a row of failures began with the first, and ends when the mailbox is reached', async ({ db }) => {
  expect(await mailboxHealth.find(db, 'box')).toBeUndefined()
  await mailboxHealth.noteFailure(db, 'box', { error: 'first', loginRefused: false })
  const first = await mailboxHealth.find(db, 'box')
  await mailboxHealth.noteFailure(db, 'box', { error: 'second', loginRefused: true })
  expect(await mailboxHealth.find(db, 'box')).toEqual({ ...first, error: 'second', loginRefused: true })
  expect(first?.failingSince).toBeInstanceOf(Date)

  await mailboxHealth.noteWell(db, 'box')
  const well = { okAt: expect.any(Date), failingSince: null, error: null, loginRefused: false }
  expect(await mailboxHealth.find(db, 'box')).toEqual(well)
})

test('an alarm is raised by one and taken back by one', async ({ db }) => {
  expect(await Promise.all([feedAlarms.raise(db, 'a'), feedAlarms.raise(db, 'a')])).toContain(false)
  expect(await feedAlarms.listRaised(db)).toEqual(new Set(['a']))
  expect([await feedAlarms.takeBack(db, 'a'), await feedAlarms.takeBack(db, 'a')]).toEqual([true, false])
})

test('the system began when its schema was made', async ({ db }) => {
  expect((await feedAlarms.findBeginning(db)).getTime()).toBeLessThanOrEqual(Date.now())
})

test('a message that is never let go of is counted', async ({ db }) => {
  const key = { mailbox: 'box', uidValidity: 1, uid: 7 }
  expect([await mailbox.beginTaking(db, key), await mailbox.beginTaking(db, key)]).toEqual([1, 2])
  await mailbox.endTaking(db, key)
  expect(await mailbox.beginTaking(db, key)).toBe(1)
})
