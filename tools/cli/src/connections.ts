import { type Db, openDb } from '@atermtrack/data'
import type { QueueConnection } from '@atermtrack/queue'
import { createLogger, databaseEnv, databaseUrl, type Env, readConfig, serviceEnv } from '@atermtrack/runtime'

/** The database that the environment names. */
export function openDatabase(env: Env): Db {
  return openDb({ url: databaseUrl(readConfig(databaseEnv, env)), poolSize: 1 })
}

/** The Redis that the environment names. Nothing is logged: errors are shown as the command's own. */
export function queueConnection(env: Env): QueueConnection {
  const { REDIS_URL, QUEUE_PREFIX } = readConfig(serviceEnv.pick({ REDIS_URL: true, QUEUE_PREFIX: true }), env)
  return { url: REDIS_URL, prefix: QUEUE_PREFIX, logger: createLogger({ service: 'cli', level: 'silent' }) }
}
