import { expect, openPolicy, test } from '@atermtrack/testkit'
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

const page = { offset: 0, limit: 9 }

test('sends the file of a report again as a row of its own, once a minute', async ({ db }) => {
  const personId = await aPerson(db)
  const { reportId, deliveryId } = await aSentReport(db, personId)
  expect((await ledger.listOwnReports(db, personId, page)).rows).toMatchObject([
    { reportId, name: 'Новосибирск', status: 'sent', isMailed: false },
  ])
  const asked = await Promise.all([1, 2].map(async () => again(db, { reportId, personId })))
  expect(asked.filter((each) => typeof each === 'object')).toEqual([
    [{ id: expect.any(Number), channel: 'telegram', kind: 'report' }],
  ])
  expect(await copiesOf(db)).toEqual([
    { id: deliveryId, status: 'sent', attempts: 1, repeatsId: null, text: 'x' },
    { id: expect.any(Number), status: 'pending', attempts: 0, repeatsId: deliveryId, text: 'x' },
  ])
  expect((await ledger.listOwnReports(db, personId, page)).rows).toHaveLength(1)
  await sql`update delivery set status = 'sent', finished_at = now() where repeats_id is not null`.execute(db)
  expect(await again(db, { reportId, personId })).toBe('sent_just_now')
  await sql`update delivery set finished_at = now() - interval '2 minutes'`.execute(db)
  expect(await again(db, { reportId, personId })).toHaveLength(1)
})

test('mails it again to the addresses that still get mail', async ({ db }) => {
  const personId = await aPerson(db)
  const { reportId } = await aSentReport(db, personId)
  expect(await again(db, { reportId, personId, channel: 'email' })).toBe('gone')
  const [open, paused] = [await anAddress(db, personId, 'a@b.example'), await anAddress(db, personId, 'c@d.example')]
  const mail = { subject: 'Дислокация', emailText: 'Таблица', emailAddressIds: [open, paused], copies: ['e@f.example'] }
  await deliveries.insertForReport(db, { reportId, kind: 'report', personId, chatId: 1001, text: 'x', ...mail })
  await sql`update delivery set status = 'sent', finished_at = now() - interval '1 hour'`.execute(db)
  await sql`update email_address set unsubscribed_at = now() where id = ${paused}`.execute(db)
  expect((await ledger.listOwnReports(db, personId, page)).rows).toMatchObject([{ reportId, isMailed: true }])
  const queued = await again(db, { reportId, personId, channel: 'email' })
  expect(queued).toMatchObject([{ channel: 'email', kind: 'report' }])
  const rows = db.selectFrom('delivery').select(['channel', 'emailAddressId', 'address', 'subject', 'status', 'text'])
  expect(await rows.where('repeatsId', 'is not', null).execute()).toEqual([
    { channel: 'email', emailAddressId: open, address: '', subject: 'Дислокация', status: 'pending', text: 'Таблица' },
  ])
  // What is on its way by e-mail does not keep the chat from getting it.
  expect(await again(db, { reportId, personId })).toHaveLength(1)
})

test('a file that its reader may not have any more is not sent again', async ({ db }) => {
  const personId = await aPerson(db)
  const { reportId } = await aSentReport(db, personId)
  await sql`update report set built_for = 'company:9'`.execute(db)
  const [copy] = (await again(db, { reportId, personId })) as readonly deliveries.QueuedDelivery[]
  const claim = await deliveries.claim(db, copy!.id, { holder: 'me', policy: openPolicy })
  expect(claim).toEqual({ kind: 'done', status: 'cancelled' })
  const { status } = await db.selectFrom('report').select('status').executeTakeFirstOrThrow()
  expect(status).toBe('built')
  expect((await copiesOf(db)).map((row) => row.status)).toEqual(['sent', 'cancelled', 'pending'])
})

test('sends nothing of somebody else, of a group, or without its file', async ({ db }) => {
  const personId = await aPerson(db)
  const other = await aPerson(db, 1002)
  const { reportId } = await aSentReport(db, personId)
  const { reportId: ofGroup } = await aSentReport(db, personId, -500)
  expect(await again(db, { reportId, personId: other })).toBe('gone')
  expect(await again(db, { reportId: ofGroup, personId })).toBe('gone')
  await sql`update report set content = null`.execute(db)
  expect(await again(db, { reportId, personId })).toBe('gone')
  expect((await ledger.listOwnReports(db, personId, page)).rows).toEqual([])
})

async function again(
  db: Db,
  asked: { readonly reportId: number; readonly personId: number; readonly channel?: 'telegram' | 'email' },
) {
  return db.transaction().execute(async (tx) => ledger.sendAgain(tx, { channel: 'telegram', ...asked }))
}

async function copiesOf(db: Db) {
  return db.selectFrom('delivery').select(['id', 'status', 'attempts', 'repeatsId', 'text']).orderBy('id').execute()
}

async function anAddress(db: Db, personId: number, address: string): Promise<number> {
  const values = { personId, address, verifiedAt: new Date() }
  return (await db.insertInto('emailAddress').values(values).returning('id').executeTakeFirstOrThrow()).id
}
