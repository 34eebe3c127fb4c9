import {
  checkDatabase,
  countConnections,
  keepInstance,
  openDb,
  ping,
  retryWhileAway,
  waitForSchema,
} from '@atermtrack/data'
import { openQueues, watchEvictionPolicy } from '@atermtrack/queue'
import { exportConnections, runMain, runService, type Service } from '@atermtrack/runtime'
import { openSettings } from '@atermtrack/settings'
import { type BotConfig, botEnv, readBotConfig } from './config.ts'
import { startSending } from './deliveries/start-sending.ts'
import { startFetching } from './documents/start-fetching.ts'
import { createProbes } from './features/health/probes.ts'
import { startBot } from './start-bot.ts'
import { createTelegramApi } from './telegram/telegram-api.ts'

const poolSize = 20

await runMain(async () => {
  const config = readBotConfig(process.env)
  await runService({ ...config, service: 'bot' }, (service) => run(config, service))
})

async function run(config: BotConfig, { logger, health, signal, untilEnd }: Service): Promise<void> {
  await using db = openDb({ url: config.databaseUrl, service: 'bot', poolSize, isPreparing: true, logger })
  health.add('postgres', async () => ping(db))
  exportConnections(() => countConnections(db))
  await waitForSchema({ db, logger, signal })
  await retryWhileAway(async () => checkDatabase(db, { poolSize, logger }), { logger, signal })
  await using api = createTelegramApi({ ...config.telegram, logger })

  const connection = { url: config.redisUrl, prefix: config.queuePrefix, logger }
  await using queues = openQueues(connection)

  const overEnvironment = { service: 'bot', env: process.env, schema: botEnv, read: readBotConfig }
  await using settings = await retryWhileAway(async () => openSettings({ ...overEnvironment, db, logger }), {
    logger,
    signal,
  })
  const probes = createProbes({ api, connection })
  const parts = { ...config, probes, db, api, logger, health, queues, settings, graceMs: config.shutdownMs - 2_000 }
  const bot = await startBot(parts)
  const sending = startSending(parts)
  const fetching = startFetching(parts)
  // All close at once: each may need the whole time of a shutdown.
  await using _work = {
    async [Symbol.asyncDispose]() {
      await Promise.all([bot, sending, fetching].map(async (part) => part[Symbol.asyncDispose]()))
    },
  }
  await using eviction = watchEvictionPolicy(connection)
  health.add('redis-eviction', eviction.check)
  health.add('telegram', async () => bot.checkIntake())
  health.add('updates', async () => bot.checkWork())
  bot.failed.catch(health.fail)
  await using _instance = keepInstance({ db, service: 'bot', health, servers: { telegram: probes.telegram }, logger })
  await untilEnd()
}
