import { startRedis } from '@atermtrack/servers'
import { expect, startTcpRelay, test, waitUntil } from '@atermtrack/testkit'
import { untilCompleted } from './conditions.ts'
import { aDislocation, drop, openDropFolder } from './drop-folder.ts'
import { containers } from './main-job.ts'
import type { ServiceProcess } from './service-process.ts'
import { createSystem, openSandbox, type System } from './system.ts'
import { ask } from './talk.ts'

// Takes up to 150 s: waits three times for the limits after which production calls a server silent.

const queuePrefix = 'atermtrack'
/** How soon services notice a server that hangs, and one that is back. */
const noticedMs = 30_000
const question = containers(1)[0] ?? ''

test('PostgreSQL that hangs turns every service red within 30 s, ends none, and all are ready 30 s after its return', async ({
  ownPostgres,
  redisUrl,
  queuePrefix: ownPrefix,
}) => {
  await using sandbox = await openSandbox()
  const place = { databaseUrl: ownPostgres.url, redisUrl, queuePrefix: ownPrefix, sandbox }
  await using system = createSystem(place)
  await startAll(system)
  await ownPostgres.freeze()
  await untilRed(system.services)
  // Every query that was under way has failed by now, and new connections get no answer either.
  await waitUntil(() => system.services.every(hasNoticed), { what: 'the silence to be noticed', timeoutMs: noticedMs })
  await ownPostgres.thaw()
  await untilGreen(system.services)
  await ask(sandbox.person(1001), question, 'Данные на')
  expect(system.services.filter(({ isRunning }) => !isRunning())).toEqual([])
}, 240_000)

test('Redis that hangs turns every service red within 30 s, ends none, and all are ready 30 s after its return', async ({
  databaseUrl,
  db,
}) => {
  await using redis = await startRedis()
  await using sandbox = await openSandbox()
  await using system = createSystem({ databaseUrl, redisUrl: redis.url, queuePrefix, sandbox })
  const inbox = await startAll(system)
  await redis.freeze()
  await untilRed(system.services)
  await ask(sandbox.person(1001), question, 'Данные на')
  await waitUntil(() => system.services.every(hasLostRedis), {
    what: 'the silence to be noticed',
    timeoutMs: noticedMs,
  })
  await redis.thaw()
  await untilGreen(system.services)
  await drop(inbox, [await aDislocation({ stamp: new Date(Date.now() - 60_000), size: 3 })])
  await untilCompleted(db, 2)
  expect(system.services.filter(({ isRunning }) => !isRunning())).toEqual([])
}, 240_000)

test('a bot that is cut off from PostgreSQL leaves the polling to another one', async ({
  ownPostgres,
  redisUrl,
  queuePrefix: ownPrefix,
}) => {
  await using relay = await startTcpRelay(ownPostgres.port)
  const url = new URL(ownPostgres.url)
  url.port = String(relay.port)
  await using sandbox = await openSandbox()
  const place = { databaseUrl: ownPostgres.url, redisUrl, queuePrefix: ownPrefix, sandbox }
  await using system = createSystem(place)
  const first = await system.start('bot', { DATABASE_URL: url.href })
  await first.ready()
  await waitUntil(() => isPolling(first), { what: 'the first bot to poll' })
  const second = await system.start('bot')
  await second.ready()
  relay.fallSilent()
  await waitUntil(() => isPolling(second), { what: 'the second bot to poll', timeoutMs: noticedMs })
  expect(first.lines.some((line) => line.includes('lost the lease'))).toBe(true)
  await ask(sandbox.person(1001), question, '')
  relay.heal()
  await untilGreen([first, second])
}, 240_000)

/** Starts the three services with one imported report; returns the folder that the ingester reads. */
async function startAll(system: System): Promise<string> {
  const inbox = await openDropFolder()
  await drop(inbox, [await aDislocation({ stamp: new Date(Date.now() - 600_000), size: 3 })])
  await Promise.all([system.start('bot'), system.start('reporter'), system.start('ingester', { INBOX_DIR: inbox })])
  await system.ready()
  const [, , ingester] = system.services
  const isImported = () => ingester?.lines.some((line) => line.includes('"status":"imported"')) === true
  await waitUntil(isImported, { what: 'the report to be imported', timeoutMs: 60_000 })
  return inbox
}

async function untilRed(services: readonly ServiceProcess[]): Promise<void> {
  const areRed = async () => (await Promise.all(services.map(({ isReady }) => isReady()))).every((ready) => !ready)
  await waitUntil(areRed, { what: 'all services to be red', timeoutMs: noticedMs })
}

async function untilGreen(services: readonly ServiceProcess[]): Promise<void> {
  const areGreen = async () => (await Promise.all(services.map(({ isReady }) => isReady()))).every(Boolean)
  await waitUntil(areGreen, { what: 'all services to be ready again', timeoutMs: noticedMs })
}

function hasNoticed({ lines }: ServiceProcess): boolean {
  return lines.some((line) => line.includes('the database does not answer, hanging up'))
}

function hasLostRedis({ lines }: ServiceProcess): boolean {
  return lines.some((line) => line.includes('redis is out of reach'))
}

function isPolling({ lines }: ServiceProcess): boolean {
  return lines.some((line) => line.includes('holding the lease'))
}
