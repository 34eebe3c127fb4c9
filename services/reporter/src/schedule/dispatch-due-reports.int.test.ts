import type { Db } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { buildReport, openQueues, startWorker } from '@atermtrack/queue'
import { expect, openHealth, openPolicy, test, waitUntil } from '@atermtrack/testkit'
import {
  aJobContext,
  aMomentAgo,
  aPerson,
  aProvedAddress,
  aSubscription,
  dispatchLimits,
  silent,
} from '../../test/seed.ts'
import { createDispatchDueReports } from './dispatch-due-reports.ts'

type Place = { readonly db: Db; readonly redisUrl: string; readonly queuePrefix: string }

async function dispatch(
  { db, redisUrl, queuePrefix }: Place,
  { emailIsOn = true, policy = openPolicy }: { emailIsOn?: boolean; policy?: AccessPolicy } = {},
): Promise<void> {
  const connection = { url: redisUrl, prefix: queuePrefix, logger: silent }
  await using queues = openQueues(connection)
  await createDispatchDueReports({ ...dispatchLimits, db, queues, policy, emailIsOn })({}, aJobContext())
}

async function listReports(db: Db) {
  return db
    .selectFrom('report')
    .select(['id', 'subscriptionId', 'status', 'reason', 'late', 'localDate', 'slot'])
    .orderBy('plannedAt')
    .orderBy('id')
    .execute()
}

test('moments missed while nothing ran give one late report, and the others are skipped', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const { id: personId } = await aPerson(db)
  const first = aMomentAgo({ minutes: 30, days: 2 })
  const last = aMomentAgo({ minutes: 30 })
  await aSubscription(db, { personId, slots: [last.slot], nextDueAt: first.plannedAt })
  await dispatch(place)
  expect(await listReports(db)).toMatchObject([
    { status: 'skipped', reason: 'missed', localDate: first.localDate, slot: first.slot },
    { status: 'skipped', reason: 'missed' },
    { status: 'pending', reason: null, late: true, localDate: last.localDate, slot: last.slot },
  ])
  const { nextDueAt } = await db.selectFrom('subscription').select('nextDueAt').executeTakeFirstOrThrow()
  expect(nextDueAt).toEqual(new Date(last.plannedAt.getTime() + 86_400_000))
})

test('two processes at once make one report of a slot', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  const { id: personId } = await aPerson(db)
  const { plannedAt, slot } = aMomentAgo({ minutes: 1 })
  for (let n = 0; n < 120; n += 1) await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt })
  await Promise.all([dispatch(place), dispatch(place)])
  const rows = await listReports(db)
  expect(rows).toHaveLength(120)
  expect(new Set(rows.map(({ subscriptionId }) => subscriptionId)).size).toBe(120)
  expect(new Set(rows.map(({ late }) => late))).toEqual(new Set([false]))
})

test('a run repeated for a slot that has its report makes no second one', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  const { id: personId } = await aPerson(db)
  const { plannedAt, slot } = aMomentAgo({ minutes: 1 })
  await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt })
  await dispatch(place)
  await db.updateTable('subscription').set({ nextDueAt: plannedAt }).execute()
  await dispatch(place)
  expect(await listReports(db)).toHaveLength(1)
})

test('a new subscription gets nothing for the past, an ended one nothing at all', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const { id: personId } = await aPerson(db)
  const { plannedAt, slot } = aMomentAgo({ minutes: 1 })
  await aSubscription(db, { personId, slots: [slot], nextDueAt: new Date(Date.now() + 3_600_000) })
  await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt, deletedAt: new Date() })
  await dispatch(place)
  expect(await listReports(db)).toEqual([])
})

test('a subscription that cannot be planned keeps no other one waiting', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  const { id: personId } = await aPerson(db)
  const { plannedAt, slot } = aMomentAgo({ minutes: 1 })
  const odd = await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt, zone: 'Asia/Atlantis' })
  const good = await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt })
  await dispatch(place)
  expect((await listReports(db)).map(({ subscriptionId }) => subscriptionId)).toEqual([good.id])
  const { nextDueAt } = await db
    .selectFrom('subscription')
    .select('nextDueAt')
    .where('id', '=', odd.id)
    .executeTakeFirstOrThrow()
  expect(nextDueAt.getTime()).toBeGreaterThan(Date.now())
})

test('somebody who blocked the bot gets a report only where it can be mailed', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const { id: personId } = await aPerson(db, { unreachable: true })
  await aProvedAddress(db, personId, 'anna@example.test')
  const { plannedAt, slot } = aMomentAgo({ minutes: 1 })
  await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt })
  await dispatch(place, { emailIsOn: false })
  await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt })
  await dispatch(place, { emailIsOn: true })
  const rows = await listReports(db)
  expect(rows.map(({ status, reason }) => [status, reason])).toEqual([
    ['skipped', 'unreachable'],
    ['pending', null],
  ])
})

test('a due report is enqueued for its build', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  const { id: personId } = await aPerson(db)
  const { plannedAt, slot } = aMomentAgo({ minutes: 1 })
  await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt })
  const asked: number[] = []
  const connection = { url: redisUrl, prefix: queuePrefix, logger: silent, health: openHealth() }
  await using _worker = startWorker(buildReport, async ({ reportId }) => void asked.push(reportId), connection)
  await dispatch(place)
  await waitUntil(() => asked.length > 0, { what: 'a job of build-report' })
  expect(asked).toEqual((await listReports(db)).map(({ id }) => id))
})
