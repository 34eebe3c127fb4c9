import { type Db, people } from '@atermtrack/data'
import { describe, expect, test, waitUntil } from '@atermtrack/testkit'
import { anna, boris, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'

const vera = 1003
const group = -100_500

describe('somebody unknown', () => {
  test('asks for access, and one of the admins decides once', async ({ db, redisUrl, queuePrefix }) => {
    const adminChatIds = [boris, vera, group]
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds })
    const person = sandbox.person(anna)
    await person.say('MSKU6011672')
    expect((await person.waitForReply()).text).toContain('Доступ выдаёт администратор')
    await person.press('Запросить доступ')
    expect((await person.waitForReply()).text).toContain('Просьба передана')
    const requests = await waitForDeliveries(db, 3)
    expect(new Set(requests.map(({ chatId }) => chatId))).toEqual(new Set(adminChatIds))
    expect(requests[0]?.text).toContain('Анна</b> (@anna), id <code>1001</code>')

    const [grant, deny] = buttonsOf(requests[0]?.markup)
    const first = sandbox.person(boris)
    await first.say('/start')
    const screen = await first.waitForReply()
    await first.pressData(grant!, screen)
    expect((await first.waitForReply()).text).toContain('✅ Доступ открыт: Борис (@boris)')
    const [told] = (await waitForDeliveries(db, 4)).slice(3)
    expect(told).toMatchObject({ chatId: anna, kind: 'alert', text: expect.stringContaining('Доступ открыт') })

    const second = sandbox.person(vera)
    await second.say('/start')
    const press = await second.pressData(deny!, await second.waitForReply())
    expect(await second.waitForAnswer(press)).toMatchObject({ text: 'Уже решено (доступ открыт): Борис (@boris)' })
    expect((await second.waitForReply()).text).toContain('✅ Доступ открыт: Борис (@boris)')
    expect(await db.selectFrom('audit').select(['action', 'object']).execute()).toEqual([
      { action: 'access.granted', object: expect.stringMatching(/^person:\d+$/) },
    ])

    await person.say('нет номера')
    expect((await person.waitForReply()).text).toContain('Не вижу здесь номера')
  })

  test('reaches no feature, by button or by made-up data', async ({ db, redisUrl, queuePrefix }) => {
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
    await people.requestAccess(db, id)
    for (const data of [`v1:access-grant:${id}`, 'v1:sub-add', 'v1:card:MSKU6011672']) {
      const press = await person.pressData(data, welcome)
      expect(await person.waitForAnswer(press)).toMatchObject({ text: 'Нет доступа' })
    }
    expect(await people.get(db, id)).toMatchObject({ access: 'requested' })
  })

  test('who was turned down gets one sentence', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris] })
    const person = sandbox.person(anna)
    await person.say('/start')
    await person.waitForReply()
    await db.updateTable('person').set({ access: 'denied' }).where('telegramId', '=', anna).execute()
    await person.say('MSKU6011672')
    expect((await person.waitForReply()).text).toBe('К сожалению, администратор не открыл вам доступ к этому боту.')
  })

  test('is not answered in a group', async ({ db, redisUrl, queuePrefix }) => {
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

test('who blocks the bot is unreachable until they come back', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
  const person = sandbox.person(anna)
  await person.say('/start')
  await person.waitForReply()
  const isReachable = async () => {
    const [row] = await db.selectFrom('person').select('unreachableSince').where('telegramId', '=', anna).execute()
    return row?.unreachableSince === null
  }
  await person.block()
  await waitUntil(async () => !(await isReachable()), { what: 'the block to be noted' })
  await person.unblock()
  await waitUntil(isReachable, { what: 'the unblock to be noted' })
  await people.markUnreachable(db, anna, 'chat not found')
  await person.say('/start')
  await person.waitForReply()
  await waitUntil(isReachable, { what: '/start to be noted' })
})

async function outcomes(db: Db) {
  return (await db.selectFrom('telegramUpdate').select('outcome').orderBy('seq').execute()).map(
    ({ outcome }) => outcome,
  )
}

async function waitForDeliveries(db: Db, count: number) {
  return waitUntil(
    async () => {
      const rows = await db
        .selectFrom('delivery')
        .select(['id', 'chatId', 'kind', 'text', 'markup'])
        .orderBy('id')
        .execute()
      return rows.length === count && rows
    },
    { what: `${count} deliveries` },
  )
}

function buttonsOf(markup: unknown): readonly string[] {
  const { inline_keyboard: rows } = markup as { readonly inline_keyboard: readonly { callback_data: string }[][] }
  return rows.flat().map(({ callback_data }) => callback_data)
}
