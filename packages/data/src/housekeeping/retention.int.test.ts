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

test('drafts of broadcasts go when nobody has sent them, those of a message to one person after a day', async ({
  db,
}) => {
  const personId = await aPerson(db)
  const toOne = JSON.stringify({ kind: 'person', personId })
  await sql`insert into broadcast (author_id, chat_id, text, status, audience, created_at) values
    (${personId}, 7, 'old draft', 'draft', null, now() - interval '15 days'),
    (${personId}, 7, 'young draft', 'draft', null, now() - interval '13 days'),
    (${personId}, 7, 'scheduled long ago', 'scheduled', null, now() - interval '15 days'),
    (${personId}, 7, 'old message', 'draft', ${toOne}, now() - interval '25 hours'),
    (${personId}, 7, 'young message', 'draft', ${toOne}, now() - interval '23 hours')`.execute(db)
  expect(await retention.deleteDrafts(db, { ...fortnight, limit: 1 })).toBe(1)
  expect(await retention.deleteDrafts(db, fortnight)).toBe(1)
  const rows = await db.selectFrom('broadcast').select('text').orderBy('id').execute()
  expect(rows.map(({ text }) => text)).toEqual(['young draft', 'scheduled long ago', 'young message'])
})

test('rows of the ledger go when they are over and old, unless something needs them', async ({ db }) => {
  const personId = await aPerson(db)
  const old = sql`now() - interval '15 days'`
  const insert = async (name: string, columns: Readonly<Record<string, string | number | null>> = {}) => {
    const values = { channel: 'telegram', kind: 'alert', chatId: 7, text: name, status: 'sent', ...columns } as never
    const { id } = await db.insertInto('delivery').values(values).returning('id').executeTakeFirstOrThrow()
    await sql`update delivery set created_at = ${old}, finished_at = ${old} where id = ${id}`.execute(db)
    return id
  }
  const { rows: reports } = await sql<{ id: number }>`
    insert into report (kind, person_id, chat_id, containers, planned_at, status, content)
    select 'lookup', ${personId}, 7, '{X}', now(), status::report_status, content::bytea
    from (values ('built', 'PK'), ('built', null), ('pending', null), ('built', null)) as made (status, content)
    returning id`.execute(db)
  const [kept, emptied, pending, repeated] = reports.map(({ id }) => id)
  const { rows: broadcasts } = await sql<{ id: number }>`
    insert into broadcast (author_id, chat_id, text, status)
    select ${personId}, 7, 'x', status::broadcast_status from unnest(array['paused', 'done']) as status returning id`.execute(
    db,
  )
  await sql`insert into alert (id, person_id, chat_id, form, topic, open_until)
    values (900, ${personId}, 7, 'like', 'x', now())`.execute(db)

  await insert('plain')
  await insert('waiting', { status: 'pending' })
  await insert('unknown', { status: 'unknown' })
  await insert('of a kept file', { reportId: kept! })
  await insert('of an emptied file', { reportId: emptied! })
  await insert('of a report that waits', { reportId: pending! })
  const first = await insert('repeated', { reportId: repeated! })
  await insert('its copy', { reportId: repeated!, repeatsId: first, status: 'pending' })
  await insert('of a paused broadcast', { broadcastId: broadcasts[0]!.id })
  await insert('of a finished broadcast', { broadcastId: broadcasts[1]!.id })
  await insert('of an alert', { noticePeriod: 900 })
  await insert('of a gone alert', { noticePeriod: 901 })
  const young = await insert('ended lately')
  await sql`update delivery set finished_at = now() where id = ${young}`.execute(db)

  expect(await retention.deleteDeliveries(db, { ...fortnight, limit: 1 })).toBe(1)
  expect(await retention.deleteDeliveries(db, fortnight)).toBe(3)
  const rows = await db.selectFrom('delivery').select('text').orderBy('id').execute()
  expect(rows.map(({ text }) => text)).toEqual([
    'waiting',
    'unknown',
    'of a kept file',
    'of a report that waits',
    'repeated',
    'its copy',
    'of a paused broadcast',
    'of an alert',
    'ended lately',
  ])
})
