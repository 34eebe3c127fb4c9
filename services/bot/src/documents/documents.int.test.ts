import type { Db } from '@atermtrack/data'
import { fetchDocument, importWorkbook, openProducer, sendTelegram, undoImport } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { expect, type Fixtures, onTestFinished, test, waitUntil } from '@atermtrack/testkit'
import { startSending } from '../deliveries/start-sending.ts'
import { createWorkbooks } from '../features/workbooks/workbooks.ts'
import { createTelegramApi } from '../telegram/telegram-api.ts'
import { anna, boris, startTestBot, token } from '../testing/start-test-bot.ts'
import { startFetching } from './start-fetching.ts'

const logger = createLogger({ service: 'bot', level: 'silent' })
const file = { bytes: Buffer.from('a workbook'), fileName: 'КП К25-073 <Селятино>.xlsx' }
const vera = 1003

test('a file of an admin becomes a workbook that waits for its import, with the chat to answer into', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin } = await start({ db, redisUrl, queuePrefix })
  await admin.sendDocument(file)
  const reply = await admin.waitForReply()
  expect(reply.text).toBe('📥 Принял файл «КП К25-073 <Селятино>.xlsx», читаю.')
  const stored = await storedWorkbooks(db, 1)
  expect(stored).toMatchObject([
    { origin: 'telegram', fileName: file.fileName, status: 'pending', replyChatId: anna, sender: null },
  ])
  expect(stored[0]?.content).toEqual(file.bytes)
  expect(await db.selectFrom('incomingDocument').select('status').execute()).toEqual([{ status: 'stored' }])
})

test('an operator may bring files, a viewer hears whose they are, and is answered what stands beside one', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { sandbox } = await start({ db, redisUrl, queuePrefix })
  const [operator, viewer] = [sandbox.person(boris), sandbox.person(vera)]
  await operator.sendDocument(file)
  expect((await operator.waitForReply()).text).toContain('Принял файл')
  await viewer.sendDocument(file)
  expect((await viewer.waitForReply()).text).toContain('присылают диспетчеры и администраторы')
  await viewer.sendDocument({ ...file, caption: 'где MSKU6011672?' })
  expect((await viewer.waitForReply()).text).toContain('MSKU6011672')
  expect(await storedWorkbooks(db, 1)).toHaveLength(1)
})

test('a file that is too big is not asked for', async ({ db, redisUrl, queuePrefix }) => {
  const { admin } = await start({ db, redisUrl, queuePrefix })
  await admin.sendDocument({ bytes: Buffer.alloc(20 * 1024 * 1024 + 1), fileName: 'большой.xlsx' })
  expect((await admin.waitForReply()).text).toContain('больше 20 МБ')
  expect(await db.selectFrom('incomingDocument').select('id').execute()).toEqual([])
})

test('a file that Telegram does not give is told; one that comes later is fetched all the same', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin, sandbox } = await start({ db, redisUrl, queuePrefix })
  sandbox.faults.add({ kind: 'error', code: 400, description: 'wrong file_id', method: 'getFile', times: 1 })
  await admin.sendDocument(file)
  await admin.waitForReply({ where: ({ text }) => text?.includes('не отдаёт файл') === true })
  expect(await db.selectFrom('incomingDocument').select(['status', 'reason']).execute()).toEqual([
    { status: 'failed', reason: 'gone' },
  ])
  sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 1, method: 'getFile', times: 1 })
  sandbox.faults.add({ kind: 'reset', method: 'getFile', times: 1 })
  await admin.sendDocument(file)
  expect(await storedWorkbooks(db, 1)).toHaveLength(1)
})

async function storedWorkbooks(db: Db, count: number) {
  const read = () =>
    db
      .selectFrom('workbook')
      .innerJoin('blob', 'blob.sha256', 'workbook.sha256')
      .select(['origin', 'fileName', 'status', 'replyChatId', 'sender', 'content'])
      .execute()
  await waitUntil(async () => (await read()).length >= count, { what: 'the workbook of the file' })
  return read()
}

/** Анна is the admin, Борис an operator, Вера a viewer. */
async function start({ db, redisUrl, queuePrefix }: Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'>) {
  const roles = { [anna]: null, [boris]: 'operator', [vera]: 'viewer' } as const
  for (const [id, role] of Object.entries(roles)) {
    await db
      .insertInto('person')
      .values({ telegramId: Number(id), firstName: `Person ${id}`, role })
      .execute()
  }
  const connection = { url: redisUrl, prefix: queuePrefix, logger }
  const producers = {
    importWorkbook: openProducer(importWorkbook, connection),
    undoImport: openProducer(undoImport, connection),
    fetchDocument: openProducer(fetchDocument, connection),
    sendTelegram: openProducer(sendTelegram, connection),
  }
  onTestFinished(async () => {
    await Promise.all(Object.values(producers).map(async (producer) => producer[Symbol.asyncDispose]()))
  })
  const features = [createWorkbooks({ zone: 'Asia/Vladivostok', producers })]
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, features, adminChatIds: [anna] })
  const api = createTelegramApi({ token, apiRoot: sandbox.apiRoot, logger })
  const parts = { db, api, logger, redisUrl, queuePrefix, producers, graceMs: 1_000 }
  const fetching = startFetching(parts)
  const sending = startSending({ ...parts, audience: { isOpen: true, adminIds: [anna] } })
  onTestFinished(async () => {
    await Promise.all([fetching[Symbol.asyncDispose](), sending[Symbol.asyncDispose]()])
    await api[Symbol.asyncDispose]()
  })
  return { sandbox, admin: sandbox.person(anna) }
}
