import { type Db, deliveries, reportBatches, reports } from '@atermtrack/data'
import { deliveryPriority, openQueues, sendTelegram, startWorker } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { type Sandbox, startSandbox } from '@atermtrack/sandbox'
import {
  describe,
  expect,
  type Fixtures,
  onTestFinished,
  openHealth,
  openPolicy,
  test,
  waitUntil,
} from '@atermtrack/testkit'
import { createTelegramApi } from '../telegram/telegram-api.ts'
import { anna, boris, openSandbox, token } from '../testing/start-test-bot.ts'
import { testHealth } from '../testing/test-health.ts'
import { createSendTelegram } from './send-telegram.ts'

const logger = createLogger({ service: 'test', level: 'silent' })

describe('a delivery', () => {
  test('leaves once, whatever the number of jobs', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox, ring } = await start({ db, redisUrl, queuePrefix })
    const markup = { inline_keyboard: [[{ text: 'Показать', callback_data: 'v1:x' }]] }
    const { id } = await deliveries.insertMessage(db, { kind: 'alert', chatId: anna, text: '<b>тихо</b>', markup })
    await ring(id)
    await waitForOutcome(db, id)
    await ring(id)
    await ring((await aMessage(db)).id)
    await waitUntil(() => sends(sandbox).length === 2, { what: 'the second message' })
    expect(sends(sandbox)[0]?.payload).toMatchObject({ text: '<b>тихо</b>', reply_markup: markup })
    expect(await rowOf(db, id)).toMatchObject({ status: 'sent', attempts: 1, telegramMessageId: expect.any(Number) })
  })

  test('with a workbook is uploaded once and resent by its file id', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox, ring } = await start({ db, redisUrl, queuePrefix })
    const id = await aReport(db)
    const cut = sandbox.faults.add({ kind: 'serverError', method: 'sendDocument', times: 1 })
    await ring(id)
    expect(await waitForOutcome(db, id)).toBe('unknown')
    expect(cut.hits()).toBe(1)
    for (let n = 0; n < 2; n += 1) {
      if (n > 0) await db.updateTable('delivery').set({ status: 'unknown' }).execute()
      await deliveries.resend(db, id)
      // Enqueues until the job runs: while the former job is about to end, another is not added.
      const sent = async () => ring(id).then(async () => (await rowOf(db, id)).status === 'sent')
      await waitUntil(sent, { what: 'the delivery to be sent again' })
    }
    const documents = sends(sandbox).map(({ payload }) => payload['document'])
    expect(documents).toEqual([
      expect.objectContaining({ fileName: 'Отчёт.xlsx' }),
      expect.objectContaining({ fileName: 'Отчёт.xlsx' }),
      expect.any(String),
    ])
    expect(sends(sandbox)[2]?.payload).toMatchObject({ caption: '<b>2 контейнера</b>' })
  })

  test('whose file Telegram has forgotten is uploaded again', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox, ring } = await start({ db, redisUrl, queuePrefix })
    const id = await aReport(db)
    await db.updateTable('report').set({ telegramFileId: 'long-gone' }).execute()
    await ring(id)
    expect(await waitForOutcome(db, id)).toBe('sent')
    expect(sends(sandbox).map(({ status }) => status)).toEqual([400, 200])
  })

  test('with broken markup arrives as plain text', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox, ring } = await start({ db, redisUrl, queuePrefix })
    const { id } = await aMessage(db, anna, '<b>5 &lt; 7')
    await ring(id)
    expect(await waitForOutcome(db, id)).toBe('sent')
    expect(sandbox.person(anna).messages().at(-1)?.text).toBe('5 < 7')
  })
})

