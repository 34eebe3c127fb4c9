import { type Db, mailLists } from '@atermtrack/data'
import { sendEmail } from '@atermtrack/queue'
import { containerNumber, expect, openPolicy, recordQueues, startSmtpServer, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { aJobContext } from '../../../test/seed.ts'
import { openMailer } from '../mailer.ts'
import { createSendEmail } from '../send-email.ts'
import { createSendEventMails } from './send-event-mails.ts'

const at = new Date('2026-11-30T05:00:00Z')

async function anEvent(db: Db, container: string, { kind = 'unloaded', ago = '5 minutes', isNews = true } = {}) {
  await sql`insert into event (container, kind, identity, happened_at, detected_at, is_news)
    values (${container}, ${kind}, ${at.toISOString()}, ${at}, now() - ${ago}::interval, ${isNews})`.execute(db)
}

/** A list of a train with these containers. */
async function aTrain(db: Db, code: string, client: string, containers: readonly string[]): Promise<void> {
  await sql`insert into blob (sha256, content) values (${code}::bytea, '') on conflict do nothing`.execute(db)
  await sql`insert into workbook (origin, file_name, sha256, size, received_at, status, kind)
    values ('mail', ${code}, ${code}::bytea, 1, now(), 'imported', 'train_roster')`.execute(db)
  await sql`insert into train_roster (workbook_id, train_code, sent_at) select max(id), ${code}, now() from workbook`.execute(
    db,
  )
  await sql`insert into train_roster_row (workbook_id, row_number, container, client, is_newest)
    select (select max(id) from workbook), n, container, ${client}, true
    from unnest(${containers}::text[]) with ordinality as line (container, n)`.execute(db)
}

async function aList(db: Db, changes: mailLists.MailListChange = {}): Promise<number> {
  const list = await mailLists.insert(db, 'Выгрузка')
  await mailLists.change(db, list!.id, { addresses: ['yard@example.test', 'office@example.test'], ...changes })
  await sql`update mail_list set created_at = now() - interval '1 day'`.execute(db)
  return list!.id
}

async function run(db: Db, emailCopies: readonly string[] = []): Promise<readonly number[]> {
  const { queues, take } = recordQueues()
  await createSendEventMails({ db, queues, sourceZone: 'Europe/Moscow', emailCopies, now: () => at })({}, aJobContext())
  return take(sendEmail).map(({ deliveryId }) => deliveryId)
}

async function mailedOf(db: Db) {
  return db.selectFrom('delivery').select(['address', 'subject', 'text']).orderBy('id').execute()
}

const [first, second, third] = [1, 2, 3].map(containerNumber) as [string, string, string]

test('unloadings are mailed once, by train, to each address of a list and to the fixed recipients', async ({ db }) => {
  await aTrain(db, 'К25-073', 'Ромашка', [first, second])
  await aList(db)
  for (const container of [first, second, third]) await anEvent(db, container)
  const runs = await Promise.all([run(db, ['copy@example.test']), run(db, ['copy@example.test'])])
  const queued = runs.flat()
  expect(queued).toHaveLength(3)
  expect(await run(db)).toEqual([])
  const rows = await mailedOf(db)
  expect(rows.map(({ address }) => address)).toEqual(['yard@example.test', 'office@example.test', 'copy@example.test'])
  expect(rows[0]!.subject).toBe('Выгрузка: выгружен 3 (3 контейнера, 1 поезд)')
  expect(rows[0]!.text).toContain('• К25-073: 2 контейнера\n• без поезда: 1 контейнер')

  await using server = await startSmtpServer()
  const { host, port } = server
  await using mailer = openMailer({
    host,
    port,
    secure: false,
    user: undefined,
    password: undefined,
    from: 'r@aterm.test',
  })
  const { queues } = recordQueues()
  const zone = { scheduleZone: 'Asia/Vladivostok', now: () => at }
  const send = createSendEmail({ db, queues, mailer, holder: 'me', repliesAreRead: true, policy: openPolicy, ...zone })
  for (const deliveryId of queued) await send({ deliveryId }, aJobContext())
  expect(server.messages.map(({ to }) => to)).toEqual([
    ['yard@example.test'],
    ['office@example.test'],
    ['copy@example.test'],
  ])
  const unfolded = String(server.messages[0]!.raw).replaceAll(/\r\n[ \t]+/gu, ' ')
  expect(unfolded).toContain('List-Unsubscribe: <mailto:r@aterm.test?subject=unsubscribe')
  expect(unfolded).toContain('spreadsheetml')
  // The operator alone takes a fixed recipient off.
  expect(server.messages.map(({ raw }) => String(raw).includes('List-Unsubscribe'))).toEqual([true, true, false])
})

test('a list gets the kinds, clients and trains that it asks for, and nothing that is not news', async ({ db }) => {
  await aTrain(db, 'К25-073', 'ООО «Ромашка»', [first])
  await aTrain(db, 'К25-074', 'ООО «Лютик»', [second])
  await aList(db, { clients: ['ромашка'] })
  for (const container of [first, second, third]) await anEvent(db, container)
  await anEvent(db, first, { kind: 'abandoned' })
  expect(await run(db)).toHaveLength(2)
  expect((await mailedOf(db))[0]!.subject).toBe('Выгрузка: выгружен 1 (1 контейнер, 1 поезд)')
  await aList(db, { trains: ['К25-074'], eventKinds: ['unloaded', 'abandoned'] })
  expect(await run(db)).toHaveLength(2)
  expect((await mailedOf(db)).at(-1)!.text).toContain('К25-074: 1 контейнер')
})

test('what is old, withdrawn, no news, or found a moment ago is not mailed', async ({ db }) => {
  await aList(db)
  await anEvent(db, first, { isNews: false })
  await anEvent(db, second, { ago: '2 days' })
  await anEvent(db, third, { ago: '1 second' })
  await sql`insert into event (container, kind, identity, happened_at, detected_at, withdrawn_at)
    values ('X', 'unloaded', 'x', now(), now() - interval '1 hour', now())`.execute(db)
  expect(await run(db)).toEqual([])
  await sql`update event set detected_at = now() - interval '2 minutes' where container = ${third}`.execute(db)
  expect(await run(db)).toHaveLength(2)
})

test('an address that answered «стоп» is off its list', async ({ db }) => {
  const id = await aList(db)
  await anEvent(db, first)
  const [deliveryId] = await run(db)
  const answered = { deliveryId: deliveryId!, address: 'YARD@example.test' }
  expect(await mailLists.dropAddress(db, answered)).toEqual({ id })
  expect(await mailLists.dropAddress(db, answered)).toBeUndefined()
  expect((await mailLists.find(db, id))?.addresses).toEqual(['office@example.test'])
})
