import { companies, type Db, groups } from '@atermtrack/data'
import type { PersonHandle } from '@atermtrack/sandbox'
import { containerNumber, describe, expect, type Fixtures, readLedger, test, waitUntil } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { letGroupIn } from '../../testing/let-group-in.ts'
import { anna, boris, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'

const [mine, foreign] = ['MSKU6011672', containerNumber(7)]
const bot = '@atermtrack_bot'
const now = () => new Date('2025-09-02T06:00:00Z')

type Place = Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'>

describe('a group that no admin has let in', () => {
  test('reads one sentence, once, and its admins are asked once; then an admin lets it in', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const place = { db, redisUrl, queuePrefix }
    const { sandbox, chatId, member, admin } = await start(place)
    await member.say(`${bot} ${mine}`, { chatId })
    expect((await member.waitForReply({ chatId })).text).toContain('когда администратор бота разрешит эту группу')
    await member.say(`${bot} ${mine}`, { chatId })
    await waitForUpdates(db)
    expect(textsIn(member, chatId)).toHaveLength(1)
    const [request, ...more] = await requestsTo(db)
    expect(more).toEqual([])
    expect(request?.text).toContain('Запрос от группы</b>\n<b>Склад</b>')

    const [allow] = buttonsOf(request?.markup)
    await press(admin, allow!)
    await admin.press('🏢 Ромашка')
    expect((await admin.waitForReply()).text).toContain('Видит контейнеры: Ромашка')
    await member.say(`${bot} ${mine}`, { chatId })
    expect((await member.waitForReply({ chatId })).text).toContain(mine)
    expect(await auditOf(db)).toEqual(['group.allowed'])
    expect(sandbox.calls.filter(({ method }) => method === 'leaveChat')).toEqual([])
  })

  test('gets no answer where the bot is open to everybody, neither to a word nor to a command or button', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const place = { db, redisUrl, queuePrefix }
    const { chatId, member } = await start(place, { accessMode: 'open' })
    await member.say('/help', { chatId })
    await member.say('/groups', { chatId })
    await waitForUpdates(db)
    expect(textsIn(member, chatId)).toEqual([])
    await member.say('/help')
    const message = await member.waitForReply()
    expect(message.text).toContain('номер')
    await letGroupIn(db, chatId)
    await member.say('/help', { chatId })
    const help = await member.waitForReply({ chatId })
    await db.updateTable('chatGroup').set({ status: 'waiting' }).execute()
    const pressed = await member.pressData(`v1:card:${mine}`, help)
    expect(await member.waitForAnswer(pressed)).toMatchObject({ text: 'В этой группе бот пока не отвечает' })
    expect(textsIn(member, chatId)).toHaveLength(1)
  })

  test('is left after a decline', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    const { sandbox, chatId, admin } = await start(place)
    const [request] = await requestsTo(db)
    const [, deny] = buttonsOf(request?.markup)
    await press(admin, deny!)
    await sandbox.waitForCall(({ method, payload }) => method === 'leaveChat' && payload['chat_id'] === chatId)
    expect(admin.messages().at(-1)?.text).toContain('⛔ отклонена')
  })

  test('is left at once when somebody adds the bot again after a decline', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const { id: chatId } = sandbox.group({ title: 'Склад', members: [anna] })
    await db.insertInto('chatGroup').values({ chatId, status: 'declined' }).execute()
    const settings = { accessMode: 'approval', adminChatIds: [boris] } as const
    await startTestBot({ db, redisUrl, queuePrefix, sandbox, now, ...settings })
    await sandbox.waitForCall(({ method, payload }) => method === 'leaveChat' && payload['chat_id'] === chatId)
    await waitForUpdates(db)
    expect(await db.selectFrom('delivery').select('id').execute()).toEqual([])
  })

  test('is left after some days without a decision', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    const { sandbox, chatId } = await start(place, { backgroundEveryMs: 200 })
    await requestsTo(db)
    await db
      .updateTable('chatGroup')
      .set({ createdAt: new Date('2020-01-01T00:00:00Z') })
      .execute()
    await sandbox.waitForCall(({ method, payload }) => method === 'leaveChat' && payload['chat_id'] === chatId)
    await waitUntil(async () => (await groups.findByChat(db, chatId))?.leftAt, { what: 'the group to be left' })
  })
})

