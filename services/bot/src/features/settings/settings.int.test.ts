import type { Db } from '@atermtrack/data'
import { describe, expect, test } from '@atermtrack/testkit'
import { anna, boris, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'
import { letGroupIn } from '../../testing/let-group-in.ts'

// 12:00 in Vladivostok.
const now = () => new Date('2025-09-02T02:00:00Z')

describe('the settings', () => {
  test('are shown in one message, which is edited in place', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('⚙️ Настройки')
    const { message_id, text } = await person.waitForReply()
    expect(text?.split('\n').slice(2)).toEqual([
      '🌐 Язык: Русский (как в Telegram)',
      '🕒 Часовой пояс: как в источнике',
      '🌙 Тихие часы: нет',
      '📦 В карточке: всё',
    ])
    await person.press('🕒 Часовой пояс')
    await person.waitForReply()
    await person.press('‹')
    await person.waitForReply()
    await person.press('›')
    await person.waitForReply()
    await person.press('Владивосток · 12:00 (МСК+7)')
    await person.waitForReply()
    await person.press('🌙 Тихие часы')
    expect((await person.waitForReply()).text).toContain('Тихие часы (МСК+7)')
    await person.press('22:00–08:00')
    await person.waitForReply()
    await person.press('📦 Карточка')
    await person.waitForReply()
    await person.press('✅ простой')
    await person.waitForReply()
    await person.press('✅ поезд')
    await person.waitForReply()
    await person.press('⬜ простой')
    await person.waitForReply()
    await person.press('‹ Назад')
    const last = await person.waitForReply()
    expect(last.message_id).toBe(message_id)
    expect(last.text?.split('\n').slice(3)).toEqual([
      '🕒 Часовой пояс: Владивосток, сейчас 12:00 (МСК+7)',
      '🌙 Тихие часы: 22:00–08:00 (МСК+7)',
      '📦 В карточке скрыто: поезд',
    ])
    expect(await settingsOf(db, anna)).toEqual({
      chosenLanguage: null,
      zone: 'Asia/Vladivostok',
      quietFrom: '22:00',
      quietUntil: '08:00',
      hiddenCardParts: ['train'],
    })
  })

  test('switch the language of the message, of the keyboard and of all that follows', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('/settings')
    const settings = await person.waitForReply()
    await person.press('🌐 Язык')
    await person.waitForReply()
    await person.press('English')
    const switched = await person.waitForReply({ where: ({ reply_keyboard: keyboard }) => keyboard !== undefined })
    expect(switched.text).toContain('in English now')
    expect(switched.reply_keyboard?.keyboard.flat().map(({ text }) => text)).toContain('⚙️ Settings')
    const shown = person.messages().find(({ message_id: id }) => id === settings.message_id)
    expect(shown?.text).toContain('🌐 Language: English')
    await person.say('привет')
    expect((await person.waitForReply()).text).toContain('Hello! You can ask like this')

    await person.say('⚙️ Настройки')
    await person.waitForReply()
    await person.press('🌐 Language')
    await person.waitForReply()
    await person.press('as in Telegram')
    await person.waitForReply({ where: ({ text }) => text?.includes('теперь на русском') === true })
    expect(await settingsOf(db, anna)).toMatchObject({ chosenLanguage: null })
  })

  test('accept a typed zone and typed quiet hours, also after a restart', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const options = { db, redisUrl, queuePrefix, sandbox, now }
    const before = await startTestBot(options)
    const person = sandbox.person(anna)
    await person.say('/settings')
    await person.waitForReply()
    await person.press('🕒 Часовой пояс')
    await person.waitForReply()
    await person.press('✏️ Написать название')
    expect((await person.waitForReply()).text).toContain('Напишите город')
    await before.bot[Symbol.asyncDispose]()

    await startTestBot(options)
    await person.say('Васюки')
    expect((await person.waitForReply()).text).toContain('не знаю')
    await person.say('Тбилиси? asia/tbilisi')
    expect((await person.waitForReply()).text).toContain('не знаю')
    await person.say('asia/tbilisi')
    expect((await person.waitForReply()).text).toContain('Asia/Tbilisi, сейчас 06:00 (UTC+4)')
    await person.press('🌙 Тихие часы')
    await person.waitForReply()
    await person.press('✏️ Своё время')
    await person.waitForReply()
    await person.say('ночью')
    expect((await person.waitForReply()).text).toContain('Не понял')
    await person.say('с 23.30 до 7')
    expect((await person.waitForReply()).text).toContain('23:30–07:00 (UTC+4)')
    expect(await db.selectFrom('dialog').select('state').execute()).toEqual([])
  })

  test('do not change when a button is made up', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('/settings')
    const settings = await person.waitForReply()
    for (const data of ['set-lang-to:de', 'set-zone:Atlantis', 'set-quiet-to:2500:0800', 'set-card-part:status']) {
      const press = await person.pressData(`v1:${data}`, settings)
      expect(await person.waitForAnswer(press)).toMatchObject({ text: 'Кнопка устарела' })
    }
    expect(await settingsOf(db, anna)).toMatchObject({ zone: null, quietFrom: null, hiddenCardParts: [] })
  })

  test('can be changed in private only', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const { id: chatId } = sandbox.group({ title: 'Логистика', members: [boris] })
    await letGroupIn(db, chatId)
    await startTestBot({ db, redisUrl, queuePrefix, sandbox })
    const person = sandbox.person(boris)
    await person.say('/settings', { chatId })
    expect((await person.waitForReply({ chatId })).text).toContain('только в личной переписке')
  })
})

test("a new subscription is in the person's own zone", async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('/menu')
  const menu = await person.waitForReply()
  await db.updateTable('person').set({ zone: 'Europe/Moscow' }).execute()
  await person.pressData('v1:sub-new:MSKU6011672', menu)
  await person.waitForReply()
  await person.say('Один')
  await person.waitForReply()
  await person.press('Дальше →')
  expect((await person.waitForReply()).text).toContain('Часы указаны по МСК.')
  await person.press('09:00')
  await person.waitForReply()
  await person.press('✅ Сохранить')
  expect((await person.waitForReply()).text).toContain('сегодня 09:00 МСК (2 сентября)')
  expect(await db.selectFrom('subscription').select('zone').execute()).toEqual([{ zone: 'Europe/Moscow' }])
})

async function settingsOf(db: Db, telegramId: number) {
  return db
    .selectFrom('person')
    .select(['chosenLanguage', 'zone', 'quietFrom', 'quietUntil', 'hiddenCardParts'])
    .where('telegramId', '=', telegramId)
    .executeTakeFirstOrThrow()
}
