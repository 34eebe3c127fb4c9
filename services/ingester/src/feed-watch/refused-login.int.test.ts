import { mailboxHealth } from '@atermtrack/data'
import { openQueues, watchFeeds } from '@atermtrack/queue'
import { expect, openHealth, readLedger, test, waitUntil } from '@atermtrack/testkit'
import { fixedSettings } from '@atermtrack/settings'
import { pino } from 'pino'
import { readIngesterConfig } from '../config.ts'
import { startIngester } from '../ingester.ts'

const logger = pino({ level: 'silent' })

test('an ingester whose mail login is refused notifies the admins', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
  mailServer,
}) => {
  const config = readIngesterConfig({
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: queuePrefix,
    ADMIN_CHAT_ID: '11',
    IMAP_SERVER: mailServer.host,
    IMAP_PORT: String(mailServer.port),
    IMAP_SECURE: 'false',
    IMAP_USER: mailServer.user,
    IMAP_PASS: 'a revoked password',
  })
  await using _ingester = await startIngester({ settings: fixedSettings(config), db, logger, health: openHealth() })
  await using queues = openQueues({ url: redisUrl, prefix: queuePrefix, logger })
  const box = `${mailServer.user}@${mailServer.host}/INBOX`
  await waitUntil(async () => (await mailboxHealth.find(db, box))?.loginRefused, {
    what: 'the refusal',
    timeoutMs: 20_000,
  })
  await queues.enqueue(watchFeeds, {})
  const delivery = await waitUntil(async () => (await readLedger(db))[0], {
    what: 'a message to the admin',
    timeoutMs: 20_000,
  })
  expect(delivery).toMatchObject({ chatId: 11, text: expect.stringContaining('IMAP_PASS') })
})
