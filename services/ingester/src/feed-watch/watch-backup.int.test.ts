import { backupHealth, type Db, feedAlarms } from '@atermtrack/data'
import { sendTelegram } from '@atermtrack/queue'
import { expect, readLedger, recordQueues, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { pino } from 'pino'
import { watchBackup } from './watch-backup.ts'

const logger = pino({ level: 'silent' })
const zone = 'Asia/Vladivostok'

/** One look; returns how many messages to the admins were enqueued. */
async function lookOnce(db: Db, overdueSeconds: number | undefined = 36 * 3_600): Promise<number> {
  const { queues, take } = recordQueues()
  await watchBackup({ db, queues, overdueSeconds, adminChatIds: [11, 12], zone, logger })
  return take(sendTelegram).length
}

/** Three replicas at once; returns how many messages all of them enqueued. */
async function lookThrice(db: Db): Promise<number> {
  const [one, other, third] = await Promise.all([lookOnce(db), lookOnce(db), lookOnce(db)])
  return one + other + third
}

async function textsOfOne(db: Db): Promise<readonly string[]> {
  return (await readLedger(db, { chatId: 11 })).map(({ text }) => text)
}

async function moveBack(db: Db, hours: number): Promise<void> {
  await sql`update backup_health set ok_at = ok_at - make_interval(hours => ${hours}),
    watched_since = watched_since - make_interval(hours => ${hours})`.execute(db)
}

test('admins are notified once that a backup failed, once that none succeeds, and once that one is back', async ({
  db,
}) => {
  expect(await lookOnce(db)).toBe(0)
  await backupHealth.recordSuccess(db, 1_000)
  expect(await lookOnce(db)).toBe(0)
  await moveBack(db, 24)
  await backupHealth.recordFailure(db, 'a backup may take 9 MB, and 3 MB are free')
  expect(await lookThrice(db)).toBe(2)
  await moveBack(db, 12)
  expect([await lookOnce(db), await lookOnce(db)]).toEqual([2, 0])
  await backupHealth.recordSuccess(db, 1_000)
  expect(await lookThrice(db)).toBe(2)
  expect(await textsOfOne(db)).toEqual([
    expect.stringMatching(/Резервная копия не сделана.*\n<code>a backup may take 9 MB.*\nПоследняя сделана .*МСК\+7/),
    expect.stringMatching(/Резервной копии нет уже (?:36 ч|1 сут 12 ч).*\nПоследняя сделана/),
    expect.stringContaining('Резервная копия снова есть'),
  ])
  expect(await feedAlarms.listRaised(db)).toEqual(new Set())
})

test('a first attempt that failed begins the wait for a backup, and an alarm that nobody wants any more ends in silence', async ({
  db,
}) => {
  await backupHealth.recordFailure(db, 'away')
  await moveBack(db, 40)
  expect(await lookOnce(db)).toBe(4)
  expect((await textsOfOne(db))[1]).toContain('Ни одна ещё не удалась')
  expect(await lookOnce(db, undefined)).toBe(0)
  const { queues } = recordQueues()
  await watchBackup({ db, queues, overdueSeconds: undefined, adminChatIds: [11], zone, logger })
  expect(await feedAlarms.listRaised(db)).toEqual(new Set())
  expect(await textsOfOne(db)).toHaveLength(2)
})
