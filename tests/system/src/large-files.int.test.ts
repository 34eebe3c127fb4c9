import { createHash, randomBytes } from 'node:crypto'
import { type Db, deliveries, workbooks } from '@atermtrack/data'
import { openQueues, sendTelegram } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { expect, type Fixtures, readProcessMemory, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { openFileSink } from './file-sink.ts'
import { botToken, createSystem, openSandbox } from './system.ts'

// Takes up to 60 s: sends and receives half a gigabyte.

const megabyte = 1024 * 1024
const fileBytes = 45 * megabyte
const fileCount = 10
const logger = createLogger({ service: 'test', level: 'silent' })

type Place = Pick<Fixtures, 'db' | 'databaseUrl' | 'redisUrl' | 'queuePrefix'>

test('a bot that sends ten files of 45 MB stays within 150 MB of its memory without them', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, databaseUrl, redisUrl, queuePrefix }
  await using sending = await startSending(place)
  const { sink, bot, send } = sending
  const before = await readProcessMemory(bot.pid())
  await send(fileCount)
  await waitUntil(() => sink.uploads.length === fileCount, { what: 'all files', timeoutMs: 240_000 })
  const { peakMb } = await readProcessMemory(bot.pid())
  expect(sink.uploads.every((size) => size > fileBytes && size < fileBytes + 10_000)).toBe(true)
  expect(peakMb - before.residentMb).toBeLessThanOrEqual(150)
})

test('a short message does not wait for the large files before it', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, databaseUrl, redisUrl, queuePrefix }
  await using sending = await startSending(place)
  const { sink, send } = sending
  const letGo = sink.hold()
  await send(fileCount)
  await waitUntil(() => sink.begun() > 0, { what: 'the first upload', timeoutMs: 30_000 })
  const { id } = await deliveries.insertMessage(db, { kind: 'answer', chatId: 77, text: 'short' })
  await enqueue(place, [id])
  await waitUntil(() => sink.texts.length === 1, { what: 'the short message', timeoutMs: 30_000 })
  expect(sink.uploads).toEqual([])
  // Few enough files for a slow line to carry each within its time-out.
  expect(sink.begun()).toBeLessThanOrEqual(2)
  letGo()
  await waitUntil(() => sink.uploads.length === fileCount, { what: 'all files', timeoutMs: 240_000 })
})

test('three people who send 20 MB at once cost the bot and the reader of the files little memory', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using sandbox = await openSandbox()
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox })
  const services = await Promise.all([system.start('bot'), system.start('reporter')])
  await system.ready()
  const before = await Promise.all(services.map(async ({ pid }) => readProcessMemory(pid())))
  const bytes = [1, 2, 3].map(() => randomBytes(20 * megabyte - 1))
  await Promise.all(
    bytes.map(async (content, n) => sandbox.person(1001 + n).sendDocument({ bytes: content, fileName: `${n}.xlsx` })),
  )
  const statuses = async () => (await db.selectFrom('report').select('status').execute()).map(({ status }) => status)
  await waitUntil(async () => (await statuses()).join() === 'failed,failed,failed', {
    what: 'a verdict on each file',
    timeoutMs: 120_000,
  })
  const stored = await db
    .selectFrom('blob')
    .select(['sha256', sql<Buffer>`sha256(content)`.as('hash')])
    .execute()
  const hashes = bytes.map((content) => createHash('sha256').update(content).digest('hex'))
  expect(stored.map(({ sha256 }) => sha256.toString('hex')).toSorted()).toEqual(hashes.toSorted())
  expect(stored.every(({ sha256, hash }) => sha256.equals(hash))).toBe(true)
  const after = await Promise.all(services.map(async ({ pid }) => readProcessMemory(pid())))
  const grown = after.map(({ peakMb }, n) => peakMb - (before[n]?.residentMb ?? 0))
  const [bot = 0, reporter = 0] = grown
  expect(bot).toBeLessThanOrEqual(120)
  // The reporter reads the files, one at a time, and hands them to a process.
  expect(reporter).toBeLessThanOrEqual(300)
})

async function startSending(place: Place) {
  const { db, ...servers } = place
  const sink = await openFileSink()
  const env = { BOT_TOKEN: botToken, TELEGRAM_API_ROOT: sink.apiRoot }
  const system = createSystem({ ...servers, env })
  const bot = await system.start('bot')
  const workbookId = await storeWorkbook(db)
  await bot.ready()
  return {
    sink,
    bot,
    send: async (count: number) => sendToMany(place, workbookId, count),
    async [Symbol.asyncDispose]() {
      await system[Symbol.asyncDispose]()
      await sink[Symbol.asyncDispose]()
    },
  }
}

/** A file that does not compress. */
async function storeWorkbook(db: Db): Promise<number> {
  const content = randomBytes(fileBytes)
  const sha256 = createHash('sha256').update(content).digest()
  const id = await workbooks.insert(db, {
    origin: 'mail',
    fileName: 'Большой.xlsx',
    content,
    sha256,
    receivedAt: new Date(),
  })
  if (id === undefined) throw new Error('the workbook was there before')
  return id
}

/** One delivery of the workbook for each of so many chats. */
async function sendToMany(place: Place, workbookId: number, count: number): Promise<void> {
  const ids: number[] = []
  for (let chatId = 1; chatId <= count; chatId += 1) {
    const message = { kind: 'answer', chatId, text: 'file', workbookId } as const
    ids.push((await deliveries.insertMessage(place.db, message)).id)
  }
  await enqueue(place, ids)
}

async function enqueue({ redisUrl, queuePrefix }: Place, ids: readonly number[]): Promise<void> {
  await using queues = openQueues({ url: redisUrl, prefix: queuePrefix, logger })
  for (const deliveryId of ids) await queues.enqueue(sendTelegram, { deliveryId })
}
