import { pingRedis } from '@atermtrack/queue'
import { runMain, runService } from '@atermtrack/runtime'
import { readQueuePageConfig } from './config.ts'
import { startQueuePage } from './queue-page.ts'

await runMain(async () => {
  const config = readQueuePageConfig(process.env)
  await runService({ ...config, service: 'queue-page' }, async ({ logger, health, untilEnd }) => {
    const connection = { url: config.redisUrl, prefix: config.queuePrefix, logger }
    await using _page = await startQueuePage({ ...config.page, connection })
    health.add('redis', async () => pingRedis(connection))
    logger.info({ ...config.page, login: undefined }, 'the page of queues is served')
    await untilEnd()
  })
})
