import { type Env, flag, passwordOf, port, readConfig, type ServiceConfig, serviceEnv } from '@atermtrack/runtime'
import { z } from 'zod'

/** The variables of the page of queues. */
export const queuePageEnv = z.object({
  ...serviceEnv.pick({
    REDIS_URL: true,
    QUEUE_PREFIX: true,
    LOG_LEVEL: true,
    OPS_PORT: true,
    OPS_HOST: true,
    SHUTDOWN_SECONDS: true,
  }).shape,
  QUEUE_PAGE_HOST: z.string().default('127.0.0.1'),
  QUEUE_PAGE_PORT: port.default(3004),
  QUEUE_PAGE_USER: z.string().default('operator'),
  /** The page is the only one that strangers may reach, so its password is no short one. */
  QUEUE_PAGE_PASS: z.string('is needed: the password of the page').min(12, 'expected 12 characters or more'),
  /** Lets the page retry, promote, clean and pause. */
  QUEUE_PAGE_WRITES: flag.default(false),
})

export interface QueuePageConfig extends Pick<
  ServiceConfig,
  'redisUrl' | 'queuePrefix' | 'logLevel' | 'opsPort' | 'opsHost' | 'shutdownMs' | 'secrets'
> {
  readonly page: {
    readonly host: string
    readonly port: number
    readonly login: { readonly user: string; readonly password: string }
    readonly isReadOnly: boolean
  }
}

/** Reads the environment; throws one ConfigError that names every problem. */
export function readQueuePageConfig(env: Env): QueuePageConfig {
  const values = readConfig(queuePageEnv, env)
  return {
    redisUrl: values.REDIS_URL,
    queuePrefix: values.QUEUE_PREFIX,
    logLevel: values.LOG_LEVEL,
    opsPort: values.OPS_PORT ?? 3005,
    opsHost: values.OPS_HOST,
    shutdownMs: values.SHUTDOWN_SECONDS * 1_000,
    secrets: [values.QUEUE_PAGE_PASS, passwordOf(values.REDIS_URL)],
    page: {
      host: values.QUEUE_PAGE_HOST,
      port: values.QUEUE_PAGE_PORT,
      login: { user: values.QUEUE_PAGE_USER, password: values.QUEUE_PAGE_PASS },
      isReadOnly: !values.QUEUE_PAGE_WRITES,
    },
  }
}
