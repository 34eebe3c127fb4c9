import { broadcasts, type Db, deliveries, members, pendingRows, people } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { expandBroadcast, openQueues, type Queues, sendTelegram } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import type { Sandbox } from '@atermtrack/sandbox'
import { fixedSettings } from '@atermtrack/settings'
import { expect, type Fixtures, onTestFinished, openHealth, test, waitUntil } from '@atermtrack/testkit'
import { startSending } from '../../deliveries/start-sending.ts'
import { createTelegramApi } from '../../telegram/telegram-api.ts'
import { anna, boris, openSandbox, openTo, startTestBot, token } from '../../testing/start-test-bot.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const vera = 1003
const scheduleZone = 'Asia/Vladivostok'

type Place = Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'>

test('an open bot that restarts by approval neither answers nor sends to people who were never let in', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const sandbox = await openSandbox()
  const open = await startTestBot({ ...place, sandbox, accessMode: 'open' })
  const person = sandbox.person(anna)
  await person.say('/menu')
  await person.waitForReply()
  await open.bot[Symbol.asyncDispose]()
  await startTestBot({ ...place, sandbox, accessMode: 'approval' })
  await person.say('MSKU6011672')
  expect((await person.waitForReply()).text).toContain('Доступ выдаёт администратор')

  const queues = openSender(place)
  startSender(place, sandbox, queues, openTo([], { mode: 'approval' }))
  const { id } = await deliveries.insertMessage(db, { kind: 'answer', chatId: anna, text: 'Тайна' })
  await queues.enqueue(sendTelegram, { deliveryId: id })
  await waitForEnd(db, id)
  // The sweep of the next minute does this otherwise.
  const [word] = await waitUntil(
    async () => {
      const rows = await pendingRows.claim(db, 'send-telegram', { seconds: 60, limit: 9 })
      return rows.length > 0 && rows
    },
    { what: 'the notice about it' },
  )
  await queues.enqueue(sendTelegram, { deliveryId: word!.id })
  await person.waitForReply({ where: ({ text }) => text?.includes('теперь доступ к боту выдаёт') === true })
  expect(JSON.stringify(person.messages())).not.toContain('Тайна')
})

test('a declined person stays declined where the bot is open, even while they ask again', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const { sandbox } = await startTestBot({ ...place, accessMode: 'open' })
  const person = sandbox.person(anna)
  await person.say('/menu')
  await person.waitForReply()
  for (const access of ['denied', 'requested'] as const) {
    await db
      .updateTable('person')
      .set({ access, accessDecidedAt: new Date('2025-01-01T00:00:00Z') })
      .execute()
    await person.say('MSKU6011672')
    const { text } = await person.waitForReply()
    expect(text).toMatch(access === 'denied' ? /Доступ выдаёт администратор/ : /ждёт решения/)
  }
})

test('a person removed from the settings is neither admin nor member from the next message on', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const sandbox = await openSandbox()
  const first = await startTestBot({ ...place, sandbox, accessMode: 'approval', adminChatIds: [anna] })
  const person = sandbox.person(anna)
  await person.say('/people')
  const shown = await person.waitForReply()
  expect(shown.text).not.toContain('Доступ выдаёт администратор')
  await first.bot[Symbol.asyncDispose]()
  await startTestBot({ ...place, sandbox, accessMode: 'approval', adminChatIds: [] })
  await person.say('/people')
  expect((await person.waitForReply()).text).toContain('Доступ выдаёт администратор')
  expect(await person.waitForAnswer(await person.pressData('v1:pe-list:0:0', shown))).toMatchObject({
    text: 'Нет доступа',
  })
})

test('a broadcast under way does not reach people who have lost access since it began', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const sandbox = await openSandbox()
  const policy = openTo([anna], { mode: 'approval' })
  const queues = openSender(place)
  await startTestBot({ ...place, sandbox, accessMode: 'approval', adminChatIds: [anna] })
  for (const id of [boris, vera]) {
    await sandbox.person(id).say('/menu')
    await sandbox.person(id).waitForReply()
    await people.grant(db, id, 'viewer')
  }
  const author = await people.ensure(db, {
    telegramId: anna,
    firstName: 'Анна',
    lastName: null,
    username: null,
    language: 'ru',
  })
  const content = { method: 'sendMessage', payload: { text: 'Всем' } }
  const draft = { authorId: author.id, chatId: anna, text: 'Всем', content, updateId: 1 }
  const { id } = await broadcasts.insertDraft(db, draft)
  await broadcasts.confirm(db, id, { revision: 1 })
  await db.transaction().execute((tx) => broadcasts.expandStep(tx, id, policy))
  const dismissed = await people.findByTelegramId(db, vera)
  await members.dismiss(db, dismissed!.id, { decidedBy: author.id })
  startSender(place, sandbox, queues, policy)
  await queues.enqueue(expandBroadcast, { broadcastId: id })
  await waitUntil(async () => (await broadcasts.find(db, id))?.status === 'done', { what: 'the broadcast to end' })
  expect(await broadcasts.count(db, id)).toMatchObject({ total: 3, sent: 2, cancelled: 1 })
  const got = (telegramId: number) =>
    sandbox
      .person(telegramId)
      .messages()
      .some(({ text }) => text === 'Всем')
  expect([got(boris), got(vera)]).toEqual([true, false])
})

function openSender({ redisUrl, queuePrefix }: Place): Queues {
  const queues = openQueues({ url: redisUrl, prefix: queuePrefix, logger })
  onTestFinished(async () => queues[Symbol.asyncDispose]())
  return queues
}

function startSender(
  { db, redisUrl, queuePrefix }: Place,
  sandbox: Sandbox,
  queues: Queues,
  policy: AccessPolicy,
): void {
  const api = createTelegramApi({ token, apiRoot: sandbox.apiRoot, logger })
  const parts = { db, api, logger, health: openHealth(), redisUrl, queuePrefix, queues }
  const sending = startSending({
    ...parts,
    settings: fixedSettings({ policy, scheduleZone }),
    graceMs: 1_000,
    progressEveryMs: 200,
  })
  onTestFinished(async () => {
    await sending[Symbol.asyncDispose]()
    await api[Symbol.asyncDispose]()
  })
}

async function waitForEnd(db: Db, id: number): Promise<void> {
  await waitUntil(
    async () => {
      const row = await db.selectFrom('delivery').select('status').where('id', '=', id).executeTakeFirst()
      return row?.status === 'cancelled'
    },
    { what: 'the delivery to be cancelled' },
  )
}
