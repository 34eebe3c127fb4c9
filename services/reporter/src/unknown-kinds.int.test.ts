import { openDb, reports } from '@atermtrack/data'
import { JobDelayed } from '@atermtrack/queue'
import { expect, readLedger, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { build } from '../test/build.ts'
import { aPerson } from '../test/seed.ts'

test('a report of a kind that only a newer release knows waits for a copy of that release', async ({
  ownPostgres,
  redisUrl,
  queuePrefix,
}) => {
  await using db = openDb({ url: ownPostgres.url })
  const { id: personId, telegramId: chatId } = await aPerson(db)
  const { id } = await reports.insertLookup(db, { personId, chatId, containers: ['CSQU3054383'], updateId: 1 })
  await sql`alter type report_kind add value 'hologram'`.execute(db)
  await sql`update report set kind = 'hologram' where id = ${id}`.execute(db)
  await expect(build({ db, redisUrl, queuePrefix }, id)).rejects.toThrow(JobDelayed)
  const row = await db.selectFrom('report').select(['status', 'attempts', 'startedBy']).executeTakeFirstOrThrow()
  expect(row).toEqual({ status: 'pending', attempts: 0, startedBy: null })
  expect(await readLedger(db)).toEqual([])
})
