import { once } from 'node:events'
import type { Queue } from 'bullmq'
import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from 'pino'

export interface QueueConnection {
  readonly url: string
  /** Separates the queues of several systems on one Redis. */
  readonly prefix: string
  readonly logger: Logger
}

const shared: RedisOptions = {
  // BullMQ's own back-off grows to 20 s, and work would resume that late after an outage.
  retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 5), 2_000),
  connectTimeout: 5_000,
  keepAlive: 10_000,
  // A server that hangs, or a connection that a firewall forgot. BullMQ's blocking command is answered within 10 s.
  socketTimeout: 15_000,
}

/** For producers: an enqueue fails at once while Redis is away, since the row is in the database and the sweep enqueues it. */
export function producerConnection({ url, logger }: QueueConnection): Redis {
  return listen(
    new Redis(url, { ...shared, enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 2_000 }),
    logger,
  )
}

/** For workers: they wait for Redis as long as it takes. */
export function workerConnection({ url, logger }: QueueConnection): Redis {
  return listen(new Redis(url, { ...shared, maxRetriesPerRequest: null }), logger)
}

const firstContactMs = 1_000

/** Resolves when the connection can be used. A first connection gets a second; a lost one throws at once. */
export async function whenReady(redis: Redis): Promise<void> {
  const isReady = () => redis.status === 'ready'
  if (!isReady() && (redis.status === 'connecting' || redis.status === 'connect')) {
    await once(redis, 'ready', { signal: AbortSignal.timeout(firstContactMs) }).catch(() => undefined)
  }
  if (!isReady()) throw new Error(`redis is out of reach (${redis.status})`)
}

/** Closes queues and their connection; queues that never reached Redis have no connection to end in order. */
export async function closeQueues(queues: Iterable<Queue>, redis: Redis): Promise<void> {
  if (redis.status === 'ready') await Promise.all([...queues].map(async (queue) => queue.close()))
  redis.disconnect()
}

function listen(redis: Redis, logger: Logger): Redis {
  let down = false
  redis.on('error', (error: Error) => {
    if (!down) logger.warn({ err: error }, 'redis is out of reach')
    down = true
  })
  redis.on('close', () => forgetSocketTimeout(redis))
  redis.on('ready', () => {
    if (down) logger.info('redis is back')
    down = false
  })
  return redis
}

/** ioredis leaves the timer of a connection that has ended running, and it would end the next connection. */
function forgetSocketTimeout(redis: Redis): void {
  const inner = redis as unknown as { socketTimeoutTimer?: NodeJS.Timeout | undefined }
  clearTimeout(inner.socketTimeoutTimer)
  inner.socketTimeoutTimer = undefined
}
