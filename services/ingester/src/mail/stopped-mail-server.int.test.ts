import { readStoredHealth } from '@atermtrack/data'
import { fixedSettings } from '@atermtrack/settings'
import { expect, openHealth, test, waitUntil } from '@atermtrack/testkit'
import { pino } from 'pino'
import { readIngesterConfig } from '../config.ts'
import { startIngester } from '../ingester.ts'

const logger = pino({ level: 'silent' })

test('the time of a login is known, and a mail server that is stopped is known at once', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
  ownMailServer,
}) => {
  const config = readIngesterConfig({
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: queuePrefix,
    IMAP_SERVER: ownMailServer.host,
    IMAP_PORT: String(ownMailServer.port),
    IMAP_SECURE: 'false',
    IMAP_USER: ownMailServer.user,
    IMAP_PASS: ownMailServer.password,
  })
  await using _ingester = await startIngester({ settings: fixedSettings(config), db, logger, health: openHealth() })
  const mailbox = async () => (await readStoredHealth(db)).mailboxes[0]
  const isRead = async () => typeof (await mailbox())?.connectMs === 'number'
  await waitUntil(isRead, { what: 'a login', timeoutMs: 20_000 })
  expect(await mailbox()).toMatchObject({ failingSince: null, okSeconds: expect.any(Number) })
  await ownMailServer.stop()
  const isAway = async () => (await mailbox())?.failingSince instanceof Date
  await waitUntil(isAway, { what: 'a mail server that is away', timeoutMs: 20_000 })
})
