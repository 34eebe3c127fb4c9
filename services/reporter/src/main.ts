import {
  checkDatabase,
  countConnections,
  keepInstance,
  openDb,
  ping,
  retryWhileAway,
  waitForSchema,
} from '@atermtrack/data'
import { watchEvictionPolicy } from '@atermtrack/queue'
import { exportConnections, growHeapSlowly, runMain, runService } from '@atermtrack/runtime'
import { openSettings } from '@atermtrack/settings'
import { readReporterConfig, reporterEnv } from './config.ts'
import { greetMailServer } from './email/mailer.ts'
import { observeSystem } from './observe-system.ts'
import { startReporter } from './reporter.ts'

const poolSize = 5

await runMain(async () => {
  growHeapSlowly()
  const config = readReporterConfig(process.env)
  await runService({ ...config, service: 'reporter' }, async ({ logger, health, signal, untilEnd }) => {
    await using db = openDb({ url: config.databaseUrl, service: 'reporter', poolSize, logger })
    health.add('postgres', async () => ping(db))
    exportConnections(() => countConnections(db))
    await waitForSchema({ db, logger, signal })
    await retryWhileAway(async () => checkDatabase(db, { poolSize, logger }), { logger, signal })
    const overEnvironment = { service: 'reporter', env: process.env, schema: reporterEnv, read: readReporterConfig }
    await using settings = await retryWhileAway(async () => openSettings({ ...overEnvironment, db, logger }), {
      logger,
      signal,
    })
    await using _reporter = startReporter({ settings, db, logger, health })
    const connection = { url: config.redisUrl, prefix: config.queuePrefix, logger }
    await using eviction = watchEvictionPolicy(connection)
    await using _observation = observeSystem({ ...connection, db })
    health.add('redis-eviction', eviction.check)
    const { smtp } = config
    const servers = smtp ? { smtp: async () => greetMailServer(smtp) } : {}
    await using _instance = keepInstance({ db, service: 'reporter', health, servers, logger })
    await untilEnd()
  })
})
