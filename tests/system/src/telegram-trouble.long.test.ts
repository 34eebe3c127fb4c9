import type { PersonHandle } from '@atermtrack/sandbox'
import { atLength, expect, test, waitUntil } from '@atermtrack/testkit'
import { admin, countNews, countReceived, letIn, news } from './broadcast.ts'
import { createSystem, openSandbox } from './system.ts'
import { ask, awaitMessage, textOf } from './talk.ts'

// Takes up to 120 s: waits for the pauses that Telegram asks for.

const recipients = atLength({ short: 150, full: 600 })
const failedProbesAwaited = atLength({ short: 1, full: 3 })
const minute = 60_000

test('a storm of 502 in the middle of a broadcast leaves a handful unknown, and the admins get a message at its end', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using sandbox = await openSandbox({
    persons: Array.from({ length: recipients }, (_, n) => ({ name: `P ${n}` })),
  })
  const env = { ADMIN_CHAT_ID: String(admin) }
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox, env })
  await letIn(db, sandbox)
  await Promise.all([system.start('bot'), system.start('bot'), system.start('reporter')])
  await system.ready()
  const author = sandbox.person(admin)
  await ask(author, '/broadcast', 'Пришлите сообщение рассылки')
  await ask(author, news, 'Так это увидят')
  await author.press(({ text }) => text.includes(`Отправить ${recipients}`))
  await waitUntil(() => countReceived(sandbox) > 60, { what: 'the first recipients', timeoutMs: minute })
  const storm = sandbox.faults.add({ kind: 'serverError', method: 'sendMessage' })
  const failedProbes = async () =>
    (await db.selectFrom('telegramGate').select('failedProbes').executeTakeFirstOrThrow()).failedProbes
  await waitUntil(async () => (await failedProbes()) >= failedProbesAwaited, {
    what: 'probes that fail',
    timeoutMs: 2 * minute,
  })
  storm.remove()
  await awaitMessage(author, 'Отправка снова работает')
  const isDone = async () => (await db.selectFrom('broadcast').select('status').executeTakeFirst())?.status === 'done'
  await waitUntil(isDone, { what: 'the broadcast to be over', timeoutMs: 3 * minute })

  const ledger = await db.selectFrom('delivery').select(['chatId', 'status']).where('kind', '=', 'broadcast').execute()
  expect(ledger).toHaveLength(recipients)
  const unknown = ledger.filter(({ status }) => status === 'unknown')
  expect(unknown.length).toBeLessThanOrEqual(12)
  const sent = ledger.filter(({ status }) => status === 'sent')
  expect(sent).toHaveLength(recipients - unknown.length)
  for (const { chatId } of sent) expect(countNews(sandbox, chatId ?? 0), `chat ${chatId}`).toBe(1)
}, 300_000)

test('refused chats do not delay the others, and after a kill each of them gets its answers once, in order', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using sandbox = await openSandbox()
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox })
  const bots = await Promise.all([system.start('bot'), system.start('bot')])
  await Promise.all([system.start('reporter'), system.ready()])
  const crowd = Array.from({ length: atLength({ short: 24, full: 80 }) }, (_, n) =>
    sandbox.person({ id: 4_000 + n, name: `P ${n}` }),
  )
  const refused = crowd.map(({ id }) =>
    sandbox.faults.add({
      kind: 'tooManyRequests',
      retryAfterSeconds: atLength({ short: 15, full: 25 }),
      method: 'sendMessage',
      chatId: id,
    }),
  )
  for (const person of crowd) {
    await person.say('/menu')
    await person.say('/privacy')
  }
  const hits = () => refused.reduce((sum, fault) => sum + fault.hits(), 0)
  await waitUntil(() => hits() > 16, { what: 'more refusals than one bot handles at once' })
  const ordinary = sandbox.person(1002)
  await ordinary.say('/menu')
  await ordinary.waitForReply({ timeoutMs: 10_000 })

  const isHandedOver = async () =>
    (await db.selectFrom('telegramUpdate').select('updateId').where('doneAt', 'is', null).execute()).length === 0
  await waitUntil(isHandedOver, { what: 'all answers to stand in the ledger', timeoutMs: minute })
  for (const fault of refused) fault.remove()
  for (const bot of bots) {
    await bot.kill9()
    bot.start()
  }
  const areAnswered = () => crowd.every((person) => answers(person).length === 2)
  await waitUntil(areAnswered, { what: 'two answers for everybody', timeoutMs: 3 * minute })
  for (const person of crowd) expect(answers(person).map((text) => text.includes('Что я храню'))).toEqual([false, true])
}, 300_000)

function answers(person: PersonHandle): readonly string[] {
  return person
    .messages()
    .filter(({ from }) => from.is_bot)
    .map(textOf)
}
