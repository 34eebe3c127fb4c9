import { companies, type Db, deliveries, people, telegramUpdates } from '@atermtrack/data'
import { openQueues, sendTelegram, startWorker } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { type PersonHandle, type Sandbox, startSandbox } from '@atermtrack/sandbox'
import { expect, type Fixtures, onTestFinished, openHealth, readLedger, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { createSendTelegram } from '../deliveries/send-telegram.ts'
import type { Feature } from '../routing/feature.ts'
import { createTelegramApi } from '../telegram/telegram-api.ts'
import { anna, boris, openSandbox, openTo, startTestBot, token } from '../testing/start-test-bot.ts'
import { testHealth } from '../testing/test-health.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const crowd = 40
/** Well below the pauses and delays of these tests, even on a busy machine. */
const soonMs = 8_000
const handlers = 16

const echo: Feature = {
  name: 'echo',
  right: 'ask',
  commands: [{ name: 'echo', handle: async (ctx) => ctx.say(`эхо ${ctx.text?.split(' ')[1]}`) }],
}

test('chats that Telegram refuses, more than are handled at once, do not delay others', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const sandbox = await openSandbox()
  const people = aCrowd(sandbox)
  for (const { id } of people) sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 25, chatId: id })
  await startAll(place, sandbox)
  await Promise.all(people.map((person) => person.say('/menu')))
  await waitUntil(() => refusals(sandbox) >= handlers + 1, { what: 'more refusals than there are handlers' })
  const ordinary = sandbox.person(anna)
  await ordinary.say('/menu')
  await ordinary.waitForReply({ timeoutMs: soonMs })
  await allDone(place.db)
  expect(await waiting(place.db)).toBe(crowd)
})

test('chats that Telegram answers slowly, more than are handled at once, do not delay others', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const sandbox = await openSandbox()
  const people = aCrowd(sandbox)
  const faults = people.map(({ id }) =>
    sandbox.faults.add({ kind: 'slow', ms: 14_000, method: 'sendMessage', chatId: id }),
  )
  await startAll(place, sandbox)
  await Promise.all(people.map((person) => person.say('/menu')))
  const hits = () => faults.reduce((sum, fault) => sum + fault.hits(), 0)
  await waitUntil(() => hits() >= handlers + 1, { what: 'more slow calls than there are handlers' })
  const ordinary = sandbox.person(anna)
  await ordinary.say('/menu')
  await ordinary.waitForReply({ timeoutMs: soonMs })
})

test('a chat with a thousand open updates does not delay others', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  const sandbox = await openSandbox()
  const flood = Array.from({ length: 1_000 }, (_, n) => anUpdate(800_000 + n, boris, `/echo ${n}`))
  await telegramUpdates.insertMany(place.db, flood)
  await startAll(place, sandbox)
  const ordinary = sandbox.person(anna)
  await ordinary.say('/menu')
  await ordinary.waitForReply({ timeoutMs: soonMs })
  const open = place.db.selectFrom('telegramUpdate').select((eb) => eb.fn.countAll<number>().as('n'))
  const { n } = await open.where('doneAt', 'is', null).executeTakeFirstOrThrow()
  expect(n).toBeGreaterThan(0)
})

test('a refused answer leaves later, and no later answer of the chat overtakes it', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const sandbox = await openSandbox()
  await startAll(place, sandbox)
  const person = sandbox.person(anna)
  sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 3, chatId: anna, method: 'sendMessage', times: 1 })
  for (const n of [1, 2, 3]) await person.say(`/echo ${n}`)
  await waitUntil(() => echoes(person).length === 3, { what: 'three answers', timeoutMs: 30_000 })
  expect(echoes(person)).toEqual(['эхо 1', 'эхо 2', 'эхо 3'])
  const calls = sandbox.calls.filter(({ method, chatId }) => method === 'sendMessage' && chatId === anna)
  expect(calls.map(({ status }) => status)).toEqual([429, 200, 200, 200])
  expect(calls[1]!.at - calls[0]!.at).toBeGreaterThanOrEqual(2_900)
  expect(await allDone(place.db)).toEqual(['handled', 'handled', 'handled'])
})

