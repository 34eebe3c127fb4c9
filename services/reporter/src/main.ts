import { openDb, ping, waitForSchema } from '@atermtrack/data'
import { runMain, runService } from '@atermtrack/runtime'
import { readReporterConfig } from './config.ts'
import { startReporter } from './reporter.ts'

await runMain(async () => {
  const config = readReporterConfig(process.env)
  await runService({ ...config, service: 'reporter' }, async ({ logger, health, signal, untilEnd }) => {
    await using db = openDb({ url: config.databaseUrl, logger })
    health.add('postgres', async () => ping(db))
    await waitForSchema({ db, logger, signal })
    await using _reporter = startReporter({ config, db, logger, health })
    await untilEnd()
  })
})
