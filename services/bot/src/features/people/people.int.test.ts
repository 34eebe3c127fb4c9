import { audit, companies, type Db, people } from '@atermtrack/data'
import type { PersonHandle, SeenMessage } from '@atermtrack/sandbox'
import { describe, expect, type Fixtures, readLedger, test } from '@atermtrack/testkit'
import { anna, boris, startTestBot, type TestBotOptions } from '../../testing/start-test-bot.ts'

const vera = 1003

type Place = Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'>

describe('an admin', () => {
  test('finds somebody, sees how they use the bot, and gives them a role', async ({ db, redisUrl, queuePrefix }) => {
    const { admin, sandbox } = await start({ db, redisUrl, queuePrefix }, { accessMode: 'open' })
    const person = sandbox.person(anna)
    await tell(person, '/start')
    await tell(person, 'MSKU6011672')
    expect(await tell(admin, '/people')).toContain('Люди: 2')
    expect(await tap(admin, '☰ Все')).toContain('Кого показать?')
    expect(await tap(admin, '👑 Администраторы')).toContain('Люди: 1\nПоказаны: 👑 Администраторы')
    expect(await tap(admin, '🔎 Найти')).toContain('Кого найти?')
    expect(await tell(admin, 'нет такого')).toContain('Никого не нашлось: нет такого')
    expect(await tell(admin, '@ANNA')).toContain('🔎 @ANNA, нашлось: 1')
    const card = await tap(admin, 'Анна (@anna) · наблюдатель')
    for (const line of [
      'Анна (@anna), id 1001',
      'наблюдатель, без компании, видит всё; пользуется ботом, пока он открыт для всех',
      'Язык: Русский, время: как в источнике',
      'Получает сообщения: да',
      'Подписок: 0',
      'Запросов за 7 дней: 1, за 30 дней: 1',
      'E-mail: нет',
      'Отправок ещё не было.',
    ])
      expect(card).toContain(line)
    expect(card).toMatch(/Последнее обращение: \d\d\.\d\d\.\d{4} \d\d:\d\d \(МСК\+7\)/)

    expect(await tap(admin, '🔑 Роль и компания')).toContain('Какую роль дать?')
    expect(await tap(admin, '👑 Сделать администратором')).toContain('Администратор видит всё')
    expect(await tap(admin, '‹ Назад')).toContain('Какую роль дать?')
    await tap(admin, '👑 Сделать администратором')
    const promoted = await tap(admin, 'Да, сделать администратором')
    expect(promoted).toMatch(/администратор\n\d.* · Борис: доступ выдан/)
    await tap(admin, '🔑 Роль и компания')
    expect(await tap(admin, '🛠 Сделать оператором')).toMatch(
      /оператор\n\d.* · Борис: права изменены\n\d.* · Борис: доступ выдан/,
    )
    const notices = await readLedger(db, { chatId: anna })
    expect(notices.map(({ text }) => text)).toEqual([
      expect.stringContaining('Доступ открыт, вы администратор'),
      expect.stringContaining('Ваши права изменились: вы оператор'),
    ])
    expect(await tap(admin, '‹ К списку')).toContain('Люди: 2')
    expect(await tell(admin, '/people анн')).toContain('нашлось: 1')
  })

  test('lets somebody in, declines them, closes their access and opens it again', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { admin, sandbox } = await start({ db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    await tell(person, '/start')
    const id = await idOf(db, anna)
    await people.requestAccess(db, id, 'Анна <Ромашка>')
    await tell(admin, '/people')
    await tap(admin, '☰ Все')
    await tap(admin, '⏳ Ждут доступа')
    expect(await tap(admin, '⏳ Анна (@anna)')).toMatch(/⏳ ждёт решения с .*\nО себе: Анна <Ромашка>/s)
    expect(await tap(admin, '⛔ Отклонить')).toContain('Отклонить запрос: Анна')
    expect(await tap(admin, 'Да, отклонить')).toContain('⛔ доступ не открыт: отказано')
    const company = await companies.insert(db, 'Ромашка')
    await tap(admin, '✅ Открыть доступ')
    await tap(admin, '👁 Наблюдатель: выбрать компанию')
    expect(await tap(admin, '🏢 Ромашка')).toContain('наблюдатель, компания: Ромашка')
    expect(await people.get(db, id)).toMatchObject({ access: 'granted', companyId: company!.id })
    await tap(admin, '⛔ Закрыть доступ')
    expect(await tap(admin, 'Да, закрыть доступ')).toContain('⛔ доступ закрыт')
    expect(await tell(person, 'MSKU6011672')).toContain('закрыл вам доступ')
    expect((await readLedger(db, { chatId: anna })).map(({ text }) => text)).toEqual([
      expect.stringContaining('не открыл вам доступ'),
      expect.stringContaining('ваша компания: <b>Ромашка</b>'),
    ])
    expect((await audit.list(db, { offset: 0, limit: 9 })).rows.map(({ action }) => action)).toEqual([
      'access.taken',
      'access.granted',
      'access.denied',
    ])
  })

  test('changes neither an admin of the settings nor themselves, nor with a button from before', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { admin, sandbox } = await start({ db, redisUrl, queuePrefix }, { adminChatIds: [boris, vera] })
    await tell(sandbox.person(vera), '/start')
    const [own, named] = [await idOf(db, boris), await idOf(db, vera)]
    const message = admin.messages().at(-1)!
    for (const [id, toast] of [
      [own, 'Свои права'],
      [named, 'заданы в настройках'],
    ] as const)
      for (const data of [
        `pe-rights:${id}`,
        `pe-role:${id}:operator:in`,
        `pe-company:${id}:0:in`,
        `pe-dismiss-yes:${id}`,
      ]) {
        const press = await admin.pressData(`v1:${data}`, message)
        expect((await admin.waitForAnswer(press)).text).toContain(toast)
      }
    await tell(sandbox.person(anna), '/start')
    const id = await idOf(db, anna)
    // A button that changes the rights of somebody who is in lets nobody in.
    const press = await admin.pressData(`v1:pe-role:${id}:admin`, message)
    expect((await admin.waitForAnswer(press)).text).toContain('Кнопка устарела')
    expect(await people.get(db, id)).toMatchObject({ access: 'none', role: null })
    expect((await audit.list(db, { offset: 0, limit: 9 })).rows).toEqual([])
  })
})

