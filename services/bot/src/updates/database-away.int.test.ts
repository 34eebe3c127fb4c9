import { failedAnswers, type Db, openDb } from '@atermtrack/data'
import type { Sandbox } from '@atermtrack/sandbox'
import { expect, type Fixtures, onTestFinished, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { pino } from 'pino'
import type { Feature } from '../routing/feature.ts'
import { anna, startTestBot } from '../testing/start-test-bot.ts'

const timeoutMs = 60_000
/** Claims lapse soon after the database is back. */
const leaseSeconds = 2

test('a person who asks during a long absence of the database gets one notice, which the answer replaces', async ({
  ownPostgres,
  redisUrl,
  queuePrefix,
}) => {
  const feature = aFeature()
  const { sandbox, db, lines } = await start({ ownPostgres, redisUrl, queuePrefix }, feature)
  const person = sandbox.person({ id: 3001, name: 'Anna', languageCode: 'en' })
  await person.say('/ask')
  await feature.begun(1)
  await ownPostgres.stop()
  feature.goOn()
  const reported = await person.waitForReply({ timeoutMs })
  const [, reference] = /report the code ([0-9a-f]{6})/.exec(reported.text ?? '') ?? []
  expect(reported.text).toContain('The database cannot be reached')
  expect(lines.filter((line) => line.includes(String(reference)))).toEqual([
    expect.stringMatching(/"msg":"handling failed and the database is away.*"/),
  ])
  await ownPostgres.restart()
  const answer = await person.waitForReply({ after: reported, timeoutMs })
  expect(answer).toMatchObject({ text: 'готово', message_id: reported.message_id })
  await untilHandled(db)
  expect(answersTo(sandbox, 3001)).toEqual(['sendMessage', 'editMessageText'])
})

test('a person who asks during a restart of the database just gets the answer', async ({
  ownPostgres,
  redisUrl,
  queuePrefix,
}) => {
  const feature = aFeature()
  const { sandbox, db } = await start({ ownPostgres, redisUrl, queuePrefix }, feature)
  const person = sandbox.person(anna)
  await person.say('/ask')
  await feature.begun(1)
  await ownPostgres.stop()
  feature.goOn()
  await ownPostgres.restart()
  await person.waitForReply({ where: ({ text }) => text === 'готово', timeoutMs })
  await untilHandled(db)
  expect(person.messages().filter(({ from }) => from.is_bot)).toHaveLength(1)
})

test('a failure that the database causes repeatedly is reported at last, in the same message', async ({
  ownPostgres,
  redisUrl,
  queuePrefix,
}) => {
  const feature = aFeature({ isBroken: true })
  const { sandbox, db, lines } = await start({ ownPostgres, redisUrl, queuePrefix }, feature)
  const person = sandbox.person(anna)
  await person.say('/ask')
  await feature.begun(1)
  feature.goOn()
  // The first attempt failed with the database present, the second one fails without it.
  await feature.begun(2)
  await ownPostgres.stop()
  feature.goOn()
  const reported = await person.waitForReply({ timeoutMs })
  expect(reported.text).toContain('База данных сейчас недоступна')
  await ownPostgres.restart()
  await feature.begun(3)
  feature.goOn()
  const apology = await person.waitForReply({ after: reported, timeoutMs })
  const [, reference] = /сообщите код ([0-9a-f]{6})/.exec(apology.text ?? '') ?? []
  expect(apology.text).toContain('Не получилось ответить')
  expect(apology.message_id).toBe(reported.message_id)
  expect(lines.filter((line) => line.includes(String(reference)))).toHaveLength(1)
  await untilHandled(db)
  expect(answersTo(sandbox)).toEqual(['sendMessage', 'editMessageText'])
  // Also the code that was shown while nothing could be stored.
  const [, delayed] = /сообщите код ([0-9a-f]{6})/.exec(reported.text ?? '') ?? []
  const kept = async () => (await failedAnswers.list(db, 10)).map((failure) => failure.reference)
  await waitUntil(async () => (await kept()).length === 2, { what: 'both codes', timeoutMs })
  expect(await kept()).toEqual([delayed, reference])
})

/** A bot on a database that may be stopped; `lines` is its log. */
async function start(
  { ownPostgres, ...place }: Pick<Fixtures, 'ownPostgres' | 'redisUrl' | 'queuePrefix'>,
  feature: Feature,
) {
  const db = openDb({ url: ownPostgres.url })
  onTestFinished(() => db[Symbol.asyncDispose]())
  const lines: string[] = []
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
  const options = { ...place, db, logger, leaseSeconds, features: [feature] }
  return { ...(await startTestBot(options)), db, lines }
}

/** A command that queries the database and answers each time the test lets it go on. */
function aFeature({ isBroken = false } = {}) {
  let runs = 0
  let release: () => void = () => undefined
  const feature: Feature = {
    name: 'ask',
    right: 'ask',
    commands: [
      {
        name: 'ask',
        handle: async (ctx) => {
          const turn = new Promise<void>((resolve) => (release = resolve))
          runs += 1
          if (isBroken || runs === 1) await turn
          await sql`select 1`.execute(ctx.tx)
          if (isBroken) throw new Error('out of order')
          ctx.say('готово')
        },
      },
    ],
  }
  return {
    ...feature,
    begun: (count: number) => waitUntil(() => runs >= count, { what: `attempt ${count}`, timeoutMs }),
    goOn: () => release(),
  }
}

async function untilHandled(db: Db): Promise<void> {
  const open = () => db.selectFrom('telegramUpdate').select('updateId').where('doneAt', 'is', null).execute()
  await waitUntil(async () => (await open()).length === 0, { what: 'the update to be done', timeoutMs })
}

/** The calls that showed the person a text. */
function answersTo(sandbox: Sandbox, personId: number = anna): readonly string[] {
  return sandbox.calls
    .filter(({ method, chatId }) => chatId === personId && /^(send|edit)Message/.test(method))
    .map(({ method }) => method)
}
