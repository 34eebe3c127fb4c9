import { type Db, noticePeriods } from '@atermtrack/data'
import { notice } from '@atermtrack/messages'
import { openQueues, sendTelegram, startWorker } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { startSandbox } from '@atermtrack/sandbox'
import { expect, type Fixtures, onTestFinished, test, openHealth, waitUntil } from '@atermtrack/testkit'
import { createTelegramApi } from '../telegram/telegram-api.ts'
import { openTo } from '../testing/start-test-bot.ts'
import { testHealth } from '../testing/test-health.ts'
import { createSendTelegram } from './send-telegram.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const anna = 1001
const boris = 1002

async function start({ db, redisUrl, queuePrefix }: Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'>) {
  const sandbox = await startSandbox()
  const api = createTelegramApi({ token: '7000000001:test', apiRoot: sandbox.apiRoot, logger })
  const connection = { url: redisUrl, prefix: queuePrefix, logger }
  const send = createSendTelegram({
    db,
    api,
    health: testHealth(db),
    policy: openTo([anna, boris]),
    holder: 'test',
    scheduleZone: 'Asia/Vladivostok',
  })
  const worker = startWorker(sendTelegram, send, { ...connection, health: openHealth() })
  const queues = openQueues(connection)
  onTestFinished(async () => {
    await queues[Symbol.asyncDispose]()
    await worker[Symbol.asyncDispose]()
    await api[Symbol.asyncDispose]()
    await sandbox[Symbol.asyncDispose]()
  })
  const put = async (count: number, chatId = anna, pauseSeconds = 0) => {
    const message = { periodId: 7, chatId, notice: notice('groups_wait', { count }), pauseSeconds }
    const id = await noticePeriods.upsertGathered(db, message)
    if (id !== undefined) await queues.enqueue(sendTelegram, { deliveryId: id })
    return id
  }
  const calls = () => sandbox.calls.map(({ method, chatId, payload }) => [method, chatId, countIn(payload['text'])])
  return { sandbox, put, calls }
}

/** The number that a message of these tests is about. */
function countIn(text: unknown): number {
  return Number(/\d+/u.exec(String(text))?.[0])
}

async function sent(db: Db, id: number | undefined): Promise<void> {
  const row = db
    .selectFrom('delivery')
    .select('status')
    .where('id', '=', id ?? 0)
  await waitUntil(async () => (await row.executeTakeFirst())?.status === 'sent', { what: `delivery ${id} to be sent` })
}

test('a notice that grows stays one message in each chat', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox, put, calls } = await start({ db, redisUrl, queuePrefix })
  for (const count of [1, 2, 3]) {
    await sent(db, await put(count))
    await sent(db, await put(count, boris))
  }
  expect(calls().filter(([, chatId]) => chatId === anna)).toEqual([
    ['sendMessage', anna, 1],
    ['editMessageText', anna, 2],
    ['editMessageText', anna, 3],
  ])
  expect(
    sandbox
      .person(anna)
      .messages()
      .map(({ text }) => countIn(text)),
  ).toEqual([3])
  expect(
    sandbox
      .person(boris)
      .messages()
      .map(({ text }) => countIn(text)),
  ).toEqual([3])
})

test('an addition that comes while an edit waits leaves with the edit', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox, put, calls } = await start({ db, redisUrl, queuePrefix })
  await sent(db, await put(1))
  const edit = await put(2, anna, 2)
  expect(edit).toBeDefined()
  for (let n = 3; n <= 50; n++) expect(await put(n, anna, 2)).toBeUndefined()
  await sent(db, edit)
  expect(calls().map(([method]) => method)).toEqual(['sendMessage', 'editMessageText'])
  expect(
    sandbox
      .person(anna)
      .messages()
      .map(({ text }) => countIn(text)),
  ).toEqual([50])
})

test('a message that its reader has deleted is sent again, and the new one is edited', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { put, calls } = await start({ db, redisUrl, queuePrefix })
  await sent(db, await put(1))
  await db.updateTable('delivery').set({ telegramMessageId: 999_999 }).execute()
  await sent(db, await put(2))
  await sent(db, await put(3))
  await sent(db, await put(3))
  expect(calls().map(([method, , text]) => [method, text])).toEqual([
    ['sendMessage', 1],
    ['editMessageText', 2],
    ['sendMessage', 2],
    ['editMessageText', 3],
    ['editMessageText', 3],
  ])
})
