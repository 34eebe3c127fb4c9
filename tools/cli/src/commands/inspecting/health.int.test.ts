import { backupHealth, feedAlarms, keepInstance, openDb, mailboxHealth } from '@atermtrack/data'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { createLogger } from '@atermtrack/runtime'
import { cli, nowhere } from '../../cli.test-helper.ts'

const logger = createLogger({ service: 'test', level: 'silent' })

interface Shown {
  readonly ok: boolean
  readonly error?: string
  readonly tables: readonly (readonly Readonly<Record<string, unknown>>[])[]
}

async function look(env: Record<string, string>): Promise<{ readonly code: number; readonly shown: Shown }> {
  const { code, text } = await cli('health --json', env)
  return { code, shown: JSON.parse(text) as Shown }
}

test('shows what is well, and exits with 1 when a server is stopped, while the others still answer', async ({
  ownPostgres,
  redisUrl,
  queuePrefix,
}) => {
  const env = { DATABASE_URL: ownPostgres.url, REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix }
  await using db = openDb({ url: ownPostgres.url })
  const health = { inspect: async () => [{ name: 'send-email', state: 'ok' as const, ms: 1 }] }
  await using _bot = keepInstance({ db, service: 'bot', health, servers: { telegram: async () => undefined }, logger })
  await using _ingester = keepInstance({ db, service: 'ingester', health, logger })
  await using _reporter = keepInstance({ db, service: 'reporter', health, logger })
  await mailboxHealth.recordSuccess(db, 'box', 120)
  const count = async () => (await db.selectFrom('serviceInstance').select('id').execute()).length
  await waitUntil(async () => (await count()) === 3, { what: 'three services' })

  const well = await look(env)
  expect(well).toMatchObject({ code: 0, shown: { ok: true } })
  expect(well.shown.tables[0]).toEqual([
    expect.objectContaining({ server: 'database', state: 'ok', ms: expect.any(Number) }),
    expect.objectContaining({ server: 'redis', state: 'ok' }),
    expect.objectContaining({ server: 'telegram', state: 'ok' }),
    expect.objectContaining({ server: 'mailbox box', state: 'ok', ms: 120 }),
  ])
  expect(well.shown.tables[3]).toContainEqual(
    expect.objectContaining({ queue: 'send-email', alive: 'yes', jobs_waiting: 0, jobs_failed: 0 }),
  )

  await mailboxHealth.recordFailure(db, 'box', { error: 'connect ECONNREFUSED', loginRefused: false })
  await backupHealth.recordSuccess(db, 1)
  await feedAlarms.raise(db, 'backup-overdue')
  const withoutRedis = await look({ ...env, REDIS_URL: nowhere })
  expect(withoutRedis).toMatchObject({ code: 1, shown: { error: 'not well: redis, mailbox box, backup' } })
  expect(withoutRedis.shown.tables[0]).toContainEqual(expect.objectContaining({ server: 'database', state: 'ok' }))
  expect(withoutRedis.shown.tables[3]).toContainEqual(
    expect.objectContaining({ queue: 'send-email', rows_waiting: 0, jobs_waiting: null }),
  )

  await ownPostgres.stop()
  const startedAt = performance.now()
  const withoutPostgres = await look(env)
  expect(withoutPostgres).toMatchObject({ code: 1, shown: { error: 'not well: database' } })
  expect(withoutPostgres.shown.tables).toEqual([
    [
      expect.objectContaining({ server: 'database', state: 'failed' }),
      expect.objectContaining({ server: 'redis', state: 'ok' }),
    ],
  ])
  expect(performance.now() - startedAt).toBeLessThan(10_000)
  await ownPostgres.restart()
})
