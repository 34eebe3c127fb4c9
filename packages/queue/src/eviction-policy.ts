import { type Redis, ReplyError } from 'ioredis'
import { producerConnection, type QueueConnection } from './connection.ts'

/** BullMQ loses jobs of a Redis that makes room by dropping keys. */
const wanted = 'noeviction'

export interface EvictionCheck extends AsyncDisposable {
  /** Rejects while Redis may drop keys. While Redis is away the last answer counts. */
  readonly check: () => Promise<void>
}

/** Checks at every connect whether Redis keeps its keys, and logs an error where it does not. */
export function watchEvictionPolicy(connection: QueueConnection): EvictionCheck {
  const { logger } = connection
  const redis = producerConnection(connection)
  let policy: string | undefined

  async function look(): Promise<void> {
    policy = await readPolicy(redis)
    if (policy === undefined) logger.warn('redis does not tell its maxmemory-policy: make sure that it is noeviction')
    else if (policy !== wanted) logger.error({ policy }, problemOf(policy))
  }
  redis.on('ready', () => {
    look().catch((error: unknown) => logger.warn({ err: error }, 'could not ask redis for its maxmemory-policy'))
  })
  return {
    async check() {
      if (redis.status === 'ready') policy = await readPolicy(redis).catch(() => policy)
      if (policy !== undefined && policy !== wanted) throw new Error(problemOf(policy))
    },
    async [Symbol.asyncDispose]() {
      redis.disconnect()
    },
  }
}

function problemOf(policy: string): string {
  return `maxmemory-policy of redis is ${policy}: jobs get lost, set it to ${wanted}`
}

/** Undefined where Redis does not answer: providers forbid CONFIG, some leave the line out of INFO. */
async function readPolicy(redis: Redis): Promise<string | undefined> {
  const info = await unlessRefused(redis.info('memory'))
  const [, policy] = /^maxmemory_policy:(\S+)/m.exec(info ?? '') ?? []
  if (policy !== undefined) return policy
  const configured = (await unlessRefused(redis.config('GET', 'maxmemory-policy'))) as string[] | undefined
  return configured?.[1]
}

/** A refused answer is unknown; an outage is an error. */
async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof ReplyError) return undefined
    throw error
  })
}
