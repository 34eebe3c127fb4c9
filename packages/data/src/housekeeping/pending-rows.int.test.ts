import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as pendingRows from './pending-rows.ts'

const limits = { seconds: 60, limit: 10 }

async function claimReports(db: Db): Promise<readonly number[]> {
  return (await pendingRows.claim(db, 'build-report', limits)).map(({ id }) => id)
}

test('a forgotten row is claimed once a minute, by one of many', async ({ db }) => {
  const person = await db.insertInto('person').values({ telegramId: 7 }).returning('id').executeTakeFirstOrThrow()
  await sql`insert into report (kind, person_id, chat_id, containers, planned_at, status, created_at, enqueued_at)
    select 'lookup', ${person.id}, 7, '{X}', now(), status::report_status, now() - age::interval, now() - enqueued::interval
    from (values ('pending', '61 s', null), ('pending', '1 h', '61 s'), ('pending', '1 h', '59 s'),
      ('pending', '59 s', null), ('built', '1 h', null)) as row (status, age, enqueued)`.execute(db)
  const claimed = await Promise.all([claimReports(db), claimReports(db)])
  expect(claimed.flat().toSorted((a, b) => a - b)).toEqual([1, 2])
  expect(await claimReports(db)).toEqual([])
})

test('a broadcast is claimed only while it is under way', async ({ db }) => {
  const person = await db.insertInto('person').values({ telegramId: 7 }).returning('id').executeTakeFirstOrThrow()
  await sql`insert into broadcast (author_id, chat_id, text, status, created_at)
    select ${person.id}, 7, 'Всем', status::broadcast_status, now() - interval '1 h'
    from unnest(array['draft', 'expanding', 'sending', 'paused', 'done']) as status`.execute(db)
  expect(new Set((await pendingRows.claim(db, 'expand-broadcast', limits)).map(({ id }) => id))).toEqual(
    new Set([2, 3]),
  )
})
