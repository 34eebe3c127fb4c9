import { checkDatabase, openDb, ping, waitForSchema } from '@atermtrack/data'
import { watchEvictionPolicy } from '@atermtrack/queue'
import { createLogger, runMain, startOpsServer, untilShutdown } from '@atermtrack/runtime'
import { readReporterConfig } from './config.ts'
import { startReporter } from './reporter.ts'

const poolSize = 5

await runMain(async () => {
  const config = readReporterConfig(process.env)
  const logger = createLogger({ service: 'reporter', level: config.logLevel, secrets: config.secrets })
  await using db = openDb({ url: config.databaseUrl, service: 'reporter', poolSize, logger })
  await waitForSchema({ db, logger })
  await checkDatabase(db, { poolSize, logger })
  await using reporter = startReporter({ config, db, logger })
  await using eviction = watchEvictionPolicy({ url: config.redisUrl, prefix: config.queuePrefix, logger })
  await using _ops = await startOpsServer({
    port: config.opsPort,
    host: config.opsHost,
    logger,
    readiness: { ...reporter.checks, postgres: async () => ping(db), 'redis-eviction': eviction.check },
  })
  await untilShutdown({ logger, graceMs: config.shutdownMs + 5_000 })
})
