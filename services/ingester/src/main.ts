import { checkDatabase, openDb, ping, waitForSchema } from '@atermtrack/data'
import { watchEvictionPolicy } from '@atermtrack/queue'
import { createLogger, runMain, startOpsServer, untilShutdown } from '@atermtrack/runtime'
import { readIngesterConfig } from './config.ts'
import { startIngester } from './ingester.ts'

const poolSize = 4

await runMain(async () => {
  const config = readIngesterConfig(process.env)
  const logger = createLogger({ service: 'ingester', level: config.logLevel, secrets: config.secrets })
  await using db = openDb({ url: config.databaseUrl, service: 'ingester', poolSize, logger })
  await waitForSchema({ db, logger })
  await checkDatabase(db, { poolSize, logger })
  await using ingester = await startIngester({ config, db, logger })
  await using eviction = watchEvictionPolicy({ url: config.redisUrl, prefix: config.queuePrefix, logger })
  await using _ops = await startOpsServer({
    port: config.opsPort,
    host: config.opsHost,
    logger,
    readiness: { ...ingester.checks, postgres: async () => ping(db), 'redis-eviction': eviction.check },
  })
  await untilShutdown({ logger, graceMs: config.shutdownMs + 5_000 })
})