test('admins are asked about many groups in few messages', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  const { sandbox, admin } = await start(place)
  for (let number = 2; number <= 20; number++) sandbox.group({ title: `Группа ${number}`, members: [anna] })
  await waitUntil(async () => (await db.selectFrom('chatGroup').select('id').execute()).length === 20, {
    what: 'all groups to be recorded',
  })
  const texts = (await requestsTo(db, 4)).map(({ text }) => text)
  expect(texts.filter((text) => text?.includes('Запрос от группы'))).toHaveLength(3)
  expect(texts.filter((text) => text?.includes('/groups'))).toHaveLength(1)
  await admin.say('/groups')
  expect((await admin.waitForReply()).text).toContain('Группы: 20')
})

describe('in a group that sees the containers of a company', () => {
  test('an admin’s question, button and forged data show only those', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    const { chatId, member, admin, companyId } = await start(place)
    await letGroupIn(db, chatId, companyId)
    await member.say(`${bot} ${mine}`, { chatId })
    const card = await member.waitForReply({ chatId })
    for (const data of [`v1:card:${foreign}`, `v1:history:${foreign}:0`, 'v1:search:0']) {
      await admin.waitForAnswer(await admin.pressData(data, card))
    }
    await admin.say(`${bot} ${foreign}`, { chatId })
    const answer = await admin.waitForReply({ chatId })
    expect(answer.text).not.toContain('Тайная')
    await admin.say(`${bot} все контейнеры`, { chatId })
    expect((await admin.waitForReply({ chatId })).text).not.toContain('Тайная')
    expect(JSON.stringify(admin.messages({ chatId }))).not.toContain('Тайная')
    // In private the same admin sees it.
    await admin.say(foreign)
    expect((await admin.waitForReply()).text).toContain('Тайная')
  })

  test('no admin function works, even for admins', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    const { chatId, member, admin, companyId } = await start(place)
    const id = await letGroupIn(db, chatId, companyId)
    await member.say(`${bot} ${mine}`, { chatId })
    const card = await member.waitForReply({ chatId })
    const presses = [`v1:grp-scope:${id}:0`, `v1:grp-close:${id}`, 'v1:grp-list:0', `v1:co-remove-yes:${companyId}`]
    for (const data of presses) {
      for (const person of [admin, member]) await person.waitForAnswer(await person.pressData(data, card))
    }
    expect(await groups.find(db, id)).toMatchObject({ status: 'allowed', companyId })
    expect(await companies.find(db, companyId)).toBeDefined()
    expect(await auditOf(db)).toEqual([])
  })

  test('a person without access is answered, and cannot watch containers', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    const { chatId, member, companyId } = await start(place)
    await letGroupIn(db, chatId, companyId)
    await member.say(`${bot} ${mine}`, { chatId })
    const card = await member.waitForReply({ chatId })
    expect(card.text).toContain(mine)
    const pressed = await member.pressData(`v1:watch:${mine}`, card)
    expect(await member.waitForAnswer(pressed)).toMatchObject({ text: expect.stringContaining('открыл доступ') })
    expect(await db.selectFrom('subscription').select('id').execute()).toEqual([])
    await db.updateTable('person').set({ access: 'denied' }).where('telegramId', '=', anna).execute()
    await member.say(`${bot} ${mine}`, { chatId })
    expect((await member.waitForReply({ chatId })).text).toContain('Отвечаю тем, кому администратор открыл доступ')
  })
})