describe('a message to one person', () => {
  test('is shown first, arrives once, and is in the audit', async ({ db, redisUrl, queuePrefix }) => {
    const { admin, sandbox } = await start({ db, redisUrl, queuePrefix })
    await tell(sandbox.person(anna), '/start')
    const id = await idOf(db, anna)
    await tell(admin, '/people')
    await tap(admin, 'Анна (@anna)')
    expect(await tap(admin, '✉️ Написать')).toContain('Получит Анна (@anna)')
    expect(await tell(admin, 'я'.repeat(3001))).toContain('до 3000 знаков')
    const question = admin.messages().findLast(({ text }) => text?.startsWith('Что написать?'))!
    await admin.forwardMessage(question)
    expect((await admin.waitForReply()).text).toContain('Что написать? Получит Анна (@anna)')
    await asked(admin)
    const outdated = buttonsOf(admin)[0]!
    expect(await tell(admin, 'Звоните <нам> & срочно')).toBe('✉️ Сообщение от администратора\n\nЗвоните <нам> & срочно')
    const message = await asked(admin)
    const [send] = buttonsOf(admin)
    const early = await admin.pressData(outdated, message)
    expect((await admin.waitForAnswer(early)).text).toContain('Кнопка устарела')
    expect(await tap(admin, '✉️ Отправить')).toContain('Отправляю: Анна (@anna)')
    const again = await admin.pressData(send!, message)
    expect((await admin.waitForAnswer(again)).text).toContain('Кнопка устарела')
    const ledger = await readLedger(db, { chatId: anna })
    const text = '✉️ <b>Сообщение от администратора</b>\n\nЗвоните &lt;нам&gt; &amp; срочно'
    expect(ledger).toMatchObject([{ audience: 'anybody', text }])
    expect((await audit.list(db, { offset: 0, limit: 9 })).rows).toMatchObject([
      { action: 'person.written_to', object: `person:${id}` },
    ])
  })

  test('cannot be sent by somebody else with the button, nor to somebody who has blocked the bot', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { admin, sandbox } = await start({ db, redisUrl, queuePrefix }, { adminChatIds: [boris, vera] })
    await tell(sandbox.person(anna), '/start')
    const other = sandbox.person(vera)
    await tell(other, '/start')
    await tell(admin, '/people')
    await tap(admin, 'Анна (@anna)')
    await tap(admin, '✉️ Написать')
    await tell(admin, 'Тайна')
    await asked(admin)
    const press = await other.pressData(buttonsOf(admin)[0]!, other.messages().at(-1)!)
    expect((await other.waitForAnswer(press)).text).toContain('Кнопка устарела')
    await people.markUnreachable(db, anna, 'blocked')
    const id = await idOf(db, anna)
    const away = await other.pressData(`v1:pe-write:${id}`, other.messages().at(-1)!)
    expect((await other.waitForAnswer(away)).text).toContain('заблокирован')
    await other.pressData(`v1:pe-view:${id}`, other.messages().at(-1)!)
    expect((await other.waitForReply()).text).toContain('🔕 Не получает сообщений')
    expect(await readLedger(db, { chatId: anna })).toEqual([])
  })
})

async function start(
  place: Place,
  { adminChatIds = [boris], accessMode = 'approval' }: Pick<TestBotOptions, 'adminChatIds' | 'accessMode'> = {},
) {
  const { sandbox } = await startTestBot({ ...place, accessMode, adminChatIds })
  const admin = sandbox.person(boris)
  await tell(admin, '/start')
  return { sandbox, admin }
}

async function tell(person: PersonHandle, text: string): Promise<string> {
  await person.say(text)
  return (await person.waitForReply()).text ?? ''
}

async function tap(person: PersonHandle, button: string): Promise<string> {
  await person.press(button)
  return (await person.waitForReply()).text ?? ''
}

/** Waits for the question below the preview of a message. */
async function asked(admin: PersonHandle): Promise<SeenMessage> {
  return admin.waitForReply({ where: ({ text }) => text === 'Так это увидит Анна (@anna). Отправить?' })
}

/** The data of the buttons under the last message. */
function buttonsOf(person: PersonHandle): readonly string[] {
  const keyboard = person.messages().at(-1)?.reply_markup?.inline_keyboard ?? []
  return keyboard.flat().flatMap((button) => ('callback_data' in button ? [button.callback_data] : []))
}

async function idOf(db: Db, telegramId: number): Promise<number> {
  return (await people.findByTelegramId(db, telegramId))!.id
}
