import { randomUUID } from 'node:crypto'
import { createJobRunner, type Db, subscriptionTargets } from '@atermtrack/data'
import { createProcessRoom, openQueues } from '@atermtrack/queue'
import { createPictures } from '@atermtrack/pictures'
import { describe, expect, openPolicy, test } from '@atermtrack/testkit'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'
import { type KyselyPlugin, sql } from 'kysely'
import {
  aJobContext,
  aMomentAgo,
  aPerson,
  aPosition,
  aProvedAddress,
  aSubscription,
  dispatchLimits,
  silent,
} from '../../test/seed.ts'
import { createBuildReport } from '../build-report.ts'
import { createDispatchDueReports } from './dispatch-due-reports.ts'

type Place = { readonly db: Db; readonly redisUrl: string; readonly queuePrefix: string }

const container = 'CSQU3054383'
const admin = 77
const policy = { ...openPolicy, adminChatIds: [admin] }
async function dispatch({ db, redisUrl, queuePrefix }: Place): Promise<void> {
  await using queues = openQueues({ url: redisUrl, prefix: queuePrefix, logger: silent })
  await createDispatchDueReports({ ...dispatchLimits, db, queues, policy, emailIsOn: true })({}, aJobContext())
}

/** Builds every report that is to be built. */
async function buildAll({ db, redisUrl, queuePrefix }: Place): Promise<void> {
  await using queues = openQueues({ url: redisUrl, prefix: queuePrefix, logger: silent })
  const build = createBuildReport({
    pictures: createPictures(),
    db,
    queues,
    policy,
    run: createJobRunner(db, { table: 'report', process: randomUUID(), room: createProcessRoom() }),
    emailIsOn: true,
    sourceZone: 'Europe/Moscow',
    scheduleZone: 'Asia/Vladivostok',
    emailCopies: ['copy@example.test'],
    staleAfterMinutes: 360,
    forecastMovedHours: 12,
    standingAfterMinutes: 1_440,
    claimDays: 45,
    freeDays: [],
    terminalZone: 'Asia/Vladivostok',
    reading: defaultReadingSettings,
  })
  const waiting = await db.selectFrom('report').select('id').where('status', '=', 'pending').orderBy('id').execute()
  for (const { id } of waiting) await build({ reportId: id }, aJobContext())
}

async function aDueSubscription(db: Db, fields: Record<string, unknown> = {}) {
  const person = await aPerson(db)
  const { slot, plannedAt, localDate } = aMomentAgo({ minutes: 1 })
  const { id } = await aSubscription(db, { personId: person.id, slots: [slot], nextDueAt: plannedAt })
  if (Object.keys(fields).length > 0) await db.updateTable('subscription').set(fields).where('id', '=', id).execute()
  return { id, plannedAt, slot, localDate, telegramId: person.telegramId, personId: person.id }
}

const statesOf = (db: Db) => db.selectFrom('report').select(['status', 'reason', 'chatId']).orderBy('id').execute()

async function noticesOf(db: Db) {
  const rows = await db.selectFrom('delivery').select(['chatId', 'notice']).where('notice', 'is not', null).execute()
  return rows.map(({ chatId, notice }) => [chatId, (notice as { readonly kind: string }).kind])
}

describe('a slot whose data are old', () => {
  const hours = 3_600_000
  const old = () => new Date(Date.now() - 8 * hours)

  test('waits, and newer data release it', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    await aPosition(db, { container, stamp: old() })
    await aDueSubscription(db)
    await setSource(db)
    await dispatch(place)
    await dispatch(place)
    const waiting = () =>
      db.selectFrom('report').select(['status', 'notBefore', 'awaitedSourceId']).executeTakeFirstOrThrow()
    expect(await waiting()).toEqual({ status: 'pending', notBefore: expect.any(Date), awaitedSourceId: 5 })
    await db.updateTable('workbook').set({ confirmedAt: new Date() }).execute()
    await dispatch(place)
    expect(await waiting()).toMatchObject({ status: 'pending', notBefore: null })
    expect(await noticesOf(db)).toEqual([])
  })

  test('leaves after the wait, and the admins are notified once of source and slot', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const place = { db, redisUrl, queuePrefix }
    await aPosition(db, { container, stamp: old() })
    await aDueSubscription(db)
    await aDueSubscription(db)
    await setSource(db)
    await dispatch(place)
    await db
      .updateTable('report')
      .set({ notBefore: new Date(Date.now() - 1_000) })
      .execute()
    await Promise.all([dispatch(place), dispatch(place)])
    expect(await db.selectFrom('report').select('notBefore').execute()).toEqual([
      { notBefore: null },
      { notBefore: null },
    ])
    expect(await noticesOf(db)).toEqual([[admin, 'reports_stale']])
  })
})