test('a group keeps its permission when it becomes a supergroup', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  const { chatId, member, group, companyId } = await start(place)
  const id = await letGroupIn(db, chatId, companyId)
  const moved = group.migrate()
  await waitUntil(async () => (await groups.find(db, id))?.chatId === moved.id, { what: 'the group to move' })
  expect(await groups.find(db, id)).toMatchObject({ status: 'allowed', companyId, formerIds: [chatId] })
  await member.say(`${bot} ${mine}`, { chatId: moved.id })
  expect((await member.waitForReply({ chatId: moved.id })).text).toContain(mine)
})

test('a group of the settings keeps its rights when it becomes a supergroup', async ({ db, redisUrl, queuePrefix }) => {
  const sandbox = await openSandbox()
  const group = sandbox.group({ title: 'Админы', members: [boris, anna] })
  const parts = {
    db,
    redisUrl,
    queuePrefix,
    sandbox,
    now,
    accessMode: 'approval',
    adminChatIds: [boris, group.id],
  } as const
  await startTestBot(parts)
  const moved = group.migrate()
  await waitUntil(async () => groups.findByChat(db, moved.id), { what: 'the group to move' })
  const admin = sandbox.person(boris)
  await admin.say('/groups', { chatId: moved.id })
  expect((await admin.waitForReply({ chatId: moved.id })).text).toContain('Групп')
  // Other members read and decide nothing.
  const other = sandbox.person(anna)
  const pressed = await other.pressData('v1:grp-list:0', admin.messages({ chatId: moved.id }).at(-1)!)
  expect(await other.waitForAnswer(pressed)).toMatchObject({ text: 'Нет доступа' })
})

/** A bot by approval with the admin Борис; Анна, a stranger, has brought it into a group. Ромашка owns one of two containers. */
async function start({ db, redisUrl, queuePrefix }: Place, options: Partial<Parameters<typeof startTestBot>[0]> = {}) {
  const company = await companies.insert(db, 'Ромашка')
  await companies.addClient(db, company!.id, { inn: null, name: 'ООО Ромашка' })
  await storePositions(db, [
    aPosition({ consignee: 'ООО Ромашка' }),
    aPosition({ container: foreign, consignee: 'АО Тайна', station: { name: 'ТАЙНАЯ', code: '940006' } }),
  ])
  const sandbox = await openSandbox()
  const group = sandbox.group({ title: 'Склад', members: [anna, boris] })
  const settings = { accessMode: 'approval', adminChatIds: [boris] } as const
  await startTestBot({ db, redisUrl, queuePrefix, sandbox, now, ...settings, ...options })
  const [member, admin] = [sandbox.person(anna), sandbox.person(boris)]
  return { sandbox, group, chatId: group.id, member, admin, companyId: company!.id }
}

/** Presses a button of a request under another message of the private chat, because tests do not send requests. */
async function press(admin: PersonHandle, data: string): Promise<void> {
  await admin.say('/menu')
  await admin.pressData(data, await admin.waitForReply())
  await admin.waitForReply()
}

async function requestsTo(db: Db, count = 1) {
  return waitUntil(
    async () => {
      const rows = (await readLedger(db)).filter(({ audience }) => audience === 'admin')
      return rows.length >= count && rows
    },
    { what: `${count} messages to admins` },
  )
}

async function waitForUpdates(db: Db): Promise<void> {
  await waitUntil(
    async () =>
      (await db.selectFrom('telegramUpdate').select('seq').where('doneAt', 'is', null).execute()).length === 0,
    { what: 'all updates to be handled' },
  )
}

function textsIn(person: PersonHandle, chatId: number): readonly (string | undefined)[] {
  return person
    .messages({ chatId })
    .filter(({ from }) => from?.is_bot)
    .map(({ text }) => text)
}

async function auditOf(db: Db): Promise<readonly string[]> {
  return (await db.selectFrom('audit').select('action').orderBy('id').execute()).map(({ action }) => action)
}

function buttonsOf(markup: unknown): readonly string[] {
  const { inline_keyboard: rows } = markup as { readonly inline_keyboard: readonly { callback_data: string }[][] }
  return rows.flat().map(({ callback_data }) => callback_data)
}
