import { type Db, reviewQueue } from '@atermtrack/data'
import { importWorkbook, openQueues } from '@atermtrack/queue'
import { changeSetting, openSettings } from '@atermtrack/settings'
import {
  aDislocationRow,
  aDislocationWorkbook,
  aMessage,
  containerNumber,
  expect,
  openHealth,
  test,
  waitUntil,
} from '@atermtrack/testkit'
import { pino } from 'pino'
import { ingesterEnv, readIngesterConfig } from './config.ts'
import { startIngester } from './ingester.ts'

const logger = pino({ level: 'silent' })

async function completedImports(db: Db, count: number): Promise<void> {
  const statuses = async () => (await db.selectFrom('workbook').select('status').execute()).map(({ status }) => status)
  await waitUntil(
    async () => {
      const found = await statuses()
      return found.length >= count && !found.includes('pending')
    },
    { what: `${count} completed imports`, timeoutMs: 50_000 },
  )
}

async function report(n: number): Promise<Buffer> {
  const rows = [aDislocationRow({ 'Номер контейнера': containerNumber(n) })]
  return aDislocationWorkbook({ rows, reportNumber: String(700 + n) })
}

test('senders and file names that an admin changes count for the next mail', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
  mailServer,
}) => {
  const env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: queuePrefix,
    IMAP_SERVER: mailServer.host,
    IMAP_PORT: String(mailServer.port),
    IMAP_SECURE: 'false',
    IMAP_USER: mailServer.user,
    IMAP_PASS: mailServer.password,
    DISLOCATION_SENDERS: '@other.example',
  }
  const read = { service: 'ingester', env, schema: ingesterEnv, read: readIngesterConfig }
  await using settings = await openSettings({ ...read, db, logger, everyMs: 20 })
  const change = async (name: 'DISLOCATION_SENDERS' | 'DISLOCATION_FILES', typed: string) => {
    const former = settings.current()
    expect(await changeSetting(db, { name, typed, before: undefined, actor: {} })).toEqual({ kind: 'changed' })
    await waitUntil(() => settings.current() !== former, { what: 'the new settings' })
  }
  const mail = async (n: number, fileName: string) =>
    mailServer.append(aMessage({ from: 'robot@rail.example', attachments: [{ fileName, content: await report(n) }] }))
  const reasons = async () => db.selectFrom('workbook').select(['id', 'status', 'reason']).orderBy('id').execute()

  await using _ingester = await startIngester({ settings, db, logger, health: openHealth() })
  await mail(1, '1.xlsx')
  await completedImports(db, 1)
  await change('DISLOCATION_SENDERS', 'Robot@rail.example')
  await mail(2, '2.xlsx')
  await completedImports(db, 2)
  await change('DISLOCATION_FILES', '*дислокация*.xls?')
  await mail(3, '3.xlsx')
  await completedImports(db, 3)
  await mail(4, 'Дислокация 02.09.XLSX')
  await completedImports(db, 4)
  expect((await reasons()).map(({ status, reason }) => [status, reason])).toEqual([
    ['quarantined', 'unknown_sender'],
    ['imported', null],
    ['quarantined', 'unexpected_name'],
    ['imported', null],
  ])

  const { id: workbookId } = (await reasons())[2]!
  await reviewQueue.accept(db, workbookId, { reason: 'unexpected_name', override: 'unexpected_name' })
  await using queues = openQueues({ url: redisUrl, prefix: queuePrefix, logger })
  await queues.enqueue(importWorkbook, { workbookId })
  await waitUntil(async () => (await reasons())[2]?.status === 'imported', { what: 'the accepted workbook' })
})