describe('a refusal', () => {
  test('of a blocked chat marks the person, and is no failure', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox, ring } = await start({ db, redisUrl, queuePrefix })
    await db.insertInto('person').values({ telegramId: anna }).execute()
    await sandbox.person(anna).block()
    const { id } = await aMessage(db)
    await ring(id)
    expect(await waitForOutcome(db, id)).toBe('blocked')
    const marked = db.selectFrom('person').select('unreachableReason').where('unreachableSince', 'is not', null)
    const person = await waitUntil(async () => marked.executeTakeFirst(), { what: 'the person to be marked' })
    expect(person.unreachableReason).toContain('blocked')
  })

  test('of a group that moved sends to its new id', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox, ring } = await start({ db, redisUrl, queuePrefix })
    const group = sandbox.group({ title: 'Смена', members: [anna] })
    const { id } = await aMessage(db, group.id)
    const moved = group.migrate()
    await ring(id)
    expect(await waitForOutcome(db, id)).toBe('sent')
    expect(await rowOf(db, id)).toMatchObject({ chatId: moved.id })
    expect(moved.messages().at(-1)?.text).toBe('x')
  })

  test('429 of a group delays that group alone', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox, ring } = await start({ db, redisUrl, queuePrefix })
    const group = sandbox.group({ title: 'Смена', members: [anna] })
    sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 2, chatId: group.id, times: 1 })
    const ids = [await aMessage(db, group.id), await aMessage(db, boris)].map(({ id }) => id)
    for (const id of ids) await ring(id)
    for (const id of ids) expect(await waitForOutcome(db, id)).toBe('sent')
    const [refused, again, ...more] = sends(sandbox).filter(({ chatId }) => chatId === group.id)
    expect(more).toEqual([])
    expect(again!.at - refused!.at).toBeGreaterThanOrEqual(2_000)
    const [other] = sends(sandbox).filter(({ chatId }) => chatId === boris)
    expect(other!.at).toBeLessThan(again!.at)
    expect(await rowOf(db, ids[0]!)).toMatchObject({ attempts: 1 })
  })

  test('429 of a private chat delays that chat alone', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox, ring } = await start({ db, redisUrl, queuePrefix })
    sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 3, chatId: anna, times: 1 })
    const first = await aMessage(db, anna)
    await ring(first.id)
    // Put back: by now the 429 has been read.
    await waitUntil(async () => (await rowOf(db, first.id)).status === 'retry', { what: 'the first to be put back' })
    const [second, third] = [await aMessage(db, anna), await aMessage(db, boris)]
    for (const { id } of [second, third]) await ring(id)
    for (const { id } of [first, second, third]) expect(await waitForOutcome(db, id)).toBe('sent')
    const [refused, ...later] = sends(sandbox)
    expect(later.map(({ chatId }) => chatId)).toEqual([boris, anna, anna])
    expect(later.filter(({ chatId, at }) => chatId === anna && at - refused!.at < 3_000)).toEqual([])
  })

  test('429 of one private chat, time and again, does not keep the others waiting for ever', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { sandbox, ring } = await start({ db, redisUrl, queuePrefix })
    sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 1, chatId: anna })
    await ring((await aMessage(db, anna)).id)
    await sandbox.waitForCall(({ status }) => status === 429)
    const others = [await aMessage(db, boris), await aMessage(db, 1003)].map(({ id }) => id)
    for (const id of others) await ring(id)
    for (const id of others) expect(await waitForOutcome(db, id)).toBe('sent')
  })

  test('of our token pauses all deliveries and loses none', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox, ring } = await start({ db, redisUrl, queuePrefix })
    sandbox.faults.add({ kind: 'error', code: 401, description: 'Unauthorized', times: 1 })
    const { id } = await aMessage(db)
    await ring(id)
    await waitUntil(async () => (await rowOf(db, id)).status === 'retry', { what: 'the row to be put back' })
    expect(await rowOf(db, id)).toMatchObject({ attempts: 0 })
  })

  test('for any other reason is a failure with that reason', async ({ db, redisUrl, queuePrefix }) => {
    const { ring } = await start({ db, redisUrl, queuePrefix })
    const { id } = await aMessage(db, anna, 'x'.repeat(5_000))
    await ring(id)
    expect(await waitForOutcome(db, id)).toBe('failed')
    expect((await rowOf(db, id)).error).toContain('message is too long')
  })
})

describe('no usable answer', () => {
  for (const kind of ['cutReply', 'cutBody', 'html', 'serverError'] as const) {
    test(`makes a delivery unknown, and it is not sent again (${kind})`, async ({ db, redisUrl, queuePrefix }) => {
      const { sandbox, ring } = await start({ db, redisUrl, queuePrefix })
      sandbox.faults.add({ kind, method: 'sendMessage', times: 1 })
      const { id } = await aMessage(db, anna, 'x', 'answer')
      await ring(id)
      expect(await waitForOutcome(db, id)).toBe('unknown')
      await ring(id)
      const other = await aMessage(db, boris)
      await ring(other.id)
      await waitForOutcome(db, other.id)
      expect(sends(sandbox).filter(({ chatId }) => chatId === anna)).toHaveLength(1)
    })
  }

  test('from a server that does not listen is tried again until it does', async ({ db, redisUrl, queuePrefix }) => {
    const away = await startSandbox({ token })
    const { port } = new URL(away.apiRoot)
    await away[Symbol.asyncDispose]()
    const { ring } = await start({ db, redisUrl, queuePrefix, apiRoot: away.apiRoot })
    const { id } = await aMessage(db)
    await ring(id)
    await waitUntil(async () => (await rowOf(db, id)).status === 'retry', { what: 'the first try' })
    await using sandbox = await startSandbox({ token, port: Number(port) })
    expect(await waitForOutcome(db, id)).toBe('sent')
    expect(sends(sandbox)).toHaveLength(1)
  })
})

