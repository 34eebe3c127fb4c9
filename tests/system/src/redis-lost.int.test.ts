import type { PersonHandle, Sandbox } from '@atermtrack/sandbox'
import { startRedis } from '@atermtrack/servers'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { Redis } from 'ioredis'
import { countOpen, untilAllDone, untilSettled } from './conditions.ts'
import { aDislocation, drop, openDropFolder } from './drop-folder.ts'
import { containers } from './main-job.ts'
import { createSystem, openSandbox } from './system.ts'
import { ask, hear, receiveWorkbook } from './talk.ts'

const queuePrefix = 'atermtrack'
const scheduled = ['poll-mailbox', 'dispatch-due-reports', 'sweep-pending', 'housekeeping']
const minute = 60_000

test('a Redis that forgets everything loses no import, no report and no message, and gets its schedules back', async ({
  db,
  databaseUrl,
}) => {
  await using server = await startRedis()
  await using sandbox = await openSandbox()
  await using system = createSystem({ databaseUrl, redisUrl: server.url, queuePrefix, sandbox })
  const inbox = await openDropFolder()
  await drop(inbox, [await aDislocation({ stamp: minutesAgo(60), size: 20 })])
  await Promise.all([system.start('bot'), system.start('reporter'), system.start('ingester', { INBOX_DIR: inbox })])
  await Promise.all([system.ready(), untilSettled(db, 1)])
  const stamps = Array.from({ length: 12 }, (_, n) => minutesAgo(40 - n))
  const files = await Promise.all(stamps.map(async (stamp) => aDislocation({ stamp, size: 2_000 })))

  sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 10, method: 'sendDocument', times: 3 })
  await drop(inbox, files)
  const people = Array.from({ length: 12 }, (_, n) => sandbox.person({ id: 2_000 + n, name: `Person ${n}` }))
  await waitUntil(async () => (await countOpen(db)).workbooks > 3, { what: 'waiting imports', timeoutMs: minute })
  await Promise.all(people.map(async (person) => person.say(containers(12).join(' '))))
  const isAllWaiting = async () => Object.values(await countOpen(db)).every((count) => count > 0)
  await waitUntil(isAllWaiting, { what: 'imports, reports and messages to wait at once', timeoutMs: minute })
  await flush(server.url)

  await Promise.all([untilScheduled(server.url), untilEverybodyHas(sandbox, people)])
  await untilSettled(db, files.length + 1)
  await untilAllDone(db, 3 * minute)
  expect((await db.selectFrom('report').select('status').execute()).every(({ status }) => status === 'built')).toBe(
    true,
  )
  expect(people.map((person) => documents(person))).toEqual(people.map(() => 1))
  expect(system.services.every(({ isRunning }) => isRunning())).toBe(true)
}, 300_000)

test('while Redis is away questions are answered, and when it is back what was asked for comes', async ({
  db,
  databaseUrl,
}) => {
  await using server = await startRedis()
  await using sandbox = await openSandbox()
  await using system = createSystem({ databaseUrl, redisUrl: server.url, queuePrefix, sandbox })
  const inbox = await openDropFolder()
  await drop(inbox, [await aDislocation({ stamp: minutesAgo(30), size: 20 })])
  await Promise.all([system.start('bot'), system.start('reporter'), system.start('ingester', { INBOX_DIR: inbox })])
  await Promise.all([system.ready(), untilSettled(db, 1)])
  const connections = await countConnections(server.url)
  await server.kill9()

  const [anna, boris] = [sandbox.person(1001), sandbox.person(1002)]
  const askedAt = performance.now()
  await ask(anna, containers(1)[0] ?? '', 'Данные на')
  await ask(anna, containers(12).join(' '), 'Найдено 12 из 12')
  expect(performance.now() - askedAt).toBeLessThan(4_000)
  await server.restart()

  const areBack = async () => (await countConnections(server.url)) >= connections
  await waitUntil(areBack, { what: 'all connections to be back', timeoutMs: 5_000 })
  const backAt = performance.now()
  await boris.say(containers(12).join(' '))
  await receiveWorkbook(sandbox, boris)
  expect(performance.now() - backAt).toBeLessThan(10_000)
  await drop(inbox, [await aDislocation({ stamp: minutesAgo(5), size: 21 })])
  await untilSettled(db, 2)
  const late = await anna.waitForReply({ where: ({ document }) => document !== undefined, timeoutMs: 3 * minute })
  expect(late.document?.file_name).toMatch(/\.xlsx$/)
  await untilScheduled(server.url)
  expect(system.services.every(({ isRunning }) => isRunning())).toBe(true)
}, 300_000)

function minutesAgo(minutes: number): Date {
  return new Date(Date.now() - minutes * minute)
}

async function flush(url: string): Promise<void> {
  await using redis = connect(url)
  await redis.client.flushall()
}

async function countConnections(url: string): Promise<number> {
  await using redis = connect(url)
  return String(await redis.client.client('LIST'))
    .trim()
    .split('\n').length
}

/** Waits until every queue that works by schedule has one. */
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

async function untilEverybodyHas(sandbox: Sandbox, people: readonly PersonHandle[]): Promise<void> {
  for (const person of people) await hear(person, 'Найдено 12 из 12')
  const everybody = () => people.every((person) => documents(sandbox.person(person.id)) > 0)
  await waitUntil(everybody, { what: 'a workbook for everybody', timeoutMs: 3 * minute })
}

function documents(person: PersonHandle): number {
  return person.messages().filter(({ document }) => document !== undefined).length
}
