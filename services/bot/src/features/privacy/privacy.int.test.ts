import { type Db, people, personSettings, reports } from '@atermtrack/data'
import type { PersonHandle } from '@atermtrack/sandbox'
import { describe, expect, test, waitUntil } from '@atermtrack/testkit'
import { anna, boris, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'
import { letGroupIn } from '../../testing/let-group-in.ts'

describe('/privacy', () => {
  test('names the stored data and orders all of it as one file', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    await person.say('/privacy')
    expect((await person.waitForReply()).text).toContain('Что я храню о вас')
    await person.waitForAnswer(await person.press('📤 Мои данные файлом'))
    const { id: personId } = await get(db, anna)
    expect(await orderedBy(db)).toEqual([{ kind: 'personal_data', status: 'pending', personId, chatId: anna }])
  })

  test('lets a person without access order theirs, one file at a time', async ({ db, redisUrl, queuePrefix }) => {
    const options = { db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris] } as const
    const { sandbox } = await startTestBot(options)
    const person = sandbox.person(anna)
    await person.say('/privacy')
    const privacy = await person.waitForReply()
    expect(privacy.text).toContain('Что я храню о вас')
    await person.waitForAnswer(await person.press('📤 Мои данные файлом'))
    const again = await person.pressData('v1:privacy-export', privacy)
    expect((await person.waitForAnswer(again)).text).toContain('Файл уже отправлен')
    expect(await orderedBy(db)).toHaveLength(1)
  })

  test('is answered in private only', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const { id: chatId } = sandbox.group({ title: 'Логистика', members: [anna] })
    await letGroupIn(db, chatId)
    await startTestBot({ db, redisUrl, queuePrefix, sandbox })
    const person = sandbox.person(anna)
    await person.say('/privacy', { chatId })
    expect((await person.waitForReply({ chatId })).text).toContain('только в личной переписке')
  })
})

describe('erasing one’s data', () => {
  test('takes two steps, ends access and makes the person a stranger', async ({ db, redisUrl, queuePrefix }) => {
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

  test('does not undo a decline, and names the data kept for that', async ({ db, redisUrl, queuePrefix }) => {
    const options = { db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris] } as const
    const { sandbox } = await startTestBot(options)
    const person = sandbox.person(anna)
    await askForAccess(person)
    const { id } = await get(db, anna)
    await people.turnDown(db, id, { decidedBy: id })
    const { accessDecidedAt } = await get(db, anna)
    await person.say('/privacy')
    await person.waitForReply()
    await person.press('🗑 Удалить мои данные')
    expect((await person.waitForReply()).text).toContain('ваш Telegram-id и время отказа')
    await eraseAll(person)
    expect(await people.findByTelegramId(db, anna)).toBeUndefined()

    await person.say('/start')
    expect((await person.waitForReply()).text).toContain('не открыл вам доступ')
    expect(await get(db, anna)).toMatchObject({ access: 'denied', accessDecidedAt })
    // A second erasure does not undo it either.
    await person.pressData('v1:privacy-erase-yes', person.messages().at(-1)!)
    await person.waitForReply({ where: ({ text }) => text?.includes('Если понадоблюсь') === true })
    const press = await person.pressData('v1:access-skip', person.messages().at(-1)!)
    expect(await person.waitForAnswer(press)).toMatchObject({ text: 'Кнопка устарела' })
    await person.say('/start')
    expect((await person.waitForReply()).text).toContain('не открыл вам доступ')

    await db.updateTable('person').set({ accessDecidedAt: aDayAgo() }).where('telegramId', '=', anna).execute()
    await person.say('/start')
    expect((await person.waitForReply()).text).toContain('Доступ выдаёт администратор')
  })

  test('withdraws a request, and the next one may come a day after it', async ({ db, redisUrl, queuePrefix }) => {
    const options = { db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris] } as const
    const { sandbox } = await startTestBot(options)
    const person = sandbox.person(anna)
    const admin = sandbox.person(boris)
    await admin.say('/start')
    const before = await admin.waitForReply()
    await askForAccess(person)
    const { id } = await get(db, anna)
    await person.say('/privacy')
    await person.waitForReply()
    await person.press('🗑 Удалить мои данные')
    expect((await person.waitForReply()).text).toContain('Ваш запрос доступа тоже будет удалён')
    await eraseAll(person)
    const notice = db.selectFrom('delivery').select(['chatId', 'status', 'text', 'notice']).where('kind', '=', 'alert')
    expect(await notice.execute()).toEqual([{ chatId: boris, status: 'cancelled', text: null, notice: null }])
    const press = await admin.pressData(`v1:access-grant:${id}`, before)
    expect(await admin.waitForAnswer(press)).toMatchObject({ text: 'Кнопка устарела' })

    await person.say('/start')
    const answer = await person.waitForReply()
    expect(answer.text).toContain('удалили свои данные вместе с запросом')
    await person.waitForAnswer(await person.pressData('v1:access-skip', answer))
    expect(await get(db, anna)).toMatchObject({ access: 'none' })
    expect(await notice.execute()).toHaveLength(1)
    await db.updateTable('person').set({ accessRequestedAt: aDayAgo() }).where('telegramId', '=', anna).execute()
    await person.pressData('v1:access-skip', answer)
    expect((await person.waitForReply()).text).toContain('Запрос передан')
    expect(await notice.execute()).toHaveLength(2)
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

async function askForAccess(person: PersonHandle): Promise<void> {
  await person.say('/start')
  await person.waitForReply()
  await person.press('Запросить доступ')
  await person.waitForReply()
  await person.press('Пропустить')
  await person.waitForReply()
}

/** Confirms the question whether to erase. */
async function eraseAll(person: PersonHandle): Promise<void> {
  await person.press(({ text }) => text.startsWith('Да, удалить: '))
  await person.waitForReply({ where: ({ text }) => text?.includes('Если понадоблюсь') === true })
}

function aDayAgo(): Date {
  return new Date(Date.now() - 86_400_000)
}

async function get(db: Db, telegramId: number): Promise<people.Person> {
  return waitUntil(() => people.findByTelegramId(db, telegramId), { what: 'the person' })
}

async function orderedBy(db: Db) {
  return db.selectFrom('report').select(['kind', 'status', 'personId', 'chatId']).execute()
}
