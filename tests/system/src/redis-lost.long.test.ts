import type { Db } from '@atermtrack/data'
import type { PersonHandle, Sandbox } from '@atermtrack/sandbox'
import { type RedisServer, startRedis } from '@atermtrack/servers'
import { atLength, expect, test, waitUntil } from '@atermtrack/testkit'
import { Redis } from 'ioredis'
import { countOpen, untilAllDone, untilCompleted } from './conditions.ts'
import { aDislocation, drop, openDropFolder } from './drop-folder.ts'
import { containers } from './main-job.ts'
import { createSystem, openSandbox } from './system.ts'
import { ask, receiveWorkbook } from './talk.ts'

// Takes up to 120 s: waits for the minute after which the sweep finds the jobs that Redis has lost.

const queuePrefix = 'atermtrack'
const scheduled = ['poll-mailbox', 'dispatch-due-reports', 'sweep-pending', 'housekeeping']
const minute = 60_000
/** Enough that imports, reports and messages wait at the same time. */
const lateWorkbooks = atLength({ short: 8, full: 24 })

test('a Redis that dies, comes back empty and is emptied once more stops no answer and loses no work', async ({
  db,
  databaseUrl,
}) => {
  await using redis = await startRedis()
  await using sandbox = await openSandbox()
  await using system = createSystem({ databaseUrl, redisUrl: redis.url, queuePrefix, sandbox })
  const inbox = await openDropFolder()
  await drop(inbox, [await aDislocation({ stamp: minutesAgo(60), size: 20 })])
  await Promise.all([system.start('bot'), system.start('reporter'), system.start('ingester', { INBOX_DIR: inbox })])
  await Promise.all([system.ready(), untilCompleted(db, 1)])

  const anna = sandbox.person(1001)
  await askWithout(redis, anna)
  await expectWorkAgain(redis, { sandbox, inbox, db })
  const people = await emptyInTheMiddle(redis, { sandbox, inbox, db })

  await untilScheduled(redis.url)
  const all = [anna, ...people]
  const haveAll = () => all.every((person) => countDocuments(person) > 0)
  await waitUntil(haveAll, { what: 'a workbook for everybody', timeoutMs: 3 * minute })
  await untilAllDone(db, 3 * minute)
  expect(all.map((person) => countDocuments(person))).toEqual(all.map(() => 1))
  const workbooks = await db.selectFrom('workbook').select('status').execute()
  expect(workbooks.map(({ status }) => status).filter((status) => status === 'refused')).toEqual([])
  expect(workbooks).toHaveLength(2 + lateWorkbooks)
  expect(system.services.filter(({ isRunning }) => !isRunning())).toEqual([])
}, 300_000)

interface Work {
  readonly sandbox: Sandbox
  readonly inbox: string
  readonly db: Db
}

/** Questions are answered while Redis is away; the workbook that one of them asks for is still due afterwards. */
async function askWithout(redis: RedisServer, person: PersonHandle): Promise<void> {
  const connections = await countConnections(redis.url)
  await redis.kill9()
  const askedAt = performance.now()
  await ask(person, containers(1)[0] ?? '', 'Данные на')
  await ask(person, containers(12).join(' '), 'Найдено 12 из 12')
  expect(performance.now() - askedAt).toBeLessThan(10_000)
  await redis.restart()
  const areBack = async () => (await countConnections(redis.url)) >= connections
  await waitUntil(areBack, { what: 'all connections to be back', timeoutMs: 5_000 })
}

/** Work that arrives after the outage is done in seconds. */
async function expectWorkAgain(redis: RedisServer, { sandbox, inbox, db }: Work): Promise<void> {
  const boris = sandbox.person(1002)
  const askedAt = performance.now()
  await boris.say(containers(12).join(' '))
  await receiveWorkbook(sandbox, boris)
  expect(performance.now() - askedAt).toBeLessThan(20_000)
  await untilScheduled(redis.url)
  await drop(inbox, [await aDislocation({ stamp: minutesAgo(50), size: 21 })])
  await untilCompleted(db, 2)
}

/** Empties Redis when imports, reports and messages are waiting; returns the people who wait for a workbook. */
async function emptyInTheMiddle(redis: RedisServer, { sandbox, inbox, db }: Work): Promise<readonly PersonHandle[]> {
  const stamps = Array.from({ length: lateWorkbooks }, (_, n) => minutesAgo(40 - n))
  const files = await Promise.all(stamps.map(async (stamp) => aDislocation({ stamp, size: 2_000 })))
  const people = Array.from({ length: 12 }, (_, n) => sandbox.person({ id: 2_000 + n, name: `Person ${n}` }))
  sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 10, method: 'sendDocument', times: 3 })
  await drop(inbox, files)
  await waitUntil(async () => (await countOpen(db)).workbooks > 3, { what: 'waiting imports', timeoutMs: 2 * minute })
  await Promise.all(people.map(async (person) => person.say(containers(12).join(' '))))
  const areAllWaiting = async () => Object.values(await countOpen(db)).every((count) => count > 0)
  await waitUntil(areAllWaiting, { what: 'imports, reports and messages to wait at once', timeoutMs: minute })
  await using connection = connect(redis.url)
  await connection.client.flushall()
  return people
}

function minutesAgo(minutes: number): Date {
  return new Date(Date.now() - minutes * minute)
}

async function countConnections(url: string): Promise<number> {
  await using redis = connect(url)
  return String(await redis.client.client('LIST'))
    .trim()
    .split('\n').length
}

/** Waits until every scheduled queue has a scheduler. */
async function untilScheduled(url: string): Promise<void> {
  await using redis = connect(url)
  const isScheduled = async () => {
    const counts = await Promise.all(
      scheduled.map(async (queue) => redis.client.zcard(`${queuePrefix}:${queue}:repeat`)),
    )
    return counts.every((count) => count > 0)
  }
  await waitUntil(isScheduled, { what: 'the schedules to be back', timeoutMs: 90_000 })
}

function connect(url: string) {
  const client = new Redis(url)
  return {
    client,
    async [Symbol.asyncDispose]() {
      client.disconnect()
    },
  }
}

function countDocuments(person: PersonHandle): number {
  return person.messages().filter(({ document }) => document !== undefined).length
}
