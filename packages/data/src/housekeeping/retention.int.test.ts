import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as retention from './retention.ts'

const fortnight = { days: 14, limit: 100 }

async function aPerson(db: Db): Promise<number> {
  const row = await db.insertInto('person').values({ telegramId: 7 }).returning('id').executeTakeFirstOrThrow()
  return row.id
}

test('updates go when they are handled and old, except the newest', async ({ db }) => {
  await sql`insert into telegram_update (update_id, chat_id, payload, done_at) values
    (1, 7, '{}', now() - interval '15 days'), (2, 7, '{}', now() - interval '15 days'),
    (3, 7, '{}', now() - interval '13 days'), (4, 7, '{}', null),
    (5, 7, '{}', now() - interval '15 days')`.execute(db)
  expect(await retention.deleteUpdates(db, { ...fortnight, limit: 1 })).toBe(1)
  expect(await retention.deleteUpdates(db, fortnight)).toBe(1)
  const rows = await db.selectFrom('telegramUpdate').select('updateId').orderBy('updateId').execute()
  expect(rows.map(({ updateId }) => updateId)).toEqual([3, 4, 5])
})

test('old reports lose their workbook and keep the rest', async ({ db }) => {
  const personId = await aPerson(db)
  await sql`insert into report (kind, person_id, chat_id, containers, planned_at, status, content, file_name, created_at)
    values ('lookup', ${personId}, 7, '{X}', now(), 'built', 'PK', 'old.xlsx', now() - interval '15 days'),
      ('lookup', ${personId}, 7, '{X}', now(), 'built', 'PK', 'new.xlsx', now())`.execute(db)
  expect(await retention.emptyReports(db, fortnight)).toBe(1)
  const rows = await db.selectFrom('report').select(['fileName', 'content']).orderBy('id').execute()
  expect(rows).toEqual([
    { fileName: 'old.xlsx', content: null },
    { fileName: 'new.xlsx', content: Buffer.from('PK') },
  ])
})

test("a file of somebody's data is kept for a day", async ({ db }) => {
  const personId = await aPerson(db)
  await sql`insert into report (kind, person_id, chat_id, containers, planned_at, status, content, created_at)
    values ('personal_data', ${personId}, 7, '{}', now(), 'built', '{}', now() - interval '25 hours'),
      ('personal_data', ${personId}, 7, '{}', now(), 'built', '{}', now() - interval '23 hours')`.execute(db)
  expect(await retention.emptyReports(db, fortnight)).toBe(1)
})

test('dialogs, questions, unproved addresses and codes go with age', async ({ db }) => {
  const personId = await aPerson(db)
  const old = sql`now() - interval '15 days'`
  await sql`insert into dialog (chat_id, person_id, state, update_id, expires_at)
    values (7, ${personId}, '{}', 1, ${old}), (8, ${personId}, '{}', 1, now())`.execute(db)
  await sql`insert into lookup (person_id, containers, found, created_at)
    values (${personId}, '{X}', 1, ${old}), (${personId}, '{X}', 1, now())`.execute(db)
  await sql`insert into email_address (person_id, address, code_expires_at)
    values (${personId}, 'a@example.test', now())`.execute(db)
  await sql`insert into delivery (channel, kind, email_address_id, text, status, created_at)
    select 'email', 'code', id, '123456', status::delivery_status, ${old}
    from email_address, unnest(array['failed', 'pending']) as status`.execute(db)
  expect(await retention.deleteDialogs(db, fortnight)).toBe(1)
  expect(await retention.deleteLookups(db, fortnight)).toBe(1)
  expect(await retention.eraseCodes(db, fortnight)).toBe(1)
  expect(await retention.deleteUnprovedAddresses(db, fortnight)).toBe(0)
  await sql`update email_address set code_expires_at = ${old}`.execute(db)
  expect(await retention.deleteUnprovedAddresses(db, fortnight)).toBe(1)
})
