import { type Db, telegramGate } from '@atermtrack/data'
import { openQueues } from '@atermtrack/queue'
import { expect, type Fixtures, readLedger, recordQueues, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { aPerson, aProvedAddress, silent } from '../../test/seed.ts'
import { createReportPause } from './report-pause.ts'

const operator = 'operator@example.test'

test('a pause of over a minute is reported by e-mail once, to the fixed recipients and to admins with an address', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const admin = await aPerson(db, { language: 'en' })
  const { id: emailAddressId } = await aProvedAddress(db, admin.id, 'admin@example.test')
  await aProvedAddress(db, (await aPerson(db)).id, 'viewer@example.test')
  const report = async () => reportOnce(place, [admin.telegramId])
  await telegramGate.close(db, { reason: 'refused', ms: 300_000 })
  await report()
  expect(await letters(db)).toEqual([])
  await sql`update telegram_gate set closed_at = now() - interval '61 s'`.execute(db)
  await report()
  await report()
  const common = { channel: 'email', kind: 'alert', status: 'pending', audience: 'admin' }
  expect(await letters(db)).toEqual([
    {
      ...common,
      audience: 'anybody',
      address: operator,
      emailAddressId: null,
      text: expect.stringContaining('Telegram просит подождать'),
    },
    { ...common, address: '', emailAddressId, text: expect.stringContaining('Telegram asks to wait') },
  ])
})

test('without a mail server the pause stays unreported', async ({ db }) => {
  const { queues } = recordQueues()
  await telegramGate.close(db, { reason: 'refused', ms: 300_000 })
  await sql`update telegram_gate set closed_at = now() - interval '61 s'`.execute(db)
  const report = createReportPause({
    db,
    queues,
    emailIsOn: false,
    recipients: [operator],
    policy: { adminChatIds: [] },
    scheduleZone: 'UTC',
  })
  await report(silent)
  expect(await letters(db)).toEqual([])
})

type Place = Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'>

async function reportOnce({ db, redisUrl, queuePrefix }: Place, adminChatIds: readonly number[]): Promise<void> {
  await using queues = openQueues({ url: redisUrl, prefix: queuePrefix, logger: silent })
  const pause = { db, queues, emailIsOn: true, recipients: [operator], scheduleZone: 'Europe/Moscow' }
  await createReportPause({ ...pause, policy: { adminChatIds } })(silent)
}

async function letters(db: Db) {
  const rows = await readLedger(db)
  return rows.map(({ channel, kind, status, audience, address, emailAddressId, text }) => ({
    channel,
    kind,
    status,
    audience,
    address,
    emailAddressId,
    text,
  }))
}
