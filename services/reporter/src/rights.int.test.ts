import { randomUUID } from 'node:crypto'
import { createJobRunner, type Db, reports } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { openQueues, createProcessRoom } from '@atermtrack/queue'
import { createPictures } from '@atermtrack/pictures'
import { expect, type Fixtures, openPolicy, readLedger, recordQueues, startSmtpServer, test } from '@atermtrack/testkit'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'
import {
  aJobContext,
  aMomentAgo,
  aPerson,
  aPosition,
  aProvedAddress,
  aSubscription,
  silent,
  dispatchLimits,
} from '../test/seed.ts'
import { createBuildReport } from './build-report.ts'
import { createDispatchDueReports } from './schedule/dispatch-due-reports.ts'
import { openMailer } from './email/mailer.ts'
import { createSendEmail } from './email/send-email.ts'

type Place = Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'>

const approval: AccessPolicy = { ...openPolicy, mode: 'approval' }
const container = 'CSQU3054383'

test('a person removed from the settings before the slot gets no report, is notified once, and gets reports again when they are back', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const { id: personId, telegramId } = await aStranger(db)
  const named: AccessPolicy = { ...approval, adminChatIds: [telegramId] }
  await due(db, personId, { days: 1 })
  await dispatch(place, approval)
  await due(db, personId)
  await dispatch(place, approval)
  const passed = ['skipped missed', 'skipped access_denied', 'skipped access_denied']
  expect(await reportsOf(db)).toEqual(passed)
  expect(await textsTo(db)).toEqual([expect.stringContaining('Не отправляю «Новосибирск»')])
  // Moments that passed meanwhile are not caught up.
  await dispatch(place, named)
  expect(await reportsOf(db)).toEqual(passed)
  await due(db, personId)
  await dispatch(place, named)
  expect(await reportsOf(db)).toEqual([...passed, 'pending null'])
  await due(db, personId)
  await dispatch(place, approval)
  expect(await textsTo(db)).toHaveLength(2)
})

test('a person removed from the settings between due and build gets no report', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const { id: personId, telegramId } = await aStranger(db)
  await due(db, personId)
  await dispatch(place, { ...approval, adminChatIds: [telegramId] })
  await build(place, approval)
  expect(await reportsOf(db)).toEqual(['skipped access_denied'])
  expect(await textsTo(db)).toEqual([expect.stringContaining('теперь доступ к боту выдаёт администратор')])
})

test('a person dismissed between build and send gets no e-mail, and a fixed recipient does', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  await using smtp = await startSmtpServer()
  const { id: personId } = await aPerson(db)
  await aProvedAddress(db, personId, 'anna@example.test')
  await due(db, personId)
  await dispatch(place, approval)
  await build(place, approval)
  await db.updateTable('person').set({ access: 'denied', accessDecidedAt: new Date() }).execute()
  await sendAll(db, smtp, approval)
  expect(smtp.messages.map(({ to }) => to).flat()).toEqual(['copy@example.test'])
})

test('a report for a company that the reader left meanwhile is built again, and mailed in that version', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  await using smtp = await startSmtpServer()
  const companies = await db
    .insertInto('company')
    .values([{ name: 'Ромашка' }, { name: 'Василёк' }])
    .returning('id')
    .execute()
  const { id: personId } = await aPerson(db)
  await db.updateTable('person').set({ role: 'viewer', companyId: companies[0]!.id }).execute()
  await aProvedAddress(db, personId, 'anna@example.test')
  await aPosition(db, { container })
  await due(db, personId)
  const sees: AccessPolicy = { ...approval, unnamed: 'visible' }
  await dispatch(place, sees)
  await build(place, sees)
  expect(await db.selectFrom('report').select('rowCount').where('partOf', 'is', null).execute()).toEqual([
    { rowCount: 1 },
  ])
  await db.updateTable('person').set({ companyId: companies[1]!.id }).execute()
  // The setting hides what nobody is named for, too.
  await sendAll(db, smtp, approval)
  expect(smtp.messages).toEqual([])
  expect(await reportsOf(db)).toEqual(['pending null'])
  await build(place, approval)
  await sendAll(db, smtp, approval)
  expect(await db.selectFrom('report').select('rowCount').where('partOf', 'is', null).execute()).toEqual([
    { rowCount: 0 },
  ])
  // Nor is the picture of what they saw before.
  expect(await db.selectFrom('report').select('id').where('partOf', 'is not', null).execute()).toEqual([])
  expect(smtp.messages.filter(({ raw }) => String(raw).includes('image/png'))).toEqual([])
  expect(
    smtp.messages
      .map(({ to }) => to)
      .flat()
      .toSorted(),
  ).toEqual(['anna@example.test', 'copy@example.test'])
})

