import { type Db, deliveries } from '@atermtrack/data'
import { createLogger } from '@atermtrack/runtime'
import { expect, onTestFinished, test } from '@atermtrack/testkit'
import { openSandbox, openTo, token } from '../testing/start-test-bot.ts'
import { createTelegramApi } from '../telegram/telegram-api.ts'
import { testHealth } from '../testing/test-health.ts'
import { createSendTelegram } from './send-telegram.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
// 23:00 in Vladivostok, 16:00 in Moscow.
const now = () => new Date('2025-09-02T13:00:00Z')

test('in quiet hours an alert leaves at once and without a sound, an answer with a sound', async ({ db }) => {
  const send = await startToSend(db)
  const quiet = { quietFrom: '22:00', quietUntil: '08:00' }
  const [anna, boris, vera, gleb] = [1001, 1002, 1003, 1004]
  const rows = [
    { telegramId: anna, ...quiet },
    { telegramId: boris, ...quiet, zone: 'Europe/Moscow' },
    { telegramId: vera, ...quiet },
    { telegramId: gleb, ...quiet },
  ]
  await db.insertInto('person').values(rows).execute()
  expect(await send({ kind: 'alert', chatId: anna })).toEqual([true])
  expect(await send({ kind: 'alert', chatId: boris })).toEqual([undefined])
  expect(await send({ kind: 'answer', chatId: vera })).toEqual([undefined])
  // Telegram refuses its markup; the plain text is silent too.
  expect(await send({ kind: 'alert', chatId: gleb, text: '<b>не закрыто' })).toEqual([true, true])
})

/** Sends a message and returns for each call whether it was silent. */
async function startToSend(db: Db) {
  const sandbox = await openSandbox()
  const api = createTelegramApi({ token, apiRoot: sandbox.apiRoot, logger })
  onTestFinished(async () => api[Symbol.asyncDispose]())
  const handle = createSendTelegram({
    db,
    api,
    health: testHealth(db),
    policy: openTo(),
    holder: 'test',
    scheduleZone: 'Asia/Vladivostok',
    now,
  })
  return async (message: { readonly kind: 'alert' | 'answer'; readonly chatId: number; readonly text?: string }) => {
    sandbox.clearCalls()
    const { id: deliveryId } = await deliveries.insertMessage(db, { text: 'x', ...message })
    await handle({ deliveryId }, { logger, attempt: 1, signal: new AbortController().signal })
    return sandbox.calls.map(({ payload }) => payload['disable_notification'])
  }
}