test('answers leave before reports and those before broadcasts', async ({ db, redisUrl, queuePrefix }) => {
  const sandbox = await openSandbox()
  const queues = openQueues({ url: redisUrl, prefix: queuePrefix, logger })
  onTestFinished(async () => queues[Symbol.asyncDispose]())
  const kinds = ['broadcast', 'report', 'alert', 'answer'] as const
  for (const [n, kind] of kinds.entries()) {
    const chatId = sandbox.person({ name: kind, id: 5_000 + n }).id
    const { id } = await deliveries.insertMessage(db, { kind: 'alert', chatId, text: kind })
    await queues.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority[kind] })
  }
  await startSending({ db, redisUrl, queuePrefix, apiRoot: sandbox.apiRoot, concurrency: 1 })
  await waitUntil(() => sends(sandbox).length === 4, { what: 'four messages' })
  expect(sends(sandbox).map(({ payload }) => payload['text'])).toEqual(kinds.toReversed())
})

test('a closing worker finishes the call under way', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox, ring, sending } = await start({ db, redisUrl, queuePrefix })
  sandbox.faults.add({ kind: 'slow', ms: 1_500, method: 'sendMessage' })
  const { id } = await aMessage(db)
  await ring(id)
  await waitUntil(async () => (await rowOf(db, id)).status === 'sending', { what: 'the call to begin' })
  await sending[Symbol.asyncDispose]()
  expect(await rowOf(db, id)).toMatchObject({ status: 'sent' })
})

test('messages into one chat keep the pace of the chat', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox, ring } = await start({ db, redisUrl, queuePrefix })
  const ids = [await aMessage(db), await aMessage(db), await aMessage(db)].map(({ id }) => id)
  await Promise.all(ids.map(ring))
  for (const id of ids) await waitForOutcome(db, id)
  const [first = 0, second = 0, third = 0] = sends(sandbox).map(({ at }) => at)
  expect(Math.min(second - first, third - second)).toBeGreaterThan(950)
})

type Place = Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'> & {
  readonly apiRoot?: string
  readonly concurrency?: number
}

async function start(place: Place) {
  const sandbox = await openSandbox()
  const sending = await startSending({ apiRoot: sandbox.apiRoot, ...place })
  const queues = openQueues({ url: place.redisUrl, prefix: place.queuePrefix, logger })
  onTestFinished(async () => queues[Symbol.asyncDispose]())
  return { sandbox, sending, ring: async (deliveryId: number) => queues.enqueue(sendTelegram, { deliveryId }) }
}

async function startSending({
  db,
  redisUrl,
  queuePrefix,
  apiRoot = '',
  concurrency = 8,
}: Place): Promise<AsyncDisposable> {
  const api = createTelegramApi({ token, apiRoot, logger })
  const connection = { url: redisUrl, prefix: queuePrefix, logger, health: openHealth(), concurrency }
  const place = { db, api, health: testHealth(db), policy: openPolicy, holder: 'test' }
  const send = createSendTelegram({ ...place, scheduleZone: 'Asia/Vladivostok' })
  const worker = startWorker(sendTelegram, send, connection)
  onTestFinished(async () => {
    await worker[Symbol.asyncDispose]()
    await api[Symbol.asyncDispose]()
  })
  await worker.ready()
  return worker
}

function sends(sandbox: Sandbox) {
  return sandbox.calls.filter(({ method }) => method.startsWith('send'))
}

async function aMessage(db: Db, chatId = anna, text = 'x', kind: 'alert' | 'answer' = 'alert') {
  return deliveries.insertMessage(db, { kind, audience: 'anybody', chatId, text })
}

async function aReport(db: Db): Promise<number> {
  const { id: personId } = await db
    .insertInto('person')
    .values({ telegramId: anna })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id } = await reports.insertLookup(db, { personId, chatId: anna, containers: ['CSQU3054383'], updateId: 1 })
  const content = Buffer.from('bytes of a workbook')
  const file = { fileName: 'Отчёт.xlsx', rowCount: 2, missing: [], asOf: undefined, builtFor: 'all' }
  await reportBatches.finish(db, [{ ...file, content, id }])
  const report = { reportId: id, kind: 'report', personId, chatId: anna, text: '<b>2 контейнера</b>' } as const
  const [delivery] = await deliveries.insertForReport(db, report)
  return delivery!.id
}

async function rowOf(db: Db, id: number) {
  return db
    .selectFrom('delivery')
    .select(['status', 'attempts', 'chatId', 'telegramMessageId', 'error'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

async function waitForOutcome(db: Db, id: number): Promise<string> {
  const open = new Set(['pending', 'retry', 'sending'])
  return waitUntil(
    async () => {
      const { status } = await rowOf(db, id)
      return !open.has(status) && status
    },
    { what: `delivery ${id} to end` },
  )
}