describe('further readers of a slot', () => {
  test('get reports of their own, once, and no e-mail of the owner', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    await aPosition(db, { container })
    const { id, personId, telegramId, plannedAt } = await aDueSubscription(db)
    await aProvedAddress(db, personId, 'anna@example.test')
    const colleague = await aPerson(db)
    const asked = await subscriptionTargets.askColleague(db, { subscriptionId: id, personId: colleague.id })
    const waiting = await aPerson(db)
    await subscriptionTargets.askColleague(db, { subscriptionId: id, personId: waiting.id })
    await subscriptionTargets.accept(db, asked!)
    await db.insertInto('chatGroup').values({ chatId: -500, title: 'Склад', status: 'allowed' }).execute()
    await subscriptionTargets.addGroup(db, { subscriptionId: id, chatId: -500, threadId: 9 })
    await dispatch(place)
    await db.updateTable('subscription').set({ nextDueAt: plannedAt }).execute()
    await dispatch(place)
    await buildAll(place)
    const rows = await db
      .selectFrom('delivery')
      .select(['channel', 'chatId', 'threadId', 'address'])
      .orderBy('id')
      .execute()
    const places = rows.map(({ channel, chatId, threadId, address }) => [channel, chatId ?? address, threadId])
    // Nothing puts the readers in order.
    expect(places.toSorted((a, b) => String(b[1]).localeCompare(String(a[1])))).toEqual([
      ['email', 'copy@example.test', null],
      ['telegram', colleague.telegramId, null],
      ['telegram', telegramId, null],
      ['telegram', -500, 9],
      ['email', '', null],
    ])
  })

  test('lose the subscription with their access', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    const { id, telegramId } = await aDueSubscription(db)
    const colleague = await aPerson(db, { access: 'denied' })
    await db.updateTable('person').set({ accessDecidedAt: new Date() }).where('id', '=', colleague.id).execute()
    const asked = await subscriptionTargets.askColleague(db, { subscriptionId: id, personId: colleague.id })
    await subscriptionTargets.accept(db, asked!)
    await dispatch(place)
    expect((await statesOf(db)).map(({ chatId }) => chatId)).toEqual([telegramId])
    expect(await subscriptionTargets.list(db, id)).toEqual([])
  })
})

describe('a report that says nothing', () => {
  test('is not sent when nothing has changed and the person wants changes only', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const place = { db, redisUrl, queuePrefix }
    await aPosition(db, { container, stamp: new Date(Date.now() - 60_000) })
    const { plannedAt } = await aDueSubscription(db, { onlyChanges: true })
    const nextDay = async () => {
      await db
        .updateTable('report')
        .set({ localDate: sql`local_date - 1` })
        .execute()
      await db.updateTable('subscription').set({ nextDueAt: plannedAt }).execute()
      await dispatch(place)
      await buildAll(place)
    }
    await nextDay()
    await nextDay()
    await db
      .updateTable('position')
      .set({ operatedAt: sql`now()`, kmLeft: 900 })
      .execute()
    await nextDay()
    expect((await statesOf(db)).map(({ status, reason }) => [status, reason])).toEqual([
      ['built', null],
      ['skipped', 'unchanged'],
      ['built', null],
    ])
  })

  test.for([
    ['train', true, ['report_empty']],
    ['train', false, []],
    ['containers', false, []],
  ] as const)(
    'about %s is said or not, by choice: %s',
    async ([subject, reportsEmpty, kinds], { db, redisUrl, queuePrefix }) => {
      const place = { db, redisUrl, queuePrefix }
      await aDueSubscription(db, { subject, subjectText: 'К26-999', reportsEmpty })
      await dispatch(place)
      await buildAll(place)
      expect(await statesOf(db)).toMatchObject([{ status: 'skipped', reason: 'empty' }])
      expect((await noticesOf(db)).map(([, kind]) => kind)).toEqual(kinds)
    },
  )
})

test('what has finished its trip leaves the list at the slot, with a word', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  await aPosition(db, { container })
  const { telegramId } = await aDueSubscription(db)
  await sql`insert into trip (container, status, is_current, finished_at) values (${container}, 'unloaded', true, now() - interval '5 days')`.execute(
    db,
  )
  await sql`update position set trip_id = trip.id from trip`.execute(db)
  await dispatch(place)
  expect(await noticesOf(db)).toEqual([[telegramId, 'list_changed']])
  expect(await db.selectFrom('report').select('containers').execute()).toEqual([{ containers: [] }])
})

test('a paused subscription sends nothing, and goes on by itself', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  const { id } = await aDueSubscription(db, { pausedAt: new Date() })
  await dispatch(place)
  expect(await statesOf(db)).toEqual([])
  await db
    .updateTable('subscription')
    .set({ pausedUntil: new Date(Date.now() - 60_000) })
    .where('id', '=', id)
    .execute()
  await dispatch(place)
  expect(await statesOf(db)).toHaveLength(1)
  expect(await db.selectFrom('subscription').select(['pausedAt', 'pausedUntil']).execute()).toEqual([
    { pausedAt: null, pausedUntil: null },
  ])
})

test('the statements of a batch do not grow with its subscriptions', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  await aPosition(db, { container })
  const { id: personId } = await aPerson(db)
  const { plannedAt, slot } = aMomentAgo({ minutes: 1 })
  const add = async (count: number) => {
    await sql`insert into subscription (person_id, name, slots, zone, next_due_at)
      select ${personId}, 'Список', array[${slot}], 'Asia/Vladivostok', ${plannedAt} from generate_series(1, ${count})`.execute(
      db,
    )
    await sql`insert into subscription_item (subscription_id, container, place)
      select id, ${container}, 1 from subscription on conflict do nothing`.execute(db)
  }
  const count = async () => {
    const statements = countStatements(db)
    await dispatch({ ...place, db: statements.db })
    return statements.count()
  }
  await add(1)
  const one = await count()
  await add(400)
  expect(await count()).toBe(one)
  expect(one).toBeLessThan(20)
  expect(await statesOf(db)).toHaveLength(401)
}, 60_000)

/** Gives the position of a seed a source, whose reports can be awaited. */
async function setSource(db: Db): Promise<void> {
  await sql`insert into source (id, kind, sender, report_number) overriding system value
    values (5, 'dislocation', 'rzd@example.test', '1')`.execute(db)
  await sql`update workbook set source_id = 5`.execute(db)
}

function countStatements(db: Db) {
  const counted = { count: 0 }
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      counted.count += 1
      return result
    },
  }
  return { db: db.withPlugin(plugin), count: () => counted.count }
}
