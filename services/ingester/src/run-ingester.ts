import {
  checkDatabase,
  countConnections,
  keepInstance,
  openDb,
  ping,
  readNow,
  retryWhileAway,
  waitForSchema,
} from '@atermtrack/data'
import { watchEvictionPolicy } from '@atermtrack/queue'
import { exportConnections, runService } from '@atermtrack/runtime'
import { openSettings } from '@atermtrack/settings'
import { ingesterEnv, readIngesterConfig, unprovenMailNote } from './config.ts'
import type { WorkbookReaders } from './importing/workbook-readers.ts'
import { startIngester } from './ingester.ts'

const poolSize = 4

/** Runs the service until the process is to stop. */
export async function runIngester(readers: WorkbookReaders): Promise<void> {
  const config = readIngesterConfig(process.env)
  await runService({ ...config, service: 'ingester' }, async ({ logger, health, signal, untilEnd }) => {
    await using db = openDb({ url: config.databaseUrl, service: 'ingester', poolSize, logger })
    health.add('postgres', async () => ping(db))
    exportConnections(() => countConnections(db))
    const note = unprovenMailNote(config)
    if (note !== undefined) {
      logger.warn(note)
      health.add('mail-senders', async () => ({ detail: note }))
    }
    await waitForSchema({ db, logger, signal })
    await retryWhileAway(async () => checkDatabase(db, { poolSize, logger }), { logger, signal })
    const overEnvironment = { service: 'ingester', env: process.env, schema: ingesterEnv, read: readIngesterConfig }
    await using settings = await retryWhileAway(async () => openSettings({ ...overEnvironment, db, logger }), {
      logger,
      signal,
    })
    const startedAt = await retryWhileAway(async () => readNow(db), { logger, signal })
    await using _ingester = await startIngester({ settings, db, logger, health, readers, startedAt })
    await using eviction = watchEvictionPolicy({ url: config.redisUrl, prefix: config.queuePrefix, logger })
    health.add('redis-eviction', eviction.check)
    const diskPath = config.storage.path
    await using _instance = keepInstance({ db, service: 'ingester', health, diskPath, logger })
    await untilEnd()
  })
}
