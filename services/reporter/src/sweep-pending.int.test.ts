import { type Db, deliveries, incomingDocuments, reports } from '@atermtrack/data'
import { type DeclaredRowQueue, openQueues, rowContracts, startWorker } from '@atermtrack/queue'
import { expect, openHealth, openPolicy, test, waitUntil } from '@atermtrack/testkit'
import { Redis } from 'ioredis'
import { sql } from 'kysely'
import { aJobContext, aPerson, aProvedAddress, silent } from '../test/seed.ts'
import { createSweepPending } from './sweep-pending.ts'

type Place = { readonly db: Db; readonly redisUrl: string; readonly queuePrefix: string }

async function sweepOnce({ db, redisUrl, queuePrefix }: Place): Promise<void> {
  await using queues = openQueues({ url: redisUrl, prefix: queuePrefix, logger: silent })
  await createSweepPending({ db, queues, emailIsOn: true })({}, aJobContext())
}

/** Runs everything that is queued for rows and returns it as `queue:id`, sorted. */
async function runQueued({ redisUrl, queuePrefix }: Place, expected: number): Promise<readonly string[]> {
  const connection = { url: redisUrl, prefix: queuePrefix, logger: silent, health: openHealth() }
  const ran: string[] = []
  const workers = rowContracts.map((contract) =>
    startWorker(
      contract as DeclaredRowQueue<object>,
      async (payload) => void ran.push(`${contract.name}:${Object.values(payload).join(' ')}`),
      connection,
    ),
  )
  try {
    await waitUntil(() => ran.length >= expected, { what: 'the queued jobs' })
  } finally {
    await Promise.all(workers.map(async (worker) => worker[Symbol.asyncDispose]()))
  }
  return ran.toSorted()
}

/** One row of each kind that waits for a job. */
async function oneOfEach(db: Db) {
  const { id: personId, telegramId: chatId } = await aPerson(db)
  const { id: emailAddressId } = await aProvedAddress(db, personId, 'anna@example.test')
  const sha256 = Buffer.alloc(32)
  await db.insertInto('blob').values({ sha256, content: sha256 }).execute()
  const arrival = { origin: 'mail', fileName: 'a.xlsx', sha256, size: 32, receivedAt: new Date() } as const
  const undone = { ...arrival, status: 'imported', kind: 'dislocation', reason: 'undo_requested' } as const
  const alerted = { ...arrival, status: 'held', alertsDueAt: new Date() } as const
  const workbooks = await db
    .insertInto('workbook')
    .values([arrival, undone, alerted])
    .returning(['id', 'status'])
    .execute()
  const idOf = (status: string) => workbooks.find((workbook) => workbook.status === status)?.id
  const file = { fileId: 'BQAC', fileName: 'b.xlsx', sentAt: new Date() }
  const documentId = await incomingDocuments.insert(db, { updateId: 7, purpose: 'import', personId, chatId, ...file })
  const report = await reports.insertLookup(db, { personId, chatId, containers: [], updateId: 1 })
  const broadcast = await db
    .insertInto('broadcast')
    .values({ authorId: personId, chatId, text: 'Всем', status: 'expanding' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const message = await deliveries.insertMessage(db, { kind: 'alert', chatId, text: 'Тихо' })
  const code = { kind: 'code', emailAddressId, personId, subject: 'Код', text: '123456' } as const
  const email = await deliveries.insertEmail(db, code)
  return [
    `build-report:${report.id}`,
    `expand-broadcast:${broadcast.id}`,
    `fetch-document:${documentId}`,
    `import-workbook:${idOf('pending')}`,
    `raise-alerts:${idOf('held')}`,
    `send-email:${email.id}`,
    `send-telegram:${message.id}`,
    `undo-import:${idOf('imported')}`,
  ]
}

/** Lets the rows wait for a minute already. */
async function age(db: Db): Promise<void> {
  for (const table of ['workbook', 'incoming_document', 'report', 'broadcast', 'delivery']) {
    await sql`update ${sql.table(table)} set created_at = created_at - interval '61 s',
      enqueued_at = enqueued_at - interval '61 s'`.execute(db)
  }
  await sql`update workbook set alerts_due_at = alerts_due_at - interval '61 s'`.execute(db)
}

async function wipeQueues({ redisUrl, queuePrefix }: Place): Promise<void> {
  const redis = new Redis(redisUrl)
  await redis.unlink(await redis.keys(`${queuePrefix}*`))
  redis.disconnect()
}

test('rows that wait in the database are enqueued once after Redis was wiped', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const jobs = await oneOfEach(db)
  expect(jobs.map((job) => job.split(':')[0])).toEqual(rowContracts.map(({ name }) => name).toSorted())
  await age(db)
  await sweepOnce(place)
  await wipeQueues(place)
  await age(db)
  await sweepOnce(place)
  await age(db)
  await sweepOnce(place)
  expect(await runQueued(place, jobs.length)).toEqual(jobs)
})

test('a row that waits for less than a minute is left alone', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  await oneOfEach(db)
  await sweepOnce(place)
  const redis = new Redis(redisUrl)
  expect(await redis.keys(`${queuePrefix}:*:wait*`)).toEqual([])
  expect(await redis.keys(`${queuePrefix}:*:prioritized*`)).toEqual([])
  redis.disconnect()
})

test('an answer whose sender died becomes unknown and an alert leaves again, a claimed one does neither', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const cut = await deliveries.insertMessage(db, { kind: 'answer', chatId: 1, text: 'Тихо' })
  const cutAlert = await deliveries.insertMessage(db, { kind: 'alert', chatId: 3, text: 'Тихо' })
  const inHand = await deliveries.insertMessage(db, { kind: 'answer', chatId: 2, text: 'Тихо' })
  for (const { id } of [cut, cutAlert, inHand]) await deliveries.claim(db, id, { holder: 'me', policy: openPolicy })
  await sql`update delivery set sending_at = sending_at - interval '121 s' where id <> ${inHand.id}`.execute(db)
  await sweepOnce({ db, redisUrl, queuePrefix })
  const rows = await db.selectFrom('delivery').select(['id', 'status']).orderBy('id').execute()
  expect(rows).toEqual([
    { id: cut.id, status: 'unknown' },
    { id: cutAlert.id, status: 'retry' },
    { id: inHand.id, status: 'sending' },
  ])
})
