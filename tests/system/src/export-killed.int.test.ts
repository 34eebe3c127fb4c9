import { expect, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { createSystem, openSandbox } from './system.ts'

// Takes up to 120 s: waits for the reporter that comes after a killed one to get its job.

const boris = 1002

test('an export whose reporter is killed in the middle arrives once', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using sandbox = await openSandbox()
  await sql`insert into audit (action, object) select 'x', 'n:' || n from generate_series(1, 150000) as n`.execute(db)
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox })
  const env = { ADMIN_CHAT_ID: String(boris) }
  const [, reporter] = await Promise.all([system.start('bot', env), system.start('reporter', env)])
  const admin = sandbox.person(boris)
  await admin.say('/export')
  await admin.waitForReply({ timeoutMs: 60_000 })
  await admin.press('Журнал')
  await admin.waitForReply()
  await admin.press('Всё время')
  // The rows are walked by a cursor, in a transaction that is open meanwhile.
  const isWalking = async () => {
    const { rows } = await sql`select from pg_stat_activity where query like '%walked_rows%' and pid <> pg_backend_pid()
      and datname = current_database() and xact_start is not null`.execute(db)
    return rows.length > 0
  }
  await waitUntil(isWalking, { what: 'the export under way', timeoutMs: 60_000 })
  await reporter.kill9()
  expect(await db.selectFrom('report').select(['status', 'fileName']).execute()).toEqual([
    { status: 'pending', fileName: null },
  ])
  reporter.start()
  const file = await admin.waitForReply({ where: ({ document }) => document !== undefined, timeoutMs: 150_000 })
  expect(file.document?.file_name).toContain('Журнал')
  expect(file.caption).toContain('150')
  const deliveries = await db.selectFrom('delivery').select('status').where('reportId', 'is not', null).execute()
  expect(deliveries).toHaveLength(1)
  expect(admin.messages().filter(({ document }) => document !== undefined)).toHaveLength(1)
}, 240_000)
