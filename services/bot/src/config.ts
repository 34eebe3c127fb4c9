import { ConfigError, type Env, databaseUrl, port, positiveInteger, readConfig, serviceEnv } from '@atermtrack/runtime'
import { z } from 'zod'

const botEnv = z.object({
  ...serviceEnv.shape,
  BOT_TOKEN: z.string('expected the token of BotFather').regex(/^\d+:[A-Za-z0-9_-]+$/, 'expected a token of BotFather'),
  TELEGRAM_API_ROOT: z.url('expected an http(s):// address').default('https://api.telegram.org'),
  TELEGRAM_PROXY: z.url('expected an http://, https:// or socks5:// address').optional(),
  BOT_MODE: z.enum(['polling', 'webhook']).default('polling'),
  WEBHOOK_URL: z.url('expected an https:// address').optional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,256}$/, 'expected 16 to 256 of A-Z a-z 0-9 _ -')
    .optional(),
  WEBHOOK_PORT: port.default(8443),
  ACCESS_MODE: z.enum(['approval', 'open']).default('approval'),
  /** Only whether it is set matters here: without it e-mail is off. */
  SMTP_SERVER: z.string().optional(),
  STALE_AFTER_HOURS: positiveInteger.default(6),
  STANDING_AFTER_HOURS: positiveInteger.default(24),
})

/** Reads what the bot needs to know from the environment. Throws a ConfigError that names every problem. */
export function readBotConfig(env: Env) {
  const values = readConfig(botEnv, env)
  return {
    databaseUrl: databaseUrl(values),
    redisUrl: values.REDIS_URL,
    queuePrefix: values.QUEUE_PREFIX,
    logLevel: values.LOG_LEVEL,
    ops: { port: values.OPS_PORT, host: values.OPS_HOST },
    shutdownMs: values.SHUTDOWN_SECONDS * 1000,
    telegram: { token: values.BOT_TOKEN, apiRoot: values.TELEGRAM_API_ROOT, proxy: values.TELEGRAM_PROXY },
    intake: intakeOf(values),
    accessMode: values.ACCESS_MODE,
    adminChatIds: values.ADMIN_CHAT_ID,
    isEmailOn: values.SMTP_SERVER !== undefined,
    scheduleZone: values.SCHEDULE_TIMEZONE,
    view: {
      sourceZone: values.SOURCE_TIMEZONE,
      staleAfterMinutes: values.STALE_AFTER_HOURS * 60,
      standingAfterMinutes: values.STANDING_AFTER_HOURS * 60,
    },
    /** Values that no log line may hold. */
    secrets: [
      values.BOT_TOKEN,
      values.WEBHOOK_SECRET,
      values.DB_PASS,
      passwordOf(values.DATABASE_URL),
      passwordOf(values.REDIS_URL),
      passwordOf(values.TELEGRAM_PROXY),
    ],
  }
}

/** How updates come in. */
export type Intake =
  | { readonly mode: 'polling' }
  | { readonly mode: 'webhook'; readonly url: string; readonly secret: string; readonly port: number }

function intakeOf(values: z.infer<typeof botEnv>): Intake {
  const { BOT_MODE: mode, WEBHOOK_URL: url, WEBHOOK_SECRET: secret, WEBHOOK_PORT: port } = values
  if (mode === 'polling') return { mode }
  if (url === undefined || secret === undefined) {
    throw new ConfigError('The environment is not usable:\n  BOT_MODE=webhook needs WEBHOOK_URL and WEBHOOK_SECRET')
  }
  return { mode, url, secret, port }
}

function passwordOf(address: string | undefined): string | undefined {
  return address === undefined ? undefined : decodeURIComponent(new URL(address).password)
}
