import { type Db, deliveries, telegramGate } from '@atermtrack/data'
import { createLogger } from '@atermtrack/runtime'
import type { Sandbox } from '@atermtrack/sandbox'
import { sendTelegram } from '@atermtrack/queue'
import { fixedSettings } from '@atermtrack/settings'
import { expect, onTestFinished, recordQueues, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { anna, openSandbox, openTo, startTestBot, token } from '../testing/start-test-bot.ts'
import { testHealth } from '../testing/test-health.ts'
import { createTelegramApi } from '../telegram/telegram-api.ts'
import { createSendTelegram } from './send-telegram.ts'
import { createSendingHealth } from './sending-health.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const job = { logger, attempt: 1, signal: new AbortController().signal }
const admin = 1002

test('three unclear outcomes over two copies pause both; one probe leaves at a time, and its clear answer is reported', async ({
  db,
}) => {
  const sandbox = await openSandbox()
  const { queues, take } = recordQueues()
  const common = { db, logger, queues, policy: openTo([admin]), settings: fixedSettings({ scheduleZone: 'UTC' }) }
  const [one, other] = ['one', 'other'].map((name) => aCopy(db, sandbox, name, createSendingHealth(common)))
  const storm = sandbox.faults.add({ kind: 'serverError', method: 'sendMessage' })
  const ids: number[] = []
  for (let n = 0; n < 6; n += 1) ids.push((await aMessage(sandbox, db, n)).id)
  for (const [n, send] of [one, other, one].entries()) await send!({ deliveryId: ids[n]! }, job)
  await expect(other!({ deliveryId: ids[3]! }, job)).rejects.toThrow('the queue pauses')
  expect(storm.hits()).toBe(3)

  await elapse(db)
  await other!({ deliveryId: ids[3]! }, job)
  expect(storm.hits()).toBe(4)
  await expect(one!({ deliveryId: ids[4]! }, job)).rejects.toThrow('the queue pauses')
  storm.remove()
  await elapse(db)
  const slow = sandbox.faults.add({ kind: 'slow', ms: 1_000, method: 'sendMessage', times: 1 })
  const probing = one!({ deliveryId: ids[4]! }, job)
  await waitUntil(() => slow.hits() === 1, { what: 'the probe' })
  await expect(other!({ deliveryId: ids[5]! }, job)).rejects.toThrow('the queue pauses for 500 ms')
  await probing
  await other!({ deliveryId: ids[5]! }, job)

  const rows = await db.selectFrom('delivery').select(['id', 'kind', 'status', 'chatId']).orderBy('id').execute()
  expect(rows.slice(0, 6).map(({ status }) => status)).toEqual([...Array(4).fill('unknown'), 'sent', 'sent'])
  expect(rows.slice(6)).toEqual([
    { id: take(sendTelegram)[0]?.deliveryId, kind: 'alert', status: 'pending', chatId: admin },
  ])
})

test('a server that falls silent gets few calls before the others wait', async ({ db }) => {
  const sandbox = await openSandbox()
  const send = aCopy(db, sandbox, 'one', testHealth(db))
  sandbox.faults.add({ kind: 'hang', method: 'sendMessage' })
  const ids: number[] = []
  for (let n = 0; n < 40; n += 1) ids.push((await aMessage(sandbox, db, n)).id)
  const delayed: unknown[] = []
  const jobs = ids.map(async (deliveryId) => send({ deliveryId }, job).catch((error: unknown) => delayed.push(error)))
  await waitUntil(() => delayed.length >= 20, { what: 'deliveries that wait' })
  expect(String(delayed[0])).toContain('come again in 1000 ms')
  const begun = await db.selectFrom('delivery').select('id').where('status', '!=', 'pending').execute()
  expect(begun.length).toBeLessThanOrEqual(20)
  sandbox.dropConnections()
  await Promise.all(jobs)
})

test('an alert that may have arrived is sent again, marked as a possible repeat', async ({ db }) => {
  const sandbox = await openSandbox()
  const send = aCopy(db, sandbox, 'one', testHealth(db))
  sandbox.faults.add({ kind: 'cutReply', method: 'sendMessage', times: 1 })
  const { id: deliveryId } = await deliveries.insertMessage(db, { kind: 'alert', chatId: anna, text: 'тихо' })
  await expect(send({ deliveryId }, job)).rejects.toThrow('come again')
  await sql`update delivery set not_before = now()`.execute(db)
  await send({ deliveryId }, job)
  const texts = sandbox.person(anna).messages()
  expect(texts.map(({ text }) => text)).toEqual(['тихо', expect.stringMatching(/Возможно, это повтор.*\n\nтихо/)])
})

test('a 429 to the polling is about the bot, and pauses the deliveries', async ({ db, redisUrl, queuePrefix }) => {
  const sandbox = await openSandbox()
  sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 30, method: 'getUpdates', times: 1 })
  await startTestBot({ db, redisUrl, queuePrefix, sandbox })
  await waitUntil(async () => (await telegramGate.pass(db)).kind === 'closed', { what: 'the pause' })
})

/** The sender of a separate process. */
function aCopy(db: Db, { apiRoot }: Sandbox, holder: string, health: ReturnType<typeof createSendingHealth>) {
  const api = createTelegramApi({ token, apiRoot, logger })
  onTestFinished(() => api[Symbol.asyncDispose]())
  return createSendTelegram({ db, api, health, policy: openTo([admin]), holder, scheduleZone: 'Asia/Vladivostok' })
}

async function aMessage(sandbox: Sandbox, db: Db, n: number): Promise<{ readonly id: number }> {
  const { id: chatId } = sandbox.person({ name: `P ${n}`, id: 5_000 + n })
  return deliveries.insertMessage(db, { kind: 'answer', chatId, text: 'x' })
}

/** Ends the current pause. */
async function elapse(db: Db): Promise<void> {
  await sql`update telegram_gate set closed_until = now() - interval '1 ms'`.execute(db)
}
