import { startRedis } from '@atermtrack/servers'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { createSystem, openSandbox } from './system.ts'

// Takes up to 130 s: waits for the minute after which a service ends whose event loop stands still.

const queuePrefix = 'atermtrack'
/** `SHUTDOWN_SECONDS`, the addition to it, and a reserve for a slow machine. */
const graceMs = 30_000

test('an error that nobody handles ends every service with code 1 although Redis hangs', async ({
  databaseUrl,
  db,
}) => {
  await using redis = await startRedis()
  await using sandbox = await openSandbox()
  const env = { NODE_OPTIONS: onSignal('Promise.reject(new Error("injected"))') }
  await using system = createSystem({ databaseUrl, redisUrl: redis.url, queuePrefix, sandbox, env })
  const services = await Promise.all([system.start('bot'), system.start('reporter'), system.start('ingester')])
  await system.ready()
  await redis.freeze()
  for (const { signal } of services) signal('SIGUSR2')
  const startedAt = performance.now()
  expect(await Promise.all(services.map(({ ended }) => ended()))).toEqual([1, 1, 1])
  expect(performance.now() - startedAt).toBeLessThan(graceMs)
  for (const { lines } of services) expect(lines.some((line) => line.includes('injected'))).toBe(true)
  // The bot releases the polling lease, so that another bot need not wait for it.
  expect(await db.selectFrom('lease').select('name').execute()).toEqual([])
}, 120_000)

test('an error that nobody handles ends every service although PostgreSQL hangs', async ({
  ownPostgres,
  redisUrl,
  queuePrefix: ownPrefix,
}) => {
  await using sandbox = await openSandbox()
  const env = { NODE_OPTIONS: onSignal('Promise.reject(new Error("injected"))') }
  const place = { databaseUrl: ownPostgres.url, redisUrl, queuePrefix: ownPrefix, sandbox, env }
  await using system = createSystem(place)
  const services = await Promise.all([system.start('bot'), system.start('reporter'), system.start('ingester')])
  await system.ready()
  await ownPostgres.freeze()
  for (const { signal } of services) signal('SIGUSR2')
  const startedAt = performance.now()
  expect(await Promise.all(services.map(({ ended }) => ended()))).toEqual([1, 1, 1])
  expect(performance.now() - startedAt).toBeLessThan(graceMs)
}, 120_000)

test('a revoked token ends the bot although Redis hangs', async ({ databaseUrl }) => {
  await using redis = await startRedis()
  await using sandbox = await openSandbox()
  await using system = createSystem({ databaseUrl, redisUrl: redis.url, queuePrefix, sandbox })
  const bot = await system.start('bot')
  await bot.ready()
  await redis.freeze()
  sandbox.setToken('7000000002:AAanotherTokenLongEnoughToLookReal')
  sandbox.dropConnections()
  expect(await bot.ended()).toBe(1)
}, 120_000)

test('a service whose event loop stands still ends, so that it is started again', async ({
  databaseUrl,
  redisUrl,
  queuePrefix: ownPrefix,
}) => {
  const env = { NODE_OPTIONS: onSignal('for(;;);') }
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix: ownPrefix, env })
  const reporter = await system.start('reporter')
  await reporter.ready()
  reporter.signal('SIGUSR2')
  expect(await reporter.ended()).toBeUndefined()
  expect(reporter.lines.some((line) => line.includes('the event loop stands still'))).toBe(true)
}, 180_000)

test('a service that starts while PostgreSQL hangs waits for it, is red meanwhile, and stops when asked', async ({
  ownPostgres,
  redisUrl,
  queuePrefix: ownPrefix,
}) => {
  await using system = createSystem({ databaseUrl: ownPostgres.url, redisUrl, queuePrefix: ownPrefix })
  await ownPostgres.freeze()
  const reporter = await system.start('reporter')
  const other = await system.start('ingester')
  const isServed = async () => (await statusOf(reporter.opsPort)) === 503 && (await statusOf(other.opsPort)) === 503
  await waitUntil(isServed, { what: 'red health', timeoutMs: 30_000 })
  expect((await other.sigterm()).code).toBe(0)
  await ownPostgres.thaw()
  await reporter.ready()
}, 120_000)

async function statusOf(port: number): Promise<number | undefined> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
  return answer?.status
}

/** Makes a service run this code at SIGUSR2. */
function onSignal(code: string): string {
  return `--import=data:text/javascript,${encodeURIComponent(`process.on("SIGUSR2",()=>{${code}})`)}`
}
