import { type Db, deliveries } from '@atermtrack/data'
import { notice } from '@atermtrack/messages'
import { createLogger } from '@atermtrack/runtime'
import { expect, onTestFinished, test } from '@atermtrack/testkit'
import { unknownView } from '../features/unknown-deliveries/views.ts'
import { createTelegramApi } from '../telegram/telegram-api.ts'
import { anna, openSandbox, openTo, token } from '../testing/start-test-bot.ts'
import { testHealth } from '../testing/test-health.ts'
import { createSendTelegram } from './send-telegram.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const file = { id: 7, fileName: 'a.xlsx', sender: null, reason: 'shrunk' }
const job = { logger, attempt: 1, signal: new AbortController().signal }

/** Sends deliveries as a job does, and returns the calls. */
async function start(db: Db) {
  const sandbox = await openSandbox()
  const api = createTelegramApi({ token, apiRoot: sandbox.apiRoot, logger })
  onTestFinished(() => api[Symbol.asyncDispose]())
  const place = { db, api, health: testHealth(db), policy: openTo([anna]), holder: 'test' }
  const handle = createSendTelegram({ ...place, scheduleZone: 'Asia/Vladivostok' })
  return { send: (deliveryId: number) => handle({ deliveryId }, job), calls: () => sandbox.calls }
}

test('a notice is rendered in the language that its reader has chosen since it was written', async ({ db }) => {
  const { send, calls } = await start(db)
  await db.insertInto('person').values({ telegramId: anna, language: 'ru' }).execute()
  const message = { kind: 'alert', chatId: anna, notice: notice('workbook_refused', file) } as const
  const { id } = await deliveries.insertMessage(db, message)
  await db.updateTable('person').set({ chosenLanguage: 'en' }).execute()
  await send(id)
  expect(calls()[0]?.payload).toMatchObject({
    text: expect.stringContaining('A file was not taken'),
    reply_markup: {
      inline_keyboard: [
        [
          { text: '👁 Show', callback_data: 'v1:wb-show:7' },
          { text: '📎 Original file', callback_data: 'v1:wb-file:7' },
        ],
      ],
    },
  })
})

test('a person whose language has no texts, and an unknown chat, read Russian', async ({ db }) => {
  const { send, calls } = await start(db)
  await db.insertInto('person').values({ telegramId: anna, language: 'uz' }).execute()
  for (const chatId of [anna, -1002]) {
    const message = {
      kind: 'answer',
      audience: 'anybody',
      chatId,
      notice: notice('groups_wait', { count: 3 }),
    } as const
    await send((await deliveries.insertMessage(db, message)).id)
  }
  expect(calls().map(({ payload }) => payload['text'])).toEqual(
    Array.from({ length: 2 }, () => '👥 Групп ждут решения: 3. Список: /groups'),
  )
})

test('a person who was let in gets the menu in their language', async ({ db }) => {
  const { send, calls } = await start(db)
  const granted = notice('access_granted', { role: 'viewer', companyName: null })
  await send((await deliveries.insertMessage(db, { kind: 'alert', chatId: anna, notice: granted })).id)
  expect(JSON.stringify(calls()[0]?.payload)).toContain('Мои подписки')
})

test('a notice of another release ends with a reason that admins read, and does not hold up others', async ({ db }) => {
  const { send, calls } = await start(db)
  const ofTomorrow = { kind: 'alert', chatId: anna, notice: { kind: 'trip_late', params: {} } } as const
  const { id } = await deliveries.insertMessage(db, ofTomorrow)
  await send(id)
  expect(calls()).toEqual([])
  expect(await db.selectFrom('delivery').select(['status', 'error']).executeTakeFirst()).toEqual({
    status: 'failed',
    error: 'the notice cannot be rendered: this release knows no kind "trip_late"',
  })
  const rows = await deliveries.listUnresolved(db, { limit: 9 })
  const counts = await deliveries.countUnresolved(db)
  const list = unknownView({ rows, counts, page: 0, broadcastId: undefined }, { language: 'ru', zone: 'UTC' })
  expect(list.html).toContain('this release knows no kind')
  const next = {
    kind: 'alert',
    chatId: -1002,
    audience: 'anybody',
    notice: notice('groups_wait', { count: 1 }),
  } as const
  await send((await deliveries.insertMessage(db, next)).id)
  expect(calls()).toHaveLength(1)
})
