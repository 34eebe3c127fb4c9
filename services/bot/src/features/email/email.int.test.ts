import type { Db } from '@atermtrack/data'
import { describe, expect, test, waitUntil } from '@atermtrack/testkit'
import { anna, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'
import { letGroupIn } from '../../testing/let-group-in.ts'

describe('an e-mail address', () => {
  test('is verified by the code that was mailed to it, and removed in two steps', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    await person.say('📧 E-mail')
    expect((await person.waitForReply()).text).toContain('Адрес не указан')
    await person.press('➕ Указать адрес')
    await person.waitForReply()
    await person.say('не адрес')
    expect((await person.waitForReply()).text).toContain('не похоже на адрес')
    await person.say(' anna@example.com ')
    expect((await person.waitForReply()).text).toContain('Отправил код на anna@example.com')
    const code = await mailedCode(db, 1)
    const [stored] = await db.selectFrom('emailAddress').select(['codeHash', 'verifiedAt']).execute()
    expect(stored?.codeHash?.includes(code)).toBe(false)
    expect(stored?.verifiedAt).toBeNull()
    await person.say(other(code))
    expect((await person.waitForReply()).text).toContain('Код не подошёл')
    await person.say(code)
    expect((await person.waitForReply()).text).toContain('Адрес подтверждён')

    await person.say('/email')
    expect((await person.waitForReply()).text).toContain('Отчёты приходят и на почту: anna@example.com')
    await person.press('🗑 Удалить адрес')
    expect((await person.waitForReply()).text).toContain('Удалить адрес anna@example.com?')
    await person.press('Да, удалить')
    expect((await person.waitForReply()).text).toContain('Адрес не указан')
    expect(await db.selectFrom('emailAddress').select('id').execute()).toEqual([])
  })

  test('stands beside others, each with a name and a pause of its own', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    for (const [index, address] of ['anna@example.com', 'office@example.com'].entries()) {
      await askForCode(person, address)
      await person.say(await mailedCode(db, index + 1))
      expect((await person.waitForReply()).text).toContain('Адрес подтверждён')
    }
    await person.say('/email')
    expect((await person.waitForReply()).text).toContain('2 адреса')
    await person.press('✅ office@example.com')
    await person.waitForReply()
    await person.press('✏️ Назвать')
    await person.waitForReply()
    await person.say('Бухгалтерия')
    expect((await person.waitForReply()).text).toContain('«Бухгалтерия»')
    await person.press('⏸ Не присылать сюда')
    expect((await person.waitForReply()).text).toContain('вы от них отказались')
    await person.press('‹ Назад')
    expect((await person.waitForReply()).text).toContain('⏸ Бухгалтерия · office@example.com')
    await person.press('⏸ Бухгалтерия')
    await person.waitForReply()
    await person.press('▶️ Присылать снова')
    expect((await person.waitForReply()).text).toContain('Отчёты приходят и на почту')
    const rows = await db.selectFrom('emailAddress').select(['name', 'unsubscribedAt']).orderBy('id').execute()
    expect(rows).toEqual([
      { name: null, unsubscribedAt: null },
      { name: 'Бухгалтерия', unsubscribedAt: null },
    ])
  })

  test('is not verified after five wrong codes', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    await askForCode(person)
    const code = await mailedCode(db, 1)
    for (let n = 0; n < 5; n++) {
      await person.say(other(code))
      expect((await person.waitForReply()).text).toContain('Код не подошёл')
    }
    await person.say(code)
    expect((await person.waitForReply()).text).toContain('Код больше не действует')
    expect(await db.selectFrom('emailAddress').select('verifiedAt').execute()).toEqual([{ verifiedAt: null }])
  })

  test('gets at most three codes an hour', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
    const person = sandbox.person(anna)
    for (let n = 1; n <= 3; n++) {
      await askForCode(person)
      await mailedCode(db, n)
    }
    await askForCode(person)
    expect(person.messages().at(-1)?.text).toContain('отправлено три кода')
    expect(await db.selectFrom('delivery').select('id').execute()).toHaveLength(3)
  })

  test('is not asked for in a group', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const { id: chatId } = sandbox.group({ title: 'Логистика', members: [anna] })
    await letGroupIn(db, chatId)
    await startTestBot({ db, redisUrl, queuePrefix, sandbox })
    const person = sandbox.person(anna)
    await person.say('/email', { chatId })
    expect((await person.waitForReply({ chatId })).text).toContain('только в личной переписке')
  })
})

test('without a mail server the bot says that e-mail is off', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, isEmailOn: false })
  const person = sandbox.person(anna)
  await person.say('/email')
  expect((await person.waitForReply()).text).toContain('сейчас выключена')
})

async function askForCode(
  person: ReturnType<Awaited<ReturnType<typeof openSandbox>>['person']>,
  address = 'anna@example.com',
): Promise<void> {
  await person.say('/email')
  const { reply_markup: keyboard } = await person.waitForReply()
  const add = keyboard?.inline_keyboard.flat().find(({ callback_data }) => callback_data === 'v1:email-add')
  await person.press(add?.text ?? '')
  await person.waitForReply()
  await person.say(address)
  await person.waitForReply()
}

async function mailedCode(db: Db, count: number): Promise<string> {
  const mails = await waitUntil(
    async () => {
      const rows = await db.selectFrom('delivery').select(['kind', 'text']).orderBy('id').execute()
      return rows.length === count && rows
    },
    { what: `${count} mails` },
  )
  return /\d{6}/.exec(mails.at(-1)?.text ?? '')?.[0] ?? ''
}

function other(code: string): string {
  return code === '000000' ? '000001' : '000000'
}
