import { type Db, deliveries } from '@atermtrack/data'
import { createLogger } from '@atermtrack/runtime'
import type { Sandbox } from '@atermtrack/sandbox'
import { expect, onTestFinished, test } from '@atermtrack/testkit'
import { anna, boris, openSandbox, openTo, token } from '../testing/start-test-bot.ts'
import { testHealth } from '../testing/test-health.ts'
import { createTelegramApi } from '../telegram/telegram-api.ts'
import { createSendTelegram } from './send-telegram.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const job = { logger, attempt: 1, signal: new AbortController().signal }
const vera = 1003

test('all copies of the bot count 429s together and pause together, for five minutes at most', async ({ db }) => {
  const sandbox = await openSandbox()
  const [one, other] = [aCopy(db, sandbox, 'one'), aCopy(db, sandbox, 'other')]
  sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 3_000, times: 3 })
  await expect(one(await aJob(db, anna), job)).rejects.toThrow('come again in 3000000 ms')
  await expect(other(await aJob(db, boris), job)).rejects.toThrow('come again in 3000000 ms')
  await expect(one(await aJob(db, vera), job)).rejects.toThrow('come again in 3000000 ms')
  const { id } = sandbox.person({ name: 'Глеб', id: 1004 })
  await expect(other(await aJob(db, id), job)).rejects.toThrow('the queue pauses')
  expect(sends(sandbox)).toHaveLength(3)
  const { closedAt, closedUntil } = await db.selectFrom('telegramGate').selectAll().executeTakeFirstOrThrow()
  expect(closedUntil!.getTime() - closedAt!.getTime()).toBeGreaterThan(299_000)
  expect(closedUntil!.getTime() - closedAt!.getTime()).toBeLessThan(301_000)
  const attempts = await db.selectFrom('delivery').select('attempts').execute()
  expect(attempts.every((row) => row.attempts === 0)).toBe(true)
})

test('429s with arriving messages between them concern their chats only', async ({ db }) => {
  const sandbox = await openSandbox()
  const send = aCopy(db, sandbox, 'one')
  for (const chatId of [anna, boris, vera]) {
    sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 600, chatId, times: 1 })
    await expect(send(await aJob(db, chatId), job)).rejects.toThrow('come again in 600000 ms')
    const { id } = sandbox.person({ name: 'P', id: 5_000 + chatId })
    await send(await aJob(db, id), job)
  }
  expect(sends(sandbox).map(({ status }) => status)).toEqual([429, 200, 429, 200, 429, 200])
})

/** The sender of a separate process. */
function aCopy(db: Db, { apiRoot }: Sandbox, holder: string) {
  const api = createTelegramApi({ token, apiRoot, logger })
  onTestFinished(() => api[Symbol.asyncDispose]())
  const place = { db, api, health: testHealth(db), policy: openTo(), holder }
  return createSendTelegram({ ...place, scheduleZone: 'Asia/Vladivostok' })
}

async function aJob(db: Db, chatId: number): Promise<{ readonly deliveryId: number }> {
  const { id } = await deliveries.insertMessage(db, { kind: 'alert', chatId, text: 'x' })
  return { deliveryId: id }
}

function sends(sandbox: Sandbox) {
  return sandbox.calls.filter(({ method }) => method === 'sendMessage')
}
