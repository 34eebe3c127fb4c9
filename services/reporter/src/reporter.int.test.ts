import { dispatchDueReports, openQueues, openQueueStates, sendTelegram, startWorker } from '@atermtrack/queue'
import { changeSetting, fixedSettings, openSettings } from '@atermtrack/settings'
import { expect, startSmtpServer, test, waitUntil, openHealth } from '@atermtrack/testkit'
import { Redis } from 'ioredis'
import { aMomentAgo, aPerson, aPosition, aProvedAddress, aSubscription, silent } from '../test/seed.ts'
import { type ReporterConfig, readReporterConfig, reporterEnv } from './config.ts'
import { startReporter } from './reporter.ts'

function aConfig(env: Readonly<Record<string, string>>): ReporterConfig {
  return readReporterConfig({ SHUTDOWN_SECONDS: '5', ...env })
}

test('a report that fell due before the start goes out right after it', async ({ db, redisUrl, queuePrefix }) => {
  await using smtp = await startSmtpServer()
  await aPosition(db, { container: 'CSQU3054383' })
  const { id: personId } = await aPerson(db)
  await aProvedAddress(db, personId, 'anna@example.test')
  const { plannedAt, slot } = aMomentAgo({ minutes: 20 })
  await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt })
  const toTelegram: number[] = []
  const connection = { url: redisUrl, prefix: queuePrefix, logger: silent, health: openHealth() }
  await using _bot = startWorker(sendTelegram, async ({ deliveryId }) => void toTelegram.push(deliveryId), connection)
  const config = aConfig({
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: queuePrefix,
    SMTP_SERVER: smtp.host,
    SMTP_PORT: String(smtp.port),
    SMTP_SECURE: 'false',
    SMTP_FROM: 'AtermTrack <robot@aterm.test>',
  })
  const health = openHealth()
  await using _reporter = startReporter({ settings: fixedSettings(config), db, logger: silent, health })
  const message = await smtp.waitForMessage(({ to }) => to.includes('anna@example.test'), { timeoutMs: 20_000 })
  await waitUntil(() => toTelegram.length > 0, { what: 'a job of send-telegram' })
  expect(toTelegram).toHaveLength(1)
  expect(String(message.raw)).toContain('spreadsheetml')
  for (const check of health.checks.values()) await expect(check()).resolves.toBeUndefined()
})

test('without a mail server reports go to Telegram only', async ({ db, redisUrl, queuePrefix }) => {
  const { id: personId } = await aPerson(db)
  await aProvedAddress(db, personId, 'anna@example.test')
  const { plannedAt, slot } = aMomentAgo({ minutes: 1 })
  await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt })
  const config = aConfig({ REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix })
  const health = openHealth()
  await using _reporter = startReporter({ settings: fixedSettings(config), db, logger: silent, health })
  const listChannels = async () => db.selectFrom('delivery').select('channel').execute()
  await waitUntil(async () => (await listChannels()).length > 0, { what: 'a delivery' })
  expect(await listChannels()).toEqual([{ channel: 'telegram' }])
  expect([...health.checks.keys()]).not.toContain('send-email')
})

test('the schedules of the reporter are stored in Redis', async ({ db, redisUrl, queuePrefix }) => {
  const config = aConfig({ REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix })
  await using _reporter = startReporter({ settings: fixedSettings(config), db, logger: silent, health: openHealth() })
  const redis = new Redis(redisUrl)
  const listRhythms = async () => redis.keys(`${queuePrefix}:*:repeat`)
  const names = [
    'dispatch-due-reports',
    'housekeeping',
    'measure-forecasts',
    'send-digests',
    'send-event-mails',
    'send-registers',
    'sweep-pending',
  ]
  await waitUntil(async () => (await listRhythms()).length === names.length, { what: 'all schedulers' })
  expect((await listRhythms()).toSorted()).toEqual(names.map((name) => `${queuePrefix}:${name}:repeat`))
  redis.disconnect()
})

test('how old data may be, and how long a report waits, count at once after a change', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const env = { SHUTDOWN_SECONDS: '5', REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix }
  const read = { service: 'reporter', env, schema: reporterEnv, read: readReporterConfig }
  await using settings = await openSettings({ ...read, db, logger: silent, everyMs: 20 })
  const connection = { url: redisUrl, prefix: queuePrefix, logger: silent }
  await using states = openQueueStates(connection)
  const isIdle = async () =>
    (await states.read()).every(
      ({ queue, jobs }) => queue !== dispatchDueReports.name || jobs.waiting + jobs.active === 0,
    )
  const change = async (name: 'STALE_AFTER_HOURS' | 'REPORT_WAIT_MINUTES', typed: string) => {
    // A dispatch that has begun goes on with the settings that it began with.
    await waitUntil(isIdle, { what: 'the end of the dispatches' })
    const former = settings.current()
    expect(await changeSetting(db, { name, typed, before: undefined, actor: {} })).toEqual({ kind: 'changed' })
    await waitUntil(() => settings.current() !== former, { what: 'the new settings' })
  }
  await using queues = openQueues(connection)
  /** The wait of the report of a new subscription, in minutes after its slot. */
  async function waitOfNext(): Promise<number | undefined> {
    const { id: personId } = await aPerson(db)
    const { plannedAt, slot } = aMomentAgo({ minutes: 1 })
    const { id } = await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt })
    const report = await waitUntil(
      async () => {
        await queues.enqueue(dispatchDueReports, {})
        return db.selectFrom('report').selectAll().where('subscriptionId', '=', id).executeTakeFirst()
      },
      { what: 'the report' },
    )
    return report.notBefore === null
      ? undefined
      : Math.round((report.notBefore.getTime() - plannedAt.getTime()) / 60_000)
  }
  await aPosition(db, { container: 'CSQU3054383', stamp: new Date(Date.now() - 8 * 3_600_000) })
  const source = { kind: 'dislocation', sender: 'rzd@example.test', reportNumber: '1' } as const
  const { id: sourceId } = await db.insertInto('source').values(source).returning('id').executeTakeFirstOrThrow()
  await db.updateTable('workbook').set({ sourceId }).execute()
  await using _reporter = startReporter({ settings, db, logger: silent, health: openHealth() })
  expect(await waitOfNext()).toBe(30)
  await change('REPORT_WAIT_MINUTES', '50')
  expect(await waitOfNext()).toBe(50)
  await change('STALE_AFTER_HOURS', '10')
  expect(await waitOfNext()).toBeUndefined()
})
