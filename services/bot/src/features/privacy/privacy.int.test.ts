import { type Db, people, personSettings, reports } from '@atermtrack/data'
import { openProducer, sendTelegram } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import type { Sandbox } from '@atermtrack/sandbox'
import { describe, expect, type Fixtures, onTestFinished, test, waitUntil } from '@atermtrack/testkit'
import { startSending } from '../../deliveries/start-sending.ts'
import { createTelegramApi } from '../../telegram/telegram-api.ts'
import { anna, boris, openSandbox, startTestBot, token } from '../../testing/start-test-bot.ts'

describe('/privacy', () => {
  test('says what is stored and sends all of it as one file', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    await sendDeliveries(sandbox, { db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    await person.say('MSKU6011672')
    await person.waitForReply()
    await person.say('/privacy')
    expect((await person.waitForReply()).text).toContain('Что я храню о вас')
    await person.press('📤 Мои данные файлом')
    const file = await person.waitForReply({ where: ({ document }) => document !== undefined })
    expect(file.document?.file_name).toMatch(/^Мои данные \d{4}-\d\d-\d\d\.json$/)
    const [row] = await db.selectFrom('report').select(['kind', 'content']).execute()
    expect(row?.kind).toBe('personal_data')
    expect(JSON.parse(String(row?.content))).toMatchObject({
      profile: { firstName: 'Анна', telegramId: anna },
      questions: [{ containers: ['MSKU6011672'], found: 0 }],
    })
  })

  test('is answered also to who has no access, without buttons', async ({ db, redisUrl, queuePrefix }) => {
    const options = { db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris] } as const
    const { sandbox } = await startTestBot(options)
    const person = sandbox.person(anna)
    await person.say('/privacy')
    const privacy = await person.waitForReply()
    expect(privacy.text).toContain('удаляет ваши данные администратор')
    expect(privacy.reply_markup).toBeUndefined()
    const press = await person.pressData('v1:privacy-erase-yes', privacy)
    expect(await person.waitForAnswer(press)).toMatchObject({ text: 'Нет доступа' })
  })

  test('is answered in private only', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const { id: chatId } = sandbox.group({ title: 'Логистика', members: [anna] })
    await startTestBot({ db, redisUrl, queuePrefix, sandbox })
    const person = sandbox.person(anna)
    await person.say('/privacy', { chatId })
    expect((await person.waitForReply({ chatId })).text).toContain('только в личной переписке')
  })
})

describe('erasing one’s data', () => {
  test('takes two steps, ends access and leaves a stranger', async ({ db, redisUrl, queuePrefix }) => {
    const options = { db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris] } as const
    const { sandbox } = await startTestBot(options)
    const person = sandbox.person(anna)
    await person.say('/start')
    await person.waitForReply()
    await people.grant(db, anna, 'operator')
    const { id } = await get(db, anna)
    await personSettings.change(db, id, { zone: 'Asia/Omsk' })
    await reports.insertLookup(db, { personId: id, chatId: anna, containers: ['MSKU6011672'], updateId: 1 })
    await person.say('/privacy')
    await person.waitForReply()
    await person.press('🗑 Удалить мои данные')
    const question = await person.waitForReply()
    expect(question.text).toContain('подписки: 0, вопросы: 0, отчёты: 1')
    await person.press('‹ Назад')
    await person.waitForReply()
    expect(await people.findByTelegramId(db, anna)).toBeDefined()
    await person.press('🗑 Удалить мои данные')
    await person.waitForReply()
    const yes = ({ text }: { readonly text: string }) => text.startsWith('Да, удалить: ')
    await person.press(yes)
    const farewell = await person.waitForReply({ where: ({ text }) => text?.includes('Если понадоблюсь') === true })
    expect(await db.selectFrom('report').select(['status', 'containers', 'chatId']).execute()).toEqual([
      { status: 'skipped', containers: [], chatId: -id },
    ])
    expect(await people.findByTelegramId(db, anna)).toBeUndefined()

    // A button that is still in the chat does not bring them back.
    const press = await person.pressData('v1:privacy-erase-yes', farewell)
    expect(await person.waitForAnswer(press)).toMatchObject({ text: 'Кнопка устарела' })
    expect(await people.findByTelegramId(db, anna)).toBeUndefined()

    await person.say('MSKU6011672')
    expect((await person.waitForReply()).text).toContain('Доступ выдаёт администратор')
    expect(await get(db, anna)).toMatchObject({ access: 'none', role: null, zone: null })
  })

  test('leaves an admin of the configuration an admin', async ({ db, redisUrl, queuePrefix }) => {
    const options = { db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris] } as const
    const { sandbox } = await startTestBot(options)
    const admin = sandbox.person(boris)
    await admin.say('/start')
    const start = await admin.waitForReply()
    await admin.pressData('v1:privacy-erase-yes', start)
    await admin.waitForReply({ where: ({ text }) => text?.includes('Если понадоблюсь') === true })
    await admin.say('/start')
    expect((await admin.waitForReply()).text).toContain('Здравствуйте, Борис')
  })
})

async function get(db: Db, telegramId: number): Promise<people.Person> {
  return waitUntil(() => people.findByTelegramId(db, telegramId), { what: 'the person' })
}

type Place = Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'>

async function sendDeliveries(sandbox: Sandbox, { db, redisUrl, queuePrefix }: Place): Promise<void> {
  const logger = createLogger({ service: 'bot', level: 'silent' })
  const api = createTelegramApi({ token, apiRoot: sandbox.apiRoot, logger })
  const producer = openProducer(sendTelegram, { url: redisUrl, prefix: queuePrefix, logger })
  const audience = { isOpen: true, adminIds: [] }
  const parts = { db, api, logger, redisUrl, queuePrefix, audience, scheduleZone: 'Asia/Vladivostok', graceMs: 1_000 }
  const sending = startSending({ ...parts, producers: { sendTelegram: producer } })
  onTestFinished(async () => {
    await sending[Symbol.asyncDispose]()
    await producer[Symbol.asyncDispose]()
    await api[Symbol.asyncDispose]()
  })
}
