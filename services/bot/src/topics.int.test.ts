import { deliveries, reports } from '@atermtrack/data'
import { createLogger } from '@atermtrack/runtime'
import { containerNumber, describe, expect, onTestFinished, test } from '@atermtrack/testkit'
import { createSendTelegram } from './deliveries/send-telegram.ts'
import { testHealth } from './testing/test-health.ts'
import { createTelegramApi } from './telegram/telegram-api.ts'
import { anna, openSandbox, openTo, startTestBot, token } from './testing/start-test-bot.ts'
import { letGroupIn } from './testing/let-group-in.ts'

const bot = '@atermtrack_bot'
const threadId = 77

describe('in a topic of a group', () => {
  test('commands, replies and mentions are answered in that topic, other messages are not', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const sandbox = await openSandbox()
    const { id: chatId } = sandbox.group({ title: 'Смена', members: [anna], supergroup: true })
    await letGroupIn(db, chatId)
    await startTestBot({ db, redisUrl, queuePrefix, sandbox })
    const person = sandbox.person(anna)
    await person.say('/help', { chatId, threadId })
    const help = await person.waitForReply({ chatId })
    await person.say('MSKU6011672', { chatId, threadId, replyToMessageId: help.message_id })
    const card = await person.waitForReply({ chatId })
    await person.say(`${bot} MSKU6011672`, { chatId, threadId })
    const answer = await person.waitForReply({ chatId })
    await person.say('/settings', { chatId, threadId })
    const settings = await person.waitForReply({ chatId })
    expect(settings.text).toContain('напишите мне напрямую')
    expect(await person.say('MSKU6011672 между нами', { chatId, threadId })).toBe(0)
    const topics = [help, card, answer, settings].map(({ message_thread_id: id }) => id)
    expect(topics).toEqual([threadId, threadId, threadId, threadId])
  })

  test('a workbook that is sent later arrives in that topic', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const { id: chatId } = sandbox.group({ title: 'Смена', members: [anna], supergroup: true })
    await letGroupIn(db, chatId)
    await startTestBot({ db, redisUrl, queuePrefix, sandbox })
    const person = sandbox.person(anna)
    const numbers = Array.from({ length: 12 }, (_, n) => containerNumber(n)).join(' ')
    await person.say(`${bot} ${numbers}`, { chatId, threadId })
    await person.waitForReply({ chatId })
    const [row] = await db.selectFrom('report').select('id').execute()
    const report = row && (await reports.beginBuilding(db, row.id))
    expect(report).toMatchObject({ chatId, threadId })

    const message = { kind: 'answer', chatId, threadId: report?.threadId, text: 'Готово' } as const
    const { id: deliveryId } = await deliveries.insertMessage(db, message)
    const logger = createLogger({ service: 'test', level: 'silent' })
    const api = createTelegramApi({ token, apiRoot: sandbox.apiRoot, logger })
    onTestFinished(async () => api[Symbol.asyncDispose]())
    const place = { db, api, health: testHealth(db), policy: openTo(), holder: 'test' }
    const send = createSendTelegram({ ...place, scheduleZone: 'Asia/Vladivostok' })
    await send({ deliveryId }, { logger, attempt: 1, signal: new AbortController().signal })
    expect(person.messages({ chatId }).at(-1)).toMatchObject({ text: 'Готово', message_thread_id: threadId })
  })
})
