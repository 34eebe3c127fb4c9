import { expect, test, waitUntil } from '@atermtrack/testkit'
import { createSystem } from './system.ts'

const mailbox = { IMAP_SERVER: '127.0.0.1', IMAP_PORT: '1', IMAP_USER: 'robot', IMAP_PASS: 'imap-password' }

test('an ingester that does not prove senders says so, and does not start where proof is required', async ({
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, env: mailbox })
  const careless = await system.start('ingester')
  await careless.ready()
  expect(careless.lines.join('\n')).toMatch(/"level":"?(?:40|warn)"?[^\n]*IMAP_AUTHSERV_ID is not set/)

  const careful = await system.start('ingester', { MAIL_REQUIRE_PROOF: 'true' })
  await waitUntil(() => !careful.isRunning(), { what: 'the end of the ingester', timeoutMs: 30_000 })
  await waitUntil(() => careful.lines.length > 0, { what: 'its last words' })
  expect(careful.lines.join('\n')).toContain('IMAP_AUTHSERV_ID: is needed with MAIL_REQUIRE_PROOF=true')
}, 120_000)
