import { checkDatabase, keepInstance, openDb, ping, waitForSchema } from '@atermtrack/data'
import { watchEvictionPolicy } from '@atermtrack/queue'
import { runMain, runService } from '@atermtrack/runtime'
import { readReporterConfig } from './config.ts'
import { greetMailServer } from './email/mailer.ts'
import { startReporter } from './reporter.ts'

const poolSize = 5

await runMain(async () => {
  const config = readReporterConfig(process.env)
  await runService({ ...config, service: 'reporter' }, async ({ logger, health, signal, untilEnd }) => {
    await using db = openDb({ url: config.databaseUrl, service: 'reporter', poolSize, logger })
    health.add('postgres', async () => ping(db))
    await waitForSchema({ db, logger, signal })
    await checkDatabase(db, { poolSize, logger })
    await using _reporter = startReporter({ config, db, logger, health })
    await using eviction = watchEvictionPolicy({ url: config.redisUrl, prefix: config.queuePrefix, logger })
    health.add('redis-eviction', eviction.check)
    const { smtp } = config
    const servers = smtp ? { smtp: async () => greetMailServer(smtp) } : {}
    await using _instance = keepInstance({ db, service: 'reporter', health, servers, logger })
    await untilEnd()
  })
})
