import { openDb, ping, waitForSchema } from '@atermtrack/data'
import { runMain, runService } from '@atermtrack/runtime'
import { readIngesterConfig, unprovenMailNote } from './config.ts'
import { startIngester } from './ingester.ts'

await runMain(async () => {
  const config = readIngesterConfig(process.env)
  await runService({ ...config, service: 'ingester' }, async ({ logger, health, signal, untilEnd }) => {
    await using db = openDb({ url: config.databaseUrl, poolSize: 4, logger })
    health.add('postgres', async () => ping(db))
    const note = unprovenMailNote(config)
    if (note !== undefined) {
      logger.warn(note)
      health.add('mail-senders', async () => ({ detail: note }))
    }
    await waitForSchema({ db, logger, signal })
    await using _ingester = await startIngester({ config, db, logger, health })
    await untilEnd()
  })
})
