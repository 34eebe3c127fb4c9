import { z } from 'zod'
import { between, list, port, positiveInteger, zone } from './config.ts'

/** Variables of PostgreSQL: `DATABASE_URL`, or `DB_HOST` and the rest. Used with `databaseUrl`. */
export const databaseEnv = z.object({
  DATABASE_URL: z.url('expected a postgres:// address').optional(),
  DB_HOST: z.string().optional(),
  DB_PORT: port.default(5432),
  DB_USER: z.string().default('postgres'),
  DB_PASS: z.string().optional(),
  DB_NAME: z.string().default('atermtrack'),
})

/** Variables of migrations: the owner of the tables, and the role that services are to connect as. */
export const migrationEnv = z.object({
  ...databaseEnv.shape,
  DB_SERVICE_USER: z.string().optional(),
  DB_SERVICE_PASS: z.string().optional(),
})

/** The address of the database that `databaseEnv` describes. */
export function databaseUrl(env: z.infer<typeof databaseEnv>): string {
  if (env.DATABASE_URL) return env.DATABASE_URL
  const user = encodeURIComponent(env.DB_USER)
  const login = env.DB_PASS === undefined ? user : `${user}:${encodeURIComponent(env.DB_PASS)}`
  const host = env.DB_HOST ?? '127.0.0.1'
  return `postgres://${login}@${host}:${env.DB_PORT}/${encodeURIComponent(env.DB_NAME)}`
}

/** One chat id or several: a positive one is a person who is an admin, a negative one a group that gets the notices. */
const chatIds = list.transform((words, context) => {
  const ids = words.map(Number)
  if (ids.every((id) => Number.isSafeInteger(id) && id !== 0)) return ids
  context.addIssue({ code: 'custom', message: 'expected chat ids, comma-separated' })
  return z.NEVER
})

/** Variables that every service reads. */
export const serviceEnv = z.object({
  ...databaseEnv.shape,
  REDIS_URL: z.url('expected a redis:// address').default('redis://127.0.0.1:6379'),
  /** This prefix separates the queues of several systems on one Redis. */
  QUEUE_PREFIX: z.string().default('atermtrack'),
  SCHEDULE_TIMEZONE: zone.default('Asia/Vladivostok'),
  SOURCE_TIMEZONE: zone.default('Europe/Moscow'),
  TERMINAL_TIMEZONE: zone.default('Asia/Vladivostok'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  OPS_PORT: port.optional(),
  OPS_HOST: z.string().default('127.0.0.1'),
  ADMIN_CHAT_ID: chatIds.default([]),
  ACCESS_MODE: z.enum(['approval', 'open']).default('approval'),
  /** Whether people of companies see the containers for which no file names any party. */
  UNNAMED_CONTAINERS: z.enum(['hidden', 'visible']).default('hidden'),
  /** Data older than this are called old. */
  STALE_AFTER_HOURS: between(1, 100_000).default(6),
  /** A container whose last operation is older stands. */
  STANDING_AFTER_HOURS: between(1, 100_000).default(24),
  /** A forecast of arrival has moved when it differs by so many hours. */
  FORECAST_MOVED_HOURS: between(1, 100_000).default(12),
  SHUTDOWN_SECONDS: positiveInteger.default(12),
  /** A collector that gets the traces; without it none are made. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url('expected an http(s):// address').optional(),
})

export interface ServiceConfig {
  readonly databaseUrl: string
  readonly redisUrl: string
  readonly queuePrefix: string
  readonly logLevel: string
  readonly opsPort: number
  readonly opsHost: string
  /** How long a stopping process may take to finish its work. */
  readonly shutdownMs: number
  /** The address of an OpenTelemetry collector; undefined when no traces are made. */
  readonly tracesEndpoint: string | undefined
  /** Zone of subscriptions' times. */
  readonly scheduleZone: string
  /** Zone of the railway's wall times. */
  readonly sourceZone: string
  /** Zone of the terminal's wall times. */
  readonly terminalZone: string
  readonly adminChatIds: readonly number[]
  /** The people who may use the bot and their scope: the same for all services. */
  readonly policy: {
    readonly mode: 'approval' | 'open'
    readonly adminChatIds: readonly number[]
    readonly unnamed: 'hidden' | 'visible'
  }
  readonly staleAfterMinutes: number
  readonly standingAfterMinutes: number
  /** A forecast of arrival has moved when it differs by so many hours. */
  readonly forecastMovedHours: number
  /** Passwords among these settings, for the logger's redaction. */
  readonly secrets: readonly (string | undefined)[]
}

/** The settings that all services share, from the variables of `serviceEnv`. */
export function serviceConfig(env: z.infer<typeof serviceEnv>, defaultOpsPort: number): ServiceConfig {
  return {
    databaseUrl: databaseUrl(env),
    redisUrl: env.REDIS_URL,
    queuePrefix: env.QUEUE_PREFIX,
    logLevel: env.LOG_LEVEL,
    opsPort: env.OPS_PORT ?? defaultOpsPort,
    opsHost: env.OPS_HOST,
    shutdownMs: env.SHUTDOWN_SECONDS * 1_000,
    tracesEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    scheduleZone: env.SCHEDULE_TIMEZONE,
    sourceZone: env.SOURCE_TIMEZONE,
    terminalZone: env.TERMINAL_TIMEZONE,
    adminChatIds: env.ADMIN_CHAT_ID,
    policy: { mode: env.ACCESS_MODE, adminChatIds: env.ADMIN_CHAT_ID, unnamed: env.UNNAMED_CONTAINERS },
    staleAfterMinutes: env.STALE_AFTER_HOURS * 60,
    standingAfterMinutes: env.STANDING_AFTER_HOURS * 60,
    forecastMovedHours: env.FORECAST_MOVED_HOURS,
    secrets: [env.DB_PASS, passwordOf(env.DATABASE_URL), passwordOf(env.REDIS_URL)],
  }
}

/** The password in an address, for the logger's redaction. */
export function passwordOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : decodeURIComponent(new URL(url).password)
}
