import { companies, type Db, members, people } from '@atermtrack/data'
import type { PersonHandle } from '@atermtrack/sandbox'
import { describe, expect, readLedger, test, waitUntil } from '@atermtrack/testkit'
import { anna, boris, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'

const vera = 1003
const group = -100_500

describe('somebody unknown', () => {
  test('describes themselves, and one of the admins decides once', async ({ db, redisUrl, queuePrefix }) => {
    const adminChatIds = [boris, vera, group]
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds })
    const person = sandbox.person(anna)
    await person.say('MSKU6011672')
    expect((await person.waitForReply()).text).toContain('Доступ выдаёт администратор')
    await person.press('Запросить доступ')
    expect((await person.waitForReply()).text).toContain('кто вы: имя, компания')
    await person.say('я'.repeat(301))
    expect((await person.waitForReply()).text).toContain('до 300 знаков')
    await person.say('Анна, <Ромашка>, слежу за грузом MSKU6011672')
    expect((await person.waitForReply()).text).toContain('Запрос передан')
    const requests = await waitForDeliveries(db, 3)
    expect(new Set(requests.map(({ chatId }) => chatId))).toEqual(new Set(adminChatIds))
    expect(requests[0]?.text).toContain('Анна</b> (@anna), id <code>1001</code>')
    expect(requests[0]?.text).toContain('О себе: <i>Анна, &lt;Ромашка&gt;, слежу за грузом MSKU6011672</i>')

    const [grant, deny] = buttonsOf(requests[0]?.markup)
    const first = await anAdmin(sandbox.person(boris))
    await first.pressData(grant!, first.messages().at(-1)!)
    expect((await first.waitForReply()).text).toContain('Какую роль дать?')
    await first.press('🛠 Оператор')
    expect((await first.waitForReply()).text).toContain('✅ Доступ открыт: Борис (@boris)\nРоль: оператор')
    const [granted] = (await waitForDeliveries(db, 4)).slice(3)
    expect(granted).toMatchObject({ chatId: anna, kind: 'alert', text: expect.stringContaining('вы оператор') })

    const second = await anAdmin(sandbox.person(vera))
    const press = await second.pressData(deny!, second.messages().at(-1)!)
    expect(await second.waitForAnswer(press)).toMatchObject({ text: 'Уже решено (доступ открыт): Борис (@boris)' })
    expect((await second.waitForReply()).text).toContain('✅ Доступ открыт: Борис (@boris)')
    expect(await db.selectFrom('audit').select(['action', 'object', 'details']).execute()).toEqual([
      { action: 'access.granted', object: expect.stringMatching(/^person:\d+$/), details: { role: 'operator' } },
    ])

    await person.say('нет номера')
    expect((await person.waitForReply()).text).toContain('Не понял вопроса')
  })

  test('is reported to admins appointed in the bot too, in their language', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris] })
    await people.ensure(db, { telegramId: vera, firstName: 'Vera', lastName: null, username: null, language: 'en' })
    await people.grant(db, vera, 'admin')
    await askWithoutAbout(sandbox.person(anna))
    const requests = await waitForDeliveries(db, 2)
    expect(requests.map(({ chatId, text }) => [chatId, text?.includes('Request for access')])).toEqual([
      [boris, false],
      [vera, true],
    ])
  })

  test('is let in by an admin of the settings who is not known yet', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris] })
    const admin = await anAdmin(sandbox.person(boris))
    await db.deleteFrom('person').where('telegramId', '=', boris).execute()
    await askWithoutAbout(sandbox.person(anna))
    const [request] = await waitForDeliveries(db, 1)
    await admin.pressData(buttonsOf(request?.markup)[0]!, admin.messages().at(-1)!)
    expect((await admin.waitForReply()).text).toContain('Какую роль дать?')
  })

  test('becomes a viewer of a company, old or new, or of none', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris] })
    await companies.insert(db, 'Василёк')
    const admin = await anAdmin(sandbox.person(boris))
    const choices = [
      ['Без компании: видит всё', undefined, 'список или таблицу'],
      ['🏢 Василёк', undefined, 'Василёк'],
      ['➕ Новая компания', 'Ромашка', 'Ромашка'],
    ] as const
    for (const [index, [button, typed, notified]] of choices.entries()) {
      const person = sandbox.person({ id: 3001 + index, name: 'Гость' })
      await askWithoutAbout(person)
      const request = (await waitForDeliveries(db, 2 * index + 1)).at(-1)
      await admin.pressData(buttonsOf(request?.markup)[0]!, admin.messages().at(-1)!)
      await admin.waitForReply()
      await admin.press('👁 Наблюдатель')
      expect((await admin.waitForReply()).text).toContain('Из какой компании?')
      await admin.press(button)
      const answer = await admin.waitForReply()
      if (typed !== undefined) {
        expect(answer.text).toContain('Как называется новая компания?')
        await admin.say('василёк')
        expect((await admin.waitForReply()).text).toContain('уже есть')
        await admin.say(typed)
        await admin.waitForReply()
      }
      expect((await waitForDeliveries(db, 2 * index + 2)).at(-1)?.text).toContain(notified)
    }
    const known = await db
      .selectFrom('person')
      .leftJoin('company', 'company.id', 'person.companyId')
      .select(['person.role', 'company.name'])
      .where('telegramId', '>', 3000)
      .orderBy('telegramId')
      .execute()
    expect(known).toEqual([null, 'Василёк', 'Ромашка'].map((name) => ({ role: 'viewer', name })))
  })

  test('is decided on once by two admins at the same moment', async ({ db, redisUrl, queuePrefix }) => {
    const adminChatIds = [boris, vera]
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds })
    const person = sandbox.person(anna)
    await askWithoutAbout(person)
    const [request] = await waitForDeliveries(db, 2)
    const id = buttonsOf(request?.markup)[0]!.split(':')[2]!
    const admins = [await anAdmin(sandbox.person(boris)), await anAdmin(sandbox.person(vera))]
    const presses = [`v1:access-role:${id}:operator`, `v1:access-deny:${id}`]
    await Promise.all(admins.map((admin, index) => admin.pressData(presses[index]!, admin.messages().at(-1)!)))
    const shown = await Promise.all(admins.map((admin) => admin.waitForReply()))
    expect(shown[0]?.text).toBe(shown[1]?.text)
    expect(await db.selectFrom('audit').select('action').execute()).toHaveLength(1)
    expect(await waitForDeliveries(db, 3)).toHaveLength(3)
  })

  test('is let in by an admin from a group, where others can do nothing', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const { id: chatId } = sandbox.group({ title: 'Админы', members: [boris, vera] })
    const adminChatIds = [boris, chatId]
    await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds, sandbox })
    await askWithoutAbout(sandbox.person(anna))
    const requests = await waitForDeliveries(db, 2)
    const [grant] = buttonsOf(requests[0]?.markup)
    const admin = sandbox.person(boris)
    await admin.say('/help', { chatId })
    const message = await admin.waitForReply({ chatId })
    const press = await sandbox.person(vera).pressData(grant!, message)
    expect(await sandbox.person(vera).waitForAnswer(press)).toMatchObject({ text: 'Нет доступа' })
    await admin.pressData(grant!, message)
    expect((await admin.waitForReply({ chatId })).text).toContain('Какую роль дать?')
    await admin.press('👁 Наблюдатель', { chatId })
    await admin.waitForReply({ chatId })
    await admin.press('Без компании: видит всё', { chatId })
    expect((await admin.waitForReply({ chatId })).text).toContain('Роль: наблюдатель')
  })

  test('reaches no feature, neither by a button nor by forged data', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris] })
    const person = sandbox.person(anna)
    await person.say('/start')
    const welcome = await person.waitForReply()
    const { id } = await people.ensure(db, {
      telegramId: anna,
      firstName: 'Анна',
      lastName: null,
      username: 'anna',
      language: 'ru',
    })
    await people.requestAccess(db, id, undefined)
    for (const data of [`v1:access-grant:${id}`, 'v1:sub-add', 'v1:card:MSKU6011672']) {
      const press = await person.pressData(data, welcome)
      expect(await person.waitForAnswer(press)).toMatchObject({ text: 'Нет доступа' })
    }
    expect(await people.get(db, id)).toMatchObject({ access: 'requested' })
  })

  test('may ask again a day after a refusal', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris] })
    const person = sandbox.person(anna)
    await askWithoutAbout(person)
    const [request] = await waitForDeliveries(db, 1)
    const admin = await anAdmin(sandbox.person(boris))
    await admin.pressData(buttonsOf(request?.markup)[1]!, admin.messages().at(-1)!)
    expect((await admin.waitForReply()).text).toContain('⛔ Отклонено: Борис (@boris)')
    await person.say('MSKU6011672')
    expect((await person.waitForReply()).text).toContain('Через сутки можно попросить ещё раз')
    const accessDecidedAt = new Date(Date.now() - 25 * 3_600_000)
    await db.updateTable('person').set({ accessDecidedAt }).where('telegramId', '=', anna).execute()
    await askWithoutAbout(person)
    expect(await people.findByTelegramId(db, anna)).toMatchObject({ access: 'requested' })
  })

  test('is informed about a lost access, and a label of the old menu is not a description of themselves', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris] })
    const person = await anAdmin(sandbox.person(boris)).then(() => sandbox.person(anna))
    await person.say('/start')
    await person.waitForReply()
    const member = await people.grant(db, anna, 'operator')
    await members.dismiss(db, member!.id, { decidedBy: member!.id })
    await person.say('📂 Мои подписки')
    expect((await person.waitForReply()).text).toContain('Администратор закрыл вам доступ')
    const accessDecidedAt = new Date(Date.now() - 25 * 3_600_000)
    await db.updateTable('person').set({ accessDecidedAt }).where('telegramId', '=', anna).execute()
    await person.say('/menu')
    await person.waitForReply()
    await person.press('Запросить доступ')
    await person.waitForReply()
    await person.say('📂 Мои подписки')
    expect((await person.waitForReply()).text).toContain('Доступ выдаёт администратор')
    expect(await people.findByTelegramId(db, anna)).toMatchObject({ access: 'denied' })
  })

  test('reads in a group, when they name the bot, that an admin must let it in', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const sandbox = await openSandbox()
    const { id: chatId } = sandbox.group({ title: 'Склад', members: [anna] })
    await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris], sandbox })
    const person = sandbox.person(anna)
    await person.say('@atermtrack_bot MSKU6011672', { chatId })
    expect((await person.waitForReply({ chatId })).text).toContain('разрешит эту группу')
  })

  test('gets no answer in a group to a command that may be for another bot', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const { id: chatId } = sandbox.group({ title: 'Чужие', members: [anna] })
    await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris], sandbox })
    await sandbox.person(anna).say('/help', { chatId })
    await waitUntil(async () => (await outcomes(db)).at(-1) === 'ignored', { what: 'the command to be ignored' })
    expect(sandbox.calls.filter(({ method }) => method === 'sendMessage')).toEqual([])
  })
})

