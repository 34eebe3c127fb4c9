import type { Db } from '@atermtrack/data'
import { keepSchedules, listSchedulers, listUnknownQueues, sweepPending } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import type { PersonHandle, Sandbox } from '@atermtrack/sandbox'
import { atLength, expect, type Fixtures, test } from '@atermtrack/testkit'
import { Redis } from 'ioredis'
import { untilAllDone, untilCompleted } from '../conditions.ts'
import { aDislocation } from '../drop-folder.ts'
import { askForReportNow, containers, imapEnv, mailWorkbook, subscribe } from '../main-job.ts'
import { createSystem, openSandbox, type System } from '../system.ts'
import { ask, receiveWorkbook } from '../talk.ts'
import { buildPreviousRelease, hasPreviousRelease } from './previous-release.ts'

// Takes up to 180 s: builds the previous release and runs six services side by side.

const minute = 60_000
const rounds = atLength({ short: 2, full: 20 })
const list = 'Мои вагоны'
test(
  'the previous release works on the new schema, beside this release, and hands over to it without a loss',
  async ({ db, databaseUrl, redisUrl, queuePrefix, mailServer, skip }) => {
    skip(!(await hasPreviousRelease()), 'this clone ends before the previous release: git fetch --unshallow')
    await using previous = await buildPreviousRelease()
    await using sandbox = await openSandbox()
    await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox, env: imapEnv(mailServer) })
    await using foreign = await leaveForeignWork({ redisUrl, queuePrefix })
    const work = { db, sandbox, mailServer }

    const former = await startAll(system, previous.folder)
    const anna = sandbox.person(1001)
    await doRound(work, { round: 0, people: [anna] })
    await subscribe(anna, list, containers(4))
    await receiveReport(sandbox, anna)

    const current = await startAll(system)
    const people = Array.from({ length: 6 }, (_, n) => sandbox.person({ id: 3_000 + n, name: `Person ${n}` }))
    for (let round = 1; round <= rounds; round += 1) {
      await doRound(work, { round, people })
      await receiveReport(sandbox, anna)
    }

    // As in a rolling restart, in the middle of work.
    for (const person of people) await person.say(containers(12).join(' '))
    const endings = await Promise.all(former.map(({ sigterm }) => sigterm()))
    expect(endings.map(({ code }) => code)).toEqual([0, 0, 0])
    for (const person of people) await receiveWorkbook(sandbox, person)
    await doRound(work, { round: rounds + 1, people: [anna] })
    await receiveReport(sandbox, anna)

    await untilAllDone(db, minute)
    await expectNothingTwice(db)
    expect(people.map(countAnswers)).toEqual(people.map(() => rounds + 1))
    expect(people.map(countDocuments)).toEqual(people.map(() => 1))
    expect(countDocuments(anna)).toBe(rounds + 2)
    expect(await foreign.look()).toEqual({
      queues: ['of-another-release'],
      jobs: 1,
      schedulers: ['of-another-release'],
    })
    for (const name of ['queues', 'schedulers'])
      expect(saidBy(current, `${name} that this release does not know`)).toBe(true)
  },
  6 * minute,
)

type Services = Awaited<ReturnType<typeof startAll>>

interface Work extends Pick<Fixtures, 'db' | 'mailServer'> {
  readonly sandbox: Sandbox
}

async function startAll(system: System, release?: string) {
  const services = await Promise.all(
    (['bot', 'ingester', 'reporter'] as const).map(async (name) => system.start(name, {}, release)),
  )
  await Promise.all(services.map(({ ready }) => ready()))
  return services
}

/** A report comes by mail, and each person asks about one container and gets one answer, whichever release gives it. */
async function doRound(
  { db, mailServer }: Work,
  { round, people }: { round: number; people: readonly PersonHandle[] },
) {
  const stamp = new Date(Date.now() - (90 - round) * minute)
  await mailWorkbook(mailServer, await aDislocation({ stamp, size: 20 }))
  await untilCompleted(db, round + 1)
  const [container = ''] = containers(1)
  await Promise.all(people.map(async (person) => ask(person, container, container)))
}

async function receiveReport(sandbox: Sandbox, person: PersonHandle): Promise<void> {
  await askForReportNow(person, list)
  const { caption, cells } = await receiveWorkbook(sandbox, person)
  expect(caption).toContain('Найдено 4 из 4')
  expect(cells).toEqual(expect.arrayContaining([...containers(4)]))
}

/** A job of a queue, and a schedule, that neither release knows. */
async function leaveForeignWork({ redisUrl, queuePrefix }: Pick<Fixtures, 'redisUrl' | 'queuePrefix'>) {
  const connection = { url: redisUrl, prefix: queuePrefix, logger: createLogger({ service: 'test', level: 'silent' }) }
  const name = 'of-another-release'
  const redis = new Redis(redisUrl)
  await redis.hset(`${queuePrefix}:${name}:meta`, { version: 'bullmq:9.0.0' })
  await redis.rpush(`${queuePrefix}:${name}:wait`, '1')
  const nightly = { id: name, queue: sweepPending, payload: {}, rhythm: { pattern: '30 3 * * *', zone: 'UTC' } }
  await using keeper = keepSchedules([nightly], connection)
  await keeper.ready()
  return {
    look: async () => ({
      queues: await listUnknownQueues(connection),
      jobs: await redis.llen(`${queuePrefix}:${name}:wait`),
      schedulers: (await listSchedulers(connection)).map(({ id }) => id).filter((id) => id === name),
    }),
    async [Symbol.asyncDispose]() {
      redis.disconnect()
    },
  }
}

/** Each update is answered, each delivery has left, and no workbook came twice or was refused. */
async function expectNothingTwice(db: Db): Promise<void> {
  const updates = await db.selectFrom('telegramUpdate').select('outcome').execute()
  expect(new Set(updates.map(({ outcome }) => outcome))).toEqual(new Set(['handled']))
  const deliveries = await db.selectFrom('delivery').select('status').execute()
  expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set(['sent']))
  const workbooks = await db.selectFrom('workbook').select('status').execute()
  expect(workbooks.map(({ status }) => status)).toEqual(Array.from({ length: rounds + 2 }, () => 'imported'))
  const reports = await db.selectFrom('report').select('status').execute()
  expect(new Set(reports.map(({ status }) => status))).toEqual(new Set(['built']))
}

function countAnswers(person: PersonHandle): number {
  return person.messages().filter(({ from, document }) => from.is_bot && document === undefined).length
}

function countDocuments(person: PersonHandle): number {
  return person.messages().filter(({ document }) => document !== undefined).length
}

function saidBy(services: Services, words: string): boolean {
  return services.some(({ lines }) => lines.some((line) => line.includes(words)))
}
