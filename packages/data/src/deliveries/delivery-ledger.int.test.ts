import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as deliveries from './deliveries.ts'
import * as ledger from './delivery-ledger.ts'

async function aPerson(db: Db, telegramId = 1001): Promise<number> {
  const row = db.insertInto('person').values({ telegramId, firstName: 'Анна', access: 'granted' }).returning('id')
  return (await row.executeTakeFirstOrThrow()).id
}

async function aSentReport(db: Db, personId: number, chatId = 1001) {
  const { rows } = await sql<{ id: number }>`
    insert into report (kind, person_id, chat_id, containers, planned_at, status, content, file_name, name, built_at)
    values ('slot', ${personId}, ${chatId}, '{X}', now(), 'built', 'PK', 'x.xlsx', 'Новосибирск', now()) returning id`.execute(
    db,
  )
  const reportId = rows[0]!.id
  const [row] = await deliveries.insertForReport(db, { reportId, kind: 'report', personId, chatId, text: 'x' })
  await sql`update delivery set status = 'sent', attempts = 1, telegram_message_id = 5,
    finished_at = now() - interval '1 hour' where id = ${row!.id}`.execute(db)
  return { reportId, deliveryId: row!.id }
}

test('shows how each delivery ended, and nothing of a code', async ({ db }) => {
  const personId = await aPerson(db)
  await aSentReport(db, personId)
  const { id } = await deliveries.insertEmail(db, {
    kind: 'code',
    address: 'anna@example.test',
    subject: 'x',
    text: '123456',
  })
  await sql`update delivery set status = 'failed', error = 'no such user', error_code = 550 where id = ${id}`.execute(
    db,
  )
  const { rows, hasMore } = await ledger.listLedger(db, { filter: 'all', offset: 0, limit: 9 })
  expect(rows).toMatchObject([
    {
      id,
      status: 'failed',
      channel: 'email',
      address: 'anna@example.test',
      what: '',
      error: 'no such user',
      errorCode: 550,
    },
    { status: 'sent', channel: 'telegram', name: 'Анна', what: 'Новосибирск', attempts: 1, messageId: '5' },
  ])
  expect(hasMore).toBe(false)
  const counts = await Promise.all(
    ledger.ledgerFilters.map(
      async (filter) => (await ledger.listLedger(db, { filter, offset: 0, limit: 9 })).rows.length,
    ),
  )
  expect(counts).toEqual([2, 0, 1, 1])
  expect(await ledger.listLedger(db, { filter: 'all', offset: 0, limit: 1 })).toMatchObject({ hasMore: true })
})

test('sends the file of a report again to its own person, once a minute', async ({ db }) => {
  const personId = await aPerson(db)
  const { reportId, deliveryId } = await aSentReport(db, personId)
  expect((await ledger.listOwnReports(db, personId, { offset: 0, limit: 9 })).rows).toMatchObject([
    { reportId, name: 'Новосибирск', status: 'sent' },
  ])
  const asked = await Promise.all([1, 2].map(async () => ledger.sendAgain(db, { reportId, personId })))
  expect(asked.filter((each) => typeof each === 'object')).toEqual([
    { id: deliveryId, channel: 'telegram', kind: 'report' },
  ])
  await sql`update delivery set status = 'sent', finished_at = now()`.execute(db)
  expect(await ledger.sendAgain(db, { reportId, personId })).toBe('sent_just_now')
})

test('sends nothing of somebody else, of a group, or without its file', async ({ db }) => {
  const personId = await aPerson(db)
  const other = await aPerson(db, 1002)
  const { reportId } = await aSentReport(db, personId)
  const { reportId: ofGroup } = await aSentReport(db, personId, -500)
  expect(await ledger.sendAgain(db, { reportId, personId: other })).toBe('gone')
  expect(await ledger.sendAgain(db, { reportId: ofGroup, personId })).toBe('gone')
  await sql`update report set content = null`.execute(db)
  expect(await ledger.sendAgain(db, { reportId, personId })).toBe('gone')
  expect((await ledger.listOwnReports(db, personId, { offset: 0, limit: 9 })).rows).toEqual([])
})
