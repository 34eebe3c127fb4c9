import { openDb, waitForSchema } from '@atermtrack/data'
import { buildReport, expandBroadcast, openProducer, sendEmail, sendTelegram } from '@atermtrack/queue'
import { createLogger, runMain, startOpsServer, untilShutdown } from '@atermtrack/runtime'
import { readBotConfig } from './config.ts'
import { startSending } from './deliveries/start-sending.ts'
import { createBroadcast } from './features/broadcast/broadcast.ts'
import { createUnknownDeliveries } from './features/unknown-deliveries/unknown-deliveries.ts'
import { startBot } from './start-bot.ts'
import { createTelegramApi } from './telegram/telegram-api.ts'

async function main(): Promise<void> {
  const config = readBotConfig(process.env)
  const logger = createLogger({ service: 'bot', level: config.logLevel, secrets: config.secrets })
  await using db = openDb({ url: config.databaseUrl, poolSize: 20, logger })
  await waitForSchema({ db, logger })
  await using api = createTelegramApi({ ...config.telegram, logger })

  const connection = { url: config.redisUrl, prefix: config.queuePrefix, logger }
  await using buildReports = openProducer(buildReport, connection)
  await using sendTelegrams = openProducer(sendTelegram, connection)
  await using sendEmails = openProducer(sendEmail, connection)
  await using expandBroadcasts = openProducer(expandBroadcast, connection)
  const producers = {
    buildReport: buildReports,
    sendTelegram: sendTelegrams,
    sendEmail: sendEmails,
    expandBroadcast: expandBroadcasts,
  }

  const audience = {
    isOpen: config.accessMode === 'open',
    adminIds: config.adminChatIds.filter((id) => id > 0),
  }
  const features = [
    createBroadcast({ audience, producers }),
    createUnknownDeliveries({ zone: config.scheduleZone, producers }),
  ]
  const parts = { ...config, db, api, logger, producers, graceMs: config.shutdownMs - 2_000 }
  const bot = await startBot({ ...parts, features })
  const sending = startSending({ ...parts, audience })
  // Both at once: each may need the whole time that a shutdown has.
  await using _work = {
    async [Symbol.asyncDispose]() {
      await Promise.all([bot[Symbol.asyncDispose](), sending[Symbol.asyncDispose]()])
    },
  }
  await using _ops = await startOpsServer({
    port: config.opsPort,
    host: config.opsHost,
    logger,
    readiness: { telegram: () => bot.checkIntake(), updates: () => bot.checkWork() },
  })
  await Promise.race([untilShutdown({ logger, graceMs: config.shutdownMs + 5_000 }), bot.failed])
}

await runMain(main)
