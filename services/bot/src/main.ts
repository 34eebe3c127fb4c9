import { openDb } from '@atermtrack/data'
import { buildReport, openProducer, sendEmail, sendTelegram } from '@atermtrack/queue'
import { createLogger, runMain, startOpsServer, untilShutdown } from '@atermtrack/runtime'
import { awaitMigrations } from './await-migrations.ts'
import { readBotConfig } from './config.ts'
import { startBot } from './start-bot.ts'
import { createTelegramApi } from './telegram/telegram-api.ts'

async function main(): Promise<void> {
  const config = readBotConfig(process.env)
  const logger = createLogger({ service: 'bot', level: config.logLevel, secrets: config.secrets })
  await using db = openDb({ url: config.databaseUrl, poolSize: 20, logger })
  await awaitMigrations(db, { logger })
  await using api = createTelegramApi({ ...config.telegram, logger })

  const connection = { url: config.redisUrl, prefix: config.queuePrefix, logger }
  await using buildReports = openProducer(buildReport, connection)
  await using sendTelegrams = openProducer(sendTelegram, connection)
  await using sendEmails = openProducer(sendEmail, connection)
  const producers = { buildReport: buildReports, sendTelegram: sendTelegrams, sendEmail: sendEmails }

  await using bot = await startBot({ ...config, db, api, logger, producers, graceMs: config.shutdownMs - 2_000 })
  await using _ops =
    config.ops.port === undefined
      ? undefined
      : await startOpsServer({
          port: config.ops.port,
          host: config.ops.host,
          logger,
          readiness: { telegram: () => bot.checkIntake(), updates: () => bot.checkWork() },
        })
  await Promise.race([untilShutdown({ logger, graceMs: 20_000 }), bot.failed])
}

await runMain(main)
