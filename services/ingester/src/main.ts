import { openDb, ping, waitForSchema } from '@atermtrack/data'
import { createLogger, runMain, startOpsServer, untilShutdown } from '@atermtrack/runtime'
import { notesOf, readIngesterConfig } from './config.ts'
import { startIngester } from './ingester.ts'

await runMain(async () => {
  const config = readIngesterConfig(process.env)
  const logger = createLogger({ service: 'ingester', level: config.logLevel, secrets: config.secrets })
  await using db = openDb({ url: config.databaseUrl, poolSize: 4, logger })
  await waitForSchema({ db, logger })
  for (const note of notesOf(config)) logger.warn(note)
  await using ingester = await startIngester({ config, db, logger })
  await using _ops = await startOpsServer({
    port: config.opsPort,
    host: config.opsHost,
    logger,
    notes: notesOf(config),
    readiness: { ...ingester.checks, postgres: async () => ping(db) },
  })
  await untilShutdown({ logger, graceMs: config.shutdownMs + 5_000 })
})
