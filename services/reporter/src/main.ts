import { openDb, ping, waitForSchema } from '@atermtrack/data'
import { createLogger, runMain, startOpsServer, untilShutdown } from '@atermtrack/runtime'
import { readReporterConfig } from './config.ts'
import { startReporter } from './reporter.ts'

await runMain(async () => {
  const config = readReporterConfig(process.env)
  const logger = createLogger({ service: 'reporter', level: config.logLevel, secrets: config.secrets })
  await using db = openDb({ url: config.databaseUrl, logger })
  await waitForSchema({ db, logger })
  await using reporter = startReporter({ config, db, logger })
  await using _ops = await startOpsServer({
    port: config.opsPort,
    host: config.opsHost,
    logger,
    readiness: { ...reporter.checks, postgres: async () => ping(db) },
  })
  await untilShutdown({ logger, graceMs: config.shutdownMs + 5_000 })
})