test('an answer waits while no server listens, and then names the time of its question', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const away = await startSandbox({ token })
  await startAll(place, away)
  await away.person(anna).say('/echo 0')
  await waitUntil(() => echoes(away.person(anna)).length === 1, { what: 'a bot that knows who it is' })
  await away[Symbol.asyncDispose]()
  // Old from the first moment: a sender that has read a row already would send it without the note.
  await sql`alter table delivery alter column created_at set default now() - interval '2 min'`.execute(place.db)
  await telegramUpdates.insertMany(place.db, [anUpdate(900_001, anna, '/echo 1'), anUpdate(900_002, anna, '/echo 2')])
  await waitUntil(async () => (await waiting(place.db)) === 2, { what: 'answers in the ledger', timeoutMs: 20_000 })
  const back = await startSandbox({ token, port: Number(new URL(away.apiRoot).port) })
  onTestFinished(() => back[Symbol.asyncDispose]())
  const person = back.person(anna)
  await waitUntil(() => echoes(person).length === 2, { what: 'the late answers', timeoutMs: 30_000 })
  expect(echoes(person)).toEqual(['эхо 1', 'эхо 2'])
  const [text] = person.messages().flatMap((message) => message.text ?? [])
  expect(text).toMatch(/^🕓 Ответ на вопрос от 02\.09\.2025 .* раньше отправить не удалось\.\n\nэхо 1$/)
})

test('a waiting answer does not leave when its reader may see other containers by then, and a notice says so', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const sandbox = await openSandbox()
  await startAll(place, sandbox, { accessMode: 'approval' })
  const person = sandbox.person(anna)
  await person.say('/start')
  await person.waitForReply()
  await people.grant(db, anna, 'viewer', (await companies.insert(db, 'Ромашка'))!.id)
  sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 2, chatId: anna, method: 'sendMessage', times: 1 })
  await person.say('/echo 1')
  await waitUntil(async () => (await waiting(db)) === 1, { what: 'the answer in the ledger' })
  await people.grant(db, anna, 'viewer', (await companies.insert(db, 'Василёк'))!.id)
  await waitUntil(async () => (await waiting(db)) === 0, { what: 'the end of the answer' })
  const rows = await readLedger(db, { chatId: anna })
  expect(rows).toMatchObject([
    { text: 'эхо 1', status: 'cancelled' },
    { text: expect.stringContaining('Спросите, пожалуйста, ещё раз'), status: 'pending' },
  ])
  expect(echoes(person)).toEqual([])
})

test('a person without access gets a waiting answer, and so does a person with erased data', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const sandbox = await openSandbox()
  await startAll(place, sandbox, { accessMode: 'approval' })
  const person = sandbox.person(anna)
  const refuseOnce = () =>
    sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 1, chatId: anna, method: 'sendMessage', times: 1 })
  refuseOnce()
  await person.say('/start')
  await person.waitForReply()
  await people.grant(db, anna, 'viewer')
  await person.say('/privacy')
  await person.waitForReply()
  await person.press('🗑 Удалить мои данные')
  await person.waitForReply()
  refuseOnce()
  await person.press(({ text }) => text.startsWith('Да, удалить: '))
  await waitUntil(async () => (await waiting(db)) === 1, { what: 'the farewell in the ledger' })
  await waitUntil(async () => (await waiting(db)) === 0, { what: 'its end' })
  const rows = await db.selectFrom('delivery').select('status').where('chatId', '=', anna).execute()
  expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['sent']))
})

