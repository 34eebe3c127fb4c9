import { type Db, deliveries } from '@atermtrack/data'
import { createLogger } from '@atermtrack/runtime'
import type { Sandbox } from '@atermtrack/sandbox'
import { expect, onTestFinished, test } from '@atermtrack/testkit'
import { anna, boris, openSandbox, openTo, token } from '../testing/start-test-bot.ts'
import { createTelegramApi } from '../telegram/telegram-api.ts'
import { createSendTelegram } from './send-telegram.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const job = { logger, attempt: 1, signal: new AbortController().signal }

test('a 429 told to one copy of the bot holds back what another has in hand', async ({ db }) => {
  const sandbox = await openSandbox()
  const [one, other] = [aCopy(db, sandbox, 'one'), aCopy(db, sandbox, 'other')]
  sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 600, chatId: anna, times: 1 })
  const first = await deliveries.insertMessage(db, { kind: 'alert', chatId: anna, text: 'x' })
  const second = await deliveries.insertMessage(db, { kind: 'alert', chatId: boris, text: 'x' })
  await expect(one({ deliveryId: first.id }, job)).rejects.toThrow('pauses for 600000 ms')
  await expect(other({ deliveryId: second.id }, job)).rejects.toThrow(/pauses for \d+ ms/)
  expect(sandbox.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(1)
  const rows = await db.selectFrom('delivery').select(['status', 'attempts']).orderBy('id').execute()
  expect(rows).toEqual([
    { status: 'retry', attempts: 0 },
    { status: 'pending', attempts: 0 },
  ])
})

/** What a process of its own would run. */
function aCopy(db: Db, { apiRoot }: Sandbox, holder: string) {
  const api = createTelegramApi({ token, apiRoot, logger })
  onTestFinished(() => api[Symbol.asyncDispose]())
  return createSendTelegram({ db, api, policy: openTo(), holder, scheduleZone: 'Asia/Vladivostok' })
}
