import { type Db, subscriptions, subscriptionTemplates } from '@atermtrack/data'
import { createLogger } from '@atermtrack/runtime'
import { fixedSettings } from '@atermtrack/settings'
import { expect, type Fixtures, onTestFinished, test, waitUntil, openHealth } from '@atermtrack/testkit'
import { startSending } from '../deliveries/start-sending.ts'
import { createTelegramApi } from '../telegram/telegram-api.ts'
import { anna, boris, openTestQueues, openTo, startTestBot, token } from '../testing/start-test-bot.ts'
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

test('an operator brings data, and a viewer a workbook to be completed', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await start({ db, redisUrl, queuePrefix })
  const [operator, viewer] = [sandbox.person(boris), sandbox.person(vera)]
  await operator.sendDocument(file)
  expect((await operator.waitForReply()).text).toContain('Принял файл')
  expect(await storedWorkbooks(db, 1)).toHaveLength(1)
  await viewer.sendDocument({ ...file, bytes: Buffer.from('a list') })
  expect((await viewer.waitForReply()).text).toBe('📥 Принял файл «КП К25-073 <Селятино>.xlsx», дополняю статусами.')
  expect(await waitingReports(db, 1)).toEqual([
    { kind: 'annotated', status: 'pending', chatId: vera, name: file.fileName, content: Buffer.from('a list') },
  ])
  expect(await storedWorkbooks(db, 1)).toHaveLength(1)
})

test('a question beside a file of a viewer is answered too', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await start({ db, redisUrl, queuePrefix })
  const viewer = sandbox.person(vera)
  await viewer.sendDocument({ ...file, caption: 'где MSKU6011672?' })
  await viewer.waitForReply({ where: ({ text }) => text?.includes('дополняю статусами') === true })
  await viewer.waitForReply({ where: ({ text }) => text?.includes('MSKU6011672') === true })
  expect(await waitingReports(db, 1)).toHaveLength(1)
})

test.for(['статус', 'Дислокация, пожалуйста', 'проставь', 'Status?'])(
  'a dispatcher who writes “%s” beside a file wants it completed, not imported',
  async (caption, { db, redisUrl, queuePrefix }) => {
    const { sandbox } = await start({ db, redisUrl, queuePrefix })
    const operator = sandbox.person(boris)
    await operator.sendDocument({ ...file, caption })
    expect((await operator.waitForReply()).text).toContain('дополняю статусами')
    expect(await waitingReports(db, 1)).toMatchObject([{ chatId: boris }])
    expect(await storedWorkbooks(db, 0)).toEqual([])
  },
)

test('the button beside a file gives it back with statuses too, once', async ({ db, redisUrl, queuePrefix }) => {
  const { admin } = await start({ db, redisUrl, queuePrefix })
  await admin.sendDocument(file)
  await admin.waitForReply()
  await storedWorkbooks(db, 1)
  const press = await admin.press('📄 Дополнить статусами')
  expect(await admin.waitForAnswer(press)).toMatchObject({ text: 'Дополняю статусами, пришлю файлом' })
  expect(await waitingReports(db, 1)).toMatchObject([{ chatId: anna, content: file.bytes }])
  const edited = await admin.waitForReply({ where: ({ text }) => text?.includes('читаю его и дополняю') === true })
  expect(edited.reply_markup).toBeUndefined()
})

test('a button of somebody else does nothing', async ({ db, redisUrl, queuePrefix }) => {
  const { admin, sandbox } = await start({ db, redisUrl, queuePrefix })
  await admin.sendDocument(file)
  await admin.waitForReply()
  const [stored] = await storedWorkbooks(db, 1)
  const operator = sandbox.person(boris)
  await operator.say('/menu')
  const message = await operator.waitForReply()
  for (const data of [`v1:doc-annotate:1`, `v1:wb-annotate:${stored?.id}`, 'v1:wb-annotate:x', 'v1:doc-annotate']) {
    const press = await operator.pressData(data, message)
    expect((await operator.waitForAnswer(press)).text).toContain('устарела')
  }
  expect(await waitingReports(db, 0)).toEqual([])
})

test('a workbook that waits for a decision comes back with statuses to the person who brought it', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { sandbox } = await start({ db, redisUrl, queuePrefix })
  const operator = sandbox.person(boris)
  await operator.sendDocument(file)
  const message = await operator.waitForReply()
  const [stored] = await storedWorkbooks(db, 1)
  for (const text of ['Дополняю статусами, пришлю файлом', 'Уже дополняю, скоро пришлю']) {
    const press = await operator.pressData(`v1:wb-annotate:${stored?.id}`, message)
    expect(await operator.waitForAnswer(press)).toMatchObject({ text })
  }
  expect(await waitingReports(db, 1)).toMatchObject([{ chatId: boris, content: file.bytes }])
})

