import { type Db, feedAlarms, mailboxHealth, workbooks } from '@atermtrack/data'
import { openQueues } from '@atermtrack/queue'
import { expect, readLedger, test } from '@atermtrack/testkit'
import { pino } from 'pino'
import { proxyRefusedText } from '../mail/imap-mailbox.ts'
import { createWatchFeeds } from './watch-feeds.ts'

const logger = pino({ level: 'silent' })
const workHours = { from: 0, until: 1_440, zone: 'Asia/Vladivostok' }
const settings = { silentMinutes: 360, workHours, imapDownMinutes: 15 }
const startedAt = new Date(0)
const context = { logger, attempt: 1, signal: new AbortController().signal }
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000)

function openWatch({ db, redisUrl: url, queuePrefix: prefix }: { db: Db; redisUrl: string; queuePrefix: string }) {
  const queues = openQueues({ url, prefix, logger })
  const look = async (now = new Date()) =>
    createWatchFeeds({
      db,
      queues,
      settings,
      startedAt,
      mailbox: 'box',
      storage: { databaseLimitBytes: Number.MAX_SAFE_INTEGER, path: undefined },
      backupOverdueSeconds: undefined,
      adminChatIds: [11, -22],
      now: async () => now,
    })({}, context)
  return { look, [Symbol.asyncDispose]: async () => queues[Symbol.asyncDispose]() }
}

async function listNotices(db: Db, chatId = 11): Promise<readonly string[]> {
  return (await readLedger(db, { chatId })).map(({ text }) => text)
}

async function importDislocation(db: Db): Promise<number> {
  const content = Buffer.from('report')
  const arrival = { fileName: 'a.xlsx', content, sha256: content, receivedAt: new Date() }
  const id = (await workbooks.insert(db, { ...arrival, origin: 'mail' })) ?? 0
  await workbooks.finish(db, id, { status: 'imported', kind: 'dislocation', stamp: new Date() })
  return id
}

test('every admin is notified once about a silent railway and once about its return, however many replicas look', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await using watch = openWatch({ db, redisUrl, queuePrefix })
  // The database was made when the run of the tests began.
  const begunAt = (await feedAlarms.findBeginning(db)).getTime()
  const after = (hours: number) => new Date(begunAt + hours * 3_600_000)
  await watch.look(after(5.9))
  expect(await listNotices(db)).toEqual([])
  await Promise.all([watch.look(after(6.1)), watch.look(after(6.1)), watch.look(after(6.1))])
  await watch.look(inHours(7))
  expect(await listNotices(db)).toEqual([expect.stringContaining('Дислокация не приходит')])
  expect(await listNotices(db, -22)).toHaveLength(1)

  await importDislocation(db)
  await Promise.all([watch.look(inHours(1)), watch.look(inHours(1))])
  expect(await listNotices(db)).toEqual([expect.anything(), expect.stringContaining('снова приходит')])
  await watch.look(inHours(6.1))
  expect(await listNotices(db)).toHaveLength(3)
})

test('a report that came again unchanged is a sign of life', async ({ db, redisUrl, queuePrefix }) => {
  await using watch = openWatch({ db, redisUrl, queuePrefix })
  const id = await importDislocation(db)
  await db
    .updateTable('workbook')
    .set({ receivedAt: inHours(-8) })
    .execute()
  await watch.look()
  expect(await listNotices(db)).toHaveLength(1)
  await workbooks.confirm(db, id, inHours(-1))
  await watch.look()
  expect(await listNotices(db)).toEqual([expect.anything(), expect.stringContaining('снова приходит')])
})

test('a mailbox out of reach is reported after a while, a refused login at once, and both when they are over', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await using watch = openWatch({ db, redisUrl, queuePrefix })
  await mailboxHealth.recordFailure(db, 'box', { error: 'connect ETIMEDOUT', loginRefused: false })
  await watch.look()
  expect(await listNotices(db)).toEqual([])
  await watch.look(inHours(0.26))
  await mailboxHealth.recordFailure(db, 'box', { error: 'Invalid credentials', loginRefused: true })
  await watch.look(inHours(0.3))
  await watch.look(inHours(0.4))
  expect(await listNotices(db)).toEqual([
    expect.stringContaining('Почта недоступна'),
    expect.stringContaining('отозван пароль приложения'),
  ])
  await mailboxHealth.recordSuccess(db, 'box')
  await watch.look(inHours(0.5))
  expect(await listNotices(db)).toHaveLength(4)
})

test('a proxy that refuses our login is named, with what to do', async ({ db, redisUrl, queuePrefix }) => {
  await using watch = openWatch({ db, redisUrl, queuePrefix })
  await mailboxHealth.recordFailure(db, 'box', { error: proxyRefusedText, loginRefused: false })
  await watch.look(inHours(0.26))
  expect(await listNotices(db)).toEqual([expect.stringContaining('Прокси-сервер не принимает логин или пароль')])
})
