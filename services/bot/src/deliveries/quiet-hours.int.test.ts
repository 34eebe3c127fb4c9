import { type Db, deliveries, groupQuietHours } from '@atermtrack/data'
import { createLogger } from '@atermtrack/runtime'
import type { Sandbox } from '@atermtrack/sandbox'
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

test('in the quiet hours of a group or topic an alert there makes no sound', async ({ db }) => {
  const sandbox = await openSandbox()
  const send = await startToSend(db, sandbox)
  const zone = 'Asia/Vladivostok'
  const hours = { from: '22:00', until: '08:00' }
  const aGroup = async () => {
    const { id: chatId } = sandbox.group({ title: 'Смена', members: [1001], supergroup: true })
    await db.insertInto('chatGroup').values({ chatId, title: 'Смена', status: 'allowed' }).execute()
    return chatId
  }
  const [whole, ofTopic] = [await aGroup(), await aGroup()]
  await groupQuietHours.set(db, { chatId: whole, threadId: undefined }, { hours, zone, holdsAlerts: false })
  await groupQuietHours.set(db, { chatId: whole, threadId: 7 }, { hours: undefined, zone, holdsAlerts: false })
  await groupQuietHours.set(db, { chatId: ofTopic, threadId: 7 }, { hours, zone, holdsAlerts: false })
  const silent = async (chatId: number, threadId?: number) => (await send({ kind: 'alert', chatId, threadId })).at(-1)
  expect(await silent(whole, 5)).toBe(true)
  await db.deleteFrom('chatPace').execute()
  expect(await silent(whole, 7)).toBe(undefined)
  expect(await silent(ofTopic, 7)).toBe(true)
  await db.deleteFrom('chatPace').execute()
  expect(await silent(ofTopic)).toBe(undefined)
})

/** Sends a message and returns for each call whether it was silent. */
async function startToSend(db: Db, given?: Sandbox) {
  const sandbox = given ?? (await openSandbox())
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
  return async (message: {
    readonly kind: 'alert' | 'answer'
    readonly chatId: number
    readonly threadId?: number | undefined
    readonly text?: string
  }) => {
    sandbox.clearCalls()
    const { id: deliveryId } = await deliveries.insertMessage(db, { text: 'x', ...message })
    await handle({ deliveryId }, { logger, attempt: 1, signal: new AbortController().signal })
    return sandbox.calls.map(({ payload }) => payload['disable_notification'])
  }
}