test('a file that is too big is not requested', async ({ db, redisUrl, queuePrefix }) => {
  const { admin } = await start({ db, redisUrl, queuePrefix })
  await admin.sendDocument({ bytes: Buffer.alloc(20 * 1024 * 1024 + 1), fileName: 'большой.xlsx' })
  expect((await admin.waitForReply()).text).toContain('больше 20 МБ')
  expect(await db.selectFrom('incomingDocument').select('id').execute()).toEqual([])
})

test('a file that Telegram does not provide is reported; one that comes later is still fetched', async ({
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

test('a file that answers the question for a template becomes it, and is not imported, until the owner removes it', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin } = await start({ db, redisUrl, queuePrefix })
  await admin.say('/menu')
  const message = await admin.waitForReply()
  const id = await aSubscription(db, anna)
  await admin.pressData(`v1:sub-template:${id}`, message)
  expect((await admin.waitForReply()).text).toContain('Пришлите свою таблицу')
  await admin.say('MSKU6011672')
  expect((await admin.waitForReply()).text).toContain('Жду файл .xlsx')
  await admin.sendDocument({ ...file, fileName: 'учёт.csv' })
  expect((await admin.waitForReply()).text).toContain('Нужен файл .xlsx')
  await admin.sendDocument(file)
  await admin.waitForReply({ where: ({ text }) => text?.includes('сохраняю как шаблон') === true })
  await admin.waitForReply({ where: ({ text }) => text?.includes('теперь приходят в вашем файле') === true })
  expect(await subscriptionTemplates.find(db, id)).toMatchObject({ fileName: file.fileName, failedReason: null })
  expect([await storedWorkbooks(db, 0), await waitingReports(db, 0)]).toEqual([[], []])
  await admin.pressData(`v1:sub-template:${id}`, message)
  await admin.waitForReply({ where: ({ text }) => text?.includes('Шаблон отчёта') === true })
  await admin.press('🗑 Удалить')
  await admin.waitForReply({ where: ({ text }) => text?.includes('Следующий отчёт') === true })
  expect(await subscriptionTemplates.find(db, id)).toBeUndefined()
})

test('nobody gives a template to the subscription of somebody else', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await start({ db, redisUrl, queuePrefix })
  const operator = sandbox.person(boris)
  await operator.say('/menu')
  const message = await operator.waitForReply()
  const id = await aSubscription(db, anna)
  for (const action of ['sub-template', 'sub-template-new', 'sub-template-out']) {
    const press = await operator.pressData(`v1:${action}:${id}`, message)
    expect((await operator.waitForAnswer(press)).text).toContain('устарела')
  }
})

async function aSubscription(db: Db, telegramId: number): Promise<number> {
  const { id: personId } = await db
    .selectFrom('person')
    .select('id')
    .where('telegramId', '=', telegramId)
    .executeTakeFirstOrThrow()
  const timed = { slots: ['09:00'], zone: 'Asia/Vladivostok', nextDueAt: new Date('2030-01-01T00:00:00Z') }
  const { id } = await subscriptions.insert(db, {
    ...timed,
    personId,
    name: 'Мой',
    items: [],
    createdUpdateId: 900_000,
  })
  return id
}

async function storedWorkbooks(db: Db, count: number) {
  const read = () =>
    db
      .selectFrom('workbook')
      .innerJoin('blob', 'blob.sha256', 'workbook.sha256')
      .select(['workbook.id', 'origin', 'fileName', 'status', 'replyChatId', 'sender', 'content'])
      .execute()
  await waitUntil(async () => (await read()).length >= count, { what: 'the workbook of the file' })
  return read()
}

async function waitingReports(db: Db, count: number) {
  const read = () =>
    db
      .selectFrom('report')
      .innerJoin('blob', 'blob.sha256', 'report.sourceSha256')
      .select(['kind', 'status', 'chatId', 'name', 'blob.content'])
      .execute()
  await waitUntil(async () => (await read()).length >= count, { what: 'the report that gives the file back' })
  return read()
}

/** Анна is the admin, Борис an operator, Вера a viewer. */
async function start({ db, redisUrl, queuePrefix }: Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'>) {
  const roles = { [anna]: null, [boris]: 'operator', [vera]: 'viewer' } as const
  for (const [id, role] of Object.entries(roles)) {
    await db
      .insertInto('person')
      .values({ telegramId: Number(id), firstName: `Person ${id}`, role, access: role ? 'granted' : 'none' })
      .execute()
  }
  const queues = openTestQueues({ redisUrl, queuePrefix })
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [anna] })
  const api = createTelegramApi({ token, apiRoot: sandbox.apiRoot, logger })
  const policy = openTo([anna])
  const parts = { db, api, logger, health: openHealth(), redisUrl, queuePrefix, queues, policy, graceMs: 1_000 }
  const fetching = startFetching(parts)
  const sending = startSending({ ...parts, settings: fixedSettings({ policy, scheduleZone: 'Asia/Vladivostok' }) })
  onTestFinished(async () => {
    await Promise.all([fetching[Symbol.asyncDispose](), sending[Symbol.asyncDispose]()])
    await api[Symbol.asyncDispose]()
  })
  return { sandbox, admin: sandbox.person(anna) }
}