test('a newer edit of the same message replaces a waiting one', async ({ db }) => {
  const row = { chatId: anna, threadId: undefined, markup: undefined, editsMessageId: 12 }
  const edit = { ...row, status: 'pending', error: undefined, errorCode: undefined } as const
  const update = { askedBy: anna, askedAt: undefined, audience: 'member', builtFor: 'all' } as const
  for (const n of [1, 2]) await deliveries.insertAnswers(db, { updateId: n, ...update }, [{ ...edit, text: `${n}` }])
  const rows = await db.selectFrom('delivery').select(['text', 'status']).orderBy('id').execute()
  expect(rows).toEqual([
    { text: '1', status: 'cancelled' },
    { text: '2', status: 'pending' },
  ])
})

test('admins see the text of an answer that may have arrived', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  const sandbox = await openSandbox()
  await startAll(place, sandbox)
  sandbox.faults.add({ kind: 'cutReply', method: 'sendMessage', times: 1 })
  await sandbox.person(anna).say('/echo 1')
  expect(await allDone(place.db)).toEqual(['unknown'])
  const listed = { status: 'unknown', kind: 'answer', chatId: anna, what: 'эхо 1' }
  expect(await deliveries.listUnresolved(place.db, { limit: 5 })).toEqual([expect.objectContaining(listed)])
})

type Place = Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'>

/** A bot and the sender of the ledger. */
async function startAll(
  { db, redisUrl, queuePrefix }: Place,
  sandbox: Sandbox,
  { accessMode = 'open' }: { readonly accessMode?: 'open' | 'approval' } = {},
): Promise<void> {
  const api = createTelegramApi({ token, apiRoot: sandbox.apiRoot, logger })
  const connection = { url: redisUrl, prefix: queuePrefix, logger, health: openHealth(), concurrency: 50, graceMs: 500 }
  const parts = { db, api, health: testHealth(db), policy: openTo([], { mode: accessMode }), holder: 'test' }
  const send = createSendTelegram({ ...parts, scheduleZone: 'Europe/Moscow' })
  const worker = startWorker(sendTelegram, send, connection)
  const queues = openQueues(connection)
  onTestFinished(async () => {
    await worker[Symbol.asyncDispose]()
    await queues[Symbol.asyncDispose]()
    await api[Symbol.asyncDispose]()
  })
  await startTestBot({ db, redisUrl, queuePrefix, sandbox, features: [echo], accessMode })
}

function aCrowd(sandbox: Sandbox): readonly PersonHandle[] {
  return Array.from({ length: crowd }, (_, n) => sandbox.person({ id: 4_000 + n, name: `P ${n}` }))
}

function refusals(sandbox: Sandbox): number {
  return sandbox.calls.filter(({ method, status }) => method === 'sendMessage' && status === 429).length
}

function echoes(person: PersonHandle): readonly string[] {
  const texts = person.messages().flatMap(({ from, text }) => (from.is_bot && text !== undefined ? [text] : []))
  return texts.flatMap((text) => /эхо \d+/.exec(text)?.[0] ?? [])
}

/** Answers in the ledger that have not left. */
async function waiting(db: Db): Promise<number> {
  const open = db.selectFrom('delivery').select((eb) => eb.fn.countAll<number>().as('n'))
  const { n } = await open
    .where('answersUpdate', 'is not', null)
    .where('status', 'in', ['pending', 'retry', 'sending'])
    .executeTakeFirstOrThrow()
  return n
}

async function allDone(db: Db) {
  return waitUntil(
    async () => {
      const rows = await db.selectFrom('telegramUpdate').select('outcome').orderBy('seq').execute()
      return rows.length > 0 && rows.every(({ outcome }) => outcome !== null) && rows.map(({ outcome }) => outcome)
    },
    { what: 'all updates to be done', timeoutMs: 20_000 },
  )
}

function anUpdate(updateId: number, personId: number, text: string) {
  const message = {
    message_id: updateId,
    date: 1_756_800_000,
    from: { id: personId, is_bot: false, first_name: 'Анна' },
    chat: { id: personId, type: 'private', first_name: 'Анна' },
    text,
    entities: [{ type: 'bot_command', offset: 0, length: 5 }],
  }
  return { updateId, chatId: personId, payload: { update_id: updateId, message } }
}