test('a report for an operator is built as its owner would get it, and neither it nor a notice leaves', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const { id: personId, telegramId: chatId } = await aPerson(db)
  await aPosition(db, { container })
  const { plannedAt: slotAt } = aMomentAgo({ minutes: -60 })
  const times = { personId, slots: ['09:00'], nextDueAt: slotAt }
  const { id: subscriptionId } = await aSubscription(db, { ...times, containers: [container] })
  const { id: emptyId } = await aSubscription(db, { ...times, containers: [] })
  const ask = { personId, chatId, name: 'x', slotAt }
  const { id } = await reports.insertUnsentRehearsal(db, { ...ask, subscriptionId })
  await reports.insertUnsentRehearsal(db, { ...ask, subscriptionId: emptyId })
  await build(place, { ...approval, unnamed: 'visible' })
  expect(await reports.findState(db, id)).toMatchObject({ status: 'built', rowCount: 1 })
  await reports.insertUnsentRehearsal(db, { ...ask, subscriptionId })
  await db.updateTable('person').set({ access: 'denied', accessDecidedAt: new Date() }).execute()
  await build(place, approval)
  expect((await reportsOf(db)).at(-1)).toBe('skipped access_denied')
  expect(await readLedger(db)).toEqual([])
  expect(await db.selectFrom('subscriptionSnapshot').select('subscriptionId').execute()).toEqual([])
})

/** Somebody who has never asked for access. */
async function aStranger(db: Db) {
  const person = await aPerson(db)
  await db.updateTable('person').set({ access: 'none' }).execute()
  return person
}

async function due(db: Db, personId: number, { days = 0 } = {}): Promise<void> {
  const { slot, plannedAt } = aMomentAgo({ minutes: 2, days })
  await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt, containers: [container] })
}

async function dispatch({ db, redisUrl, queuePrefix }: Place, policy: AccessPolicy): Promise<void> {
  const connection = { url: redisUrl, prefix: queuePrefix, logger: silent }
  await using queues = openQueues(connection)
  await createDispatchDueReports({ ...dispatchLimits, db, queues, policy, emailIsOn: true })({}, aJobContext())
}

async function build({ db, redisUrl, queuePrefix }: Place, policy: AccessPolicy): Promise<void> {
  const connection = { url: redisUrl, prefix: queuePrefix, logger: silent }
  await using queues = openQueues(connection)
  const run = createBuildReport({
    pictures: createPictures(),
    db,
    run: createJobRunner(db, { table: 'report', process: randomUUID(), room: createProcessRoom() }),
    queues,
    emailIsOn: true,
    policy,
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
  for (const { id } of await db.selectFrom('report').select('id').where('status', '=', 'pending').execute()) {
    await run({ reportId: id }, aJobContext())
  }
}

async function sendAll(db: Db, { port }: { readonly port: number }, policy: AccessPolicy): Promise<void> {
  await using mailer = openMailer({
    host: '127.0.0.1',
    port,
    secure: false,
    user: undefined,
    password: undefined,
    from: 'bot@example.test',
  })
  const send = createSendEmail({
    db,
    queues: recordQueues().queues,
    mailer,
    policy,
    holder: 'me',
    repliesAreRead: true,
    scheduleZone: 'Asia/Vladivostok',
    now: () => new Date(),
  })
  const rows = await db
    .selectFrom('delivery')
    .select('id')
    .where('channel', '=', 'email')
    .where('status', '=', 'pending')
    .orderBy('id')
    .execute()
  for (const { id: deliveryId } of rows) await send({ deliveryId }, aJobContext())
}

async function reportsOf(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('report')
    .select(['status', 'reason'])
    .where('partOf', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ status, reason }) => `${status} ${reason}`)
}

/** The messages to people, beside reports. */
async function textsTo(db: Db): Promise<readonly (string | null)[]> {
  return (await readLedger(db)).filter(({ kind }) => kind === 'alert').map(({ text }) => text)
}
