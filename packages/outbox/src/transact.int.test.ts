import { type Db, deliveries } from '@atermtrack/data'
import { openQueues, type QueueJob, sendTelegram, startWorker } from '@atermtrack/queue'
import { startRedis } from '@atermtrack/servers'
import { expect, openHealth, recordQueues, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { pino } from 'pino'
import { sweepPendingRows } from './sweep.ts'
import { collectJobs, type Outbox, transact, type Tx } from './transact.ts'

const logger = pino({ level: 'silent' })

async function writeMessage(tx: Tx): Promise<number> {
  const { id } = await deliveries.insertMessage(tx, { kind: 'alert', chatId: 7, text: 'x' })
  tx.enqueue(sendTelegram, { deliveryId: id })
  return id
}

async function idsOf(db: Db): Promise<readonly number[]> {
  return (await db.selectFrom('delivery').select('id').orderBy('id').execute()).map(({ id }) => id)
}

test('a job is enqueued when its row is there for everybody', async ({ db }) => {
  const seen: (readonly number[])[] = []
  const queues: Outbox['queues'] = { wake: async () => void seen.push(await idsOf(db)) }
  const id = await transact({ db, queues }, writeMessage)
  expect(seen).toEqual([[id]])
})

test('a transaction that is rolled back enqueues nothing', async ({ db }) => {
  const { queues, take } = recordQueues()
  const failing = transact({ db, queues }, async (tx) => {
    await writeMessage(tx)
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect([await idsOf(db), take(sendTelegram)]).toEqual([[], []])
})

test('a commit that fails enqueues nothing', async ({ db }) => {
  const { queues, take } = recordQueues()
  await sql`create table checked (id int primary key, other int references checked deferrable initially deferred)`.execute(
    db,
  )
  const failing = transact({ db, queues }, async (tx) => {
    await writeMessage(tx)
    await sql`insert into checked values (1, 2)`.execute(tx)
  })
  await expect(failing).rejects.toThrow()
  expect(take(sendTelegram)).toEqual([])
  await sql`drop table checked`.execute(db)
})

test('a payload that does not fit its contract rolls the transaction back', async ({ db }) => {
  const { queues } = recordQueues()
  const failing = transact({ db, queues }, async (tx) => {
    await writeMessage(tx)
    tx.enqueue(sendTelegram, { deliveryId: -1 })
  })
  await expect(failing).rejects.toThrow('deliveryId')
  expect(await idsOf(db)).toEqual([])
})

test('while Redis is away rows are committed all the same, and their jobs run when it is back', async ({
  db,
  queuePrefix,
}) => {
  await using redis = await startRedis()
  const connection = { url: redis.url, prefix: queuePrefix, logger }
  await using queues = openQueues(connection)
  const ran: number[] = []
  await using worker = startWorker(sendTelegram, async ({ deliveryId }) => void ran.push(deliveryId), {
    ...connection,
    health: openHealth(),
  })
  await worker.ready()
  await redis.kill9()
  const id = await transact({ db, queues }, writeMessage)
  expect(await idsOf(db)).toEqual([id])
  await redis.restart()
  await waitUntil(() => ran.length > 0, { what: 'the job', timeoutMs: 20_000 })
  expect(ran).toEqual([id])
})

test('a process that dies between commit and enqueue leaves its rows to the sweep', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const connection = { url: redisUrl, prefix: queuePrefix, logger }
  const id = await db.transaction().execute(async (tx) => writeMessage(collectJobs().collect(tx)))
  await sql`update delivery set enqueued_at = enqueued_at - interval '61 s'`.execute(db)
  await using queues = openQueues(connection)
  const sweep = async () => sweepPendingRows({ db, queues }, { seconds: 60, limit: 10 })
  expect([await sweep(), await sweep()]).toEqual([{ 'send-telegram': 1 }, {}])
  const ran: number[] = []
  await using _worker = startWorker(sendTelegram, async ({ deliveryId }) => void ran.push(deliveryId), {
    ...connection,
    health: openHealth(),
  })
  await waitUntil(() => ran.length > 0, { what: 'the job' })
  expect(ran).toEqual([id])
})

test('the sweep hands a row on with the trace of the work that has inserted it', async ({ db }) => {
  const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  await deliveries.insertMessage(db, { kind: 'alert', chatId: 7, text: 'x' })
  await deliveries.insertMessage(db, { kind: 'alert', chatId: 8, text: 'x' })
  await sql`update delivery set enqueued_at = now() - interval '61 s'`.execute(db)
  await sql`update delivery set trace = ${trace} where chat_id = 7`.execute(db)
  const seen: QueueJob[] = []
  const queues = { enqueueAll: async (jobs: readonly QueueJob[]) => void seen.push(...jobs) }
  await sweepPendingRows({ db, queues }, { seconds: 60, limit: 10 })
  // The sweep takes rows up in any order.
  expect(new Set(seen.map((job) => job.trace))).toEqual(new Set([trace, undefined]))
})