test('everybody is answered when the bot is open', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'open' })
  const person = sandbox.person(anna)
  await person.say('/start')
  expect((await person.waitForReply()).text).toContain('Здравствуйте, Анна!')
})

test('a person who blocks the bot is unreachable until they come back', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
  const person = sandbox.person(anna)
  await person.say('/start')
  await person.waitForReply()
  const isReachable = async () => {
    const [row] = await db.selectFrom('person').select('unreachableSince').where('telegramId', '=', anna).execute()
    return row?.unreachableSince === null
  }
  await person.block()
  await waitUntil(async () => !(await isReachable()), { what: 'the block to be recorded' })
  await person.unblock()
  await waitUntil(isReachable, { what: 'the unblock to be recorded' })
  await people.markUnreachable(db, anna, 'chat not found')
  await person.say('/start')
  await person.waitForReply()
  await waitUntil(isReachable, { what: '/start to be recorded' })
})

async function anAdmin(admin: PersonHandle): Promise<PersonHandle> {
  await admin.say('/menu')
  await admin.waitForReply()
  return admin
}

async function askWithoutAbout(person: PersonHandle): Promise<void> {
  await person.say('/start')
  await person.waitForReply()
  await person.press('Запросить доступ')
  await person.waitForReply()
  await person.press('Пропустить')
  expect((await person.waitForReply()).text).toContain('Запрос передан')
}

async function outcomes(db: Db) {
  return (await db.selectFrom('telegramUpdate').select('outcome').orderBy('seq').execute()).map(
    ({ outcome }) => outcome,
  )
}

async function waitForDeliveries(db: Db, count: number) {
  return waitUntil(
    async () => {
      const rows = await readLedger(db)
      return rows.length === count && rows
    },
    { what: `${count} deliveries` },
  )
}

function buttonsOf(markup: unknown): readonly string[] {
  const { inline_keyboard: rows } = markup as { readonly inline_keyboard: readonly { callback_data: string }[][] }
  return rows.flat().map(({ callback_data }) => callback_data)
}
