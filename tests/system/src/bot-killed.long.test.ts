import type { Db } from '@atermtrack/data'
import type { PersonHandle, Sandbox } from '@atermtrack/sandbox'
import { atLength, containerNumber, expect, type Fixtures, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { untilCompleted } from './conditions.ts'
import { aDislocation, drop, openDropFolder } from './drop-folder.ts'
import type { ServiceProcess } from './service-process.ts'
import { createSystem, openSandbox, type System } from './system.ts'
import { textOf } from './talk.ts'

// Takes up to 120 s: starts bots again while people wait for their answers.

const persons = 30
const kills = atLength({ short: 2, full: 8 })
const questionsEach = kills + 1
const questions = persons * questionsEach
/**
 * A bot answers up to 16 chats at once; on a busy machine all of them may be between the commit and the mark of the answer. An answer that is
 * out makes room for another before its mark is written, together with the marks of others.
 */
const unknownPerKill = 24

test('a bot killed again and again answers every question once and in order', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await askBotsUnderFire({ db, databaseUrl, redisUrl, queuePrefix }, 1)
}, 240_000)

test('two bots killed in turns answer every question once and in order', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await askBotsUnderFire({ db, databaseUrl, redisUrl, queuePrefix }, 2)
}, 240_000)

type Place = Pick<Fixtures, 'db' | 'databaseUrl' | 'redisUrl' | 'queuePrefix'>

async function askBotsUnderFire(place: Place, replicas: number): Promise<void> {
  await using sandbox = await openSandbox()
  await using system = createSystem({ ...place, sandbox })
  await learnPositions(system, place.db)
  const bots = await Promise.all(Array.from({ length: replicas }, async () => system.start('bot')))
  await askUnderFire(sandbox, bots)
  await expectAnsweredOnce(sandbox, place.db)
}

async function learnPositions(system: System, db: Fixtures['db']): Promise<void> {
  const dir = await openDropFolder()
  await drop(dir, [await aDislocation({ stamp: new Date(Date.now() - 600_000), size: questions })])
  const ingester = await system.start('ingester', { INBOX_DIR: dir })
  await untilCompleted(db, 1)
  await ingester.sigterm()
}

/** Everybody asks a question in each round; in each round but the last a bot is killed while it answers. */
async function askUnderFire(sandbox: Sandbox, bots: readonly ServiceProcess[]): Promise<void> {
  const people = Array.from({ length: persons }, (_, n) => sandbox.person({ id: 3_000 + n, name: `Person ${n}` }))
  for (let round = 0; round < questionsEach; round += 1) {
    const before = countAnswers(people)
    for (const [n, person] of people.entries()) await person.say(question(n, round))
    if (round === kills) return
    const soMany = 1 + Math.floor(Math.random() * 20)
    const isTime = () => countAnswers(people) >= before + soMany
    await waitUntil(isTime, { what: `${soMany} answers of round ${round}`, timeoutMs: 60_000 })
    const victim = bots[round % bots.length]
    await victim?.kill9()
    victim?.start()
  }
}

/** Stays in the chat when its bot dies before it could note it. */
const placeholder = '⏳ Смотрю, это займёт ещё немного…'

async function expectAnsweredOnce(sandbox: Sandbox, db: Db): Promise<void> {
  const updates = await untilAllHandled(db)
  expect(new Set(updates.map(({ outcome }) => outcome))).not.toContain('failed')
  const unknown = updates.filter(({ outcome }) => outcome === 'unknown').map(({ text }) => text)
  expect(unknown.length).toBeLessThanOrEqual(kills * unknownPerKill)
  for (let n = 0; n < persons; n += 1) {
    const asked = Array.from({ length: questionsEach }, (_, round) => question(n, round))
    const answers = sandbox
      .person(3_000 + n)
      .messages()
      .filter(({ from }) => from.is_bot)
      .map(textOf)
      .filter((text) => text !== placeholder)
    const answered = answers.map((answer) => asked.find((container) => answer.includes(container)))
    expect(answered).toEqual(asked.filter((container) => answered.includes(container)))
    expect(asked.filter((container) => !answered.includes(container) && !unknown.includes(container))).toEqual([])
  }
}

async function untilAllHandled(db: Db) {
  const list = () =>
    db
      .selectFrom('telegramUpdate')
      .select(['outcome', 'doneAt', sql<string>`payload -> 'message' ->> 'text'`.as('text')])
      .execute()
  return waitUntil(
    async () => {
      const updates = await list()
      return updates.length === questions && updates.every(({ doneAt }) => doneAt !== null) ? updates : undefined
    },
    { what: 'all updates to be handled', timeoutMs: 120_000 },
  )
}

function question(person: number, round: number): string {
  return containerNumber(person * questionsEach + round)
}

function countAnswers(people: readonly PersonHandle[]): number {
  return people.flatMap((person) => person.messages()).filter(({ from }) => from.is_bot).length
}
