import { type Env, passwordOf, port, readConfig, requireSet, serviceConfig, serviceEnv } from '@atermtrack/runtime'
import { settingSchemas } from '@atermtrack/settings'
import { z } from 'zod'
import type { Greetings } from './features/start/start.ts'
import type { UsageLimits } from './limits/limits.ts'

export const botEnv = z.object({
  ...serviceEnv.shape,
  BOT_TOKEN: z.string('expected the token of BotFather').regex(/^[^\s/?#]+$/, 'expected a token of BotFather'),
  TELEGRAM_API_ROOT: z.url('expected an http(s):// address').default('https://api.telegram.org'),
  TELEGRAM_PROXY: z.url('expected an http://, https:// or socks5:// address').optional(),
  BOT_MODE: z.enum(['polling', 'webhook']).default('polling'),
  WEBHOOK_URL: z.url('expected an https:// address').optional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,256}$/, 'expected 16 to 256 of A-Z a-z 0-9 _ -')
    .optional(),
  WEBHOOK_PORT: port.default(8443),
  /** The bot leaves a group that no admin has let in for so many days. */
  UNKNOWN_GROUP_DAYS: settingSchemas.UNKNOWN_GROUP_DAYS,
  LIMIT_QUESTIONS_PER_MINUTE: settingSchemas.LIMIT_QUESTIONS_PER_MINUTE,
  LIMIT_STRANGER_QUESTIONS_PER_MINUTE: settingSchemas.LIMIT_STRANGER_QUESTIONS_PER_MINUTE,
  LIMIT_GROUP_QUESTIONS_PER_MINUTE: settingSchemas.LIMIT_GROUP_QUESTIONS_PER_MINUTE,
  LIMIT_FILES_PER_HOUR: settingSchemas.LIMIT_FILES_PER_HOUR,
  LIMIT_FILE_MB_PER_DAY: settingSchemas.LIMIT_FILE_MB_PER_DAY,
  /** Days at a terminal without a charge. */
  TERMINAL_FREE_DAYS: settingSchemas.TERMINAL_FREE_DAYS,
  /** The times of a report that people choose by a button. */
  OFFERED_TIMES: settingSchemas.OFFERED_TIMES,
  /** The answer to /start, in place of the text of the bot; `{name}` is the name of the person. */
  GREETING_RU: settingSchemas.GREETING_RU,
  GREETING_EN: settingSchemas.GREETING_EN,
  /** The bot checks only whether it is set: without it e-mail is off. */
  SMTP_SERVER: z.string().optional(),
})

/** Reads the configuration of the bot from the environment. Throws a ConfigError that names every problem. */
export function readBotConfig(env: Env) {
  const values = readConfig(botEnv.superRefine(requireWholeWebhook), env)
  const shared = serviceConfig(values, 3001)
  return {
    ...shared,
    telegram: { token: values.BOT_TOKEN, apiRoot: values.TELEGRAM_API_ROOT, proxy: values.TELEGRAM_PROXY },
    intake: intakeOf(values),
    unknownGroupDays: values.UNKNOWN_GROUP_DAYS,
    isEmailOn: values.SMTP_SERVER !== undefined,
    view: { ...shared, freeDays: values.TERMINAL_FREE_DAYS },
    offeredTimes: values.OFFERED_TIMES,
    greetings: { ru: values.GREETING_RU, en: values.GREETING_EN } satisfies Greetings,
    limits: limitsOf(values),
    secrets: [...shared.secrets, values.BOT_TOKEN, values.WEBHOOK_SECRET, passwordOf(values.TELEGRAM_PROXY)],
  }
}

export type BotConfig = ReturnType<typeof readBotConfig>

function limitsOf(values: z.infer<typeof botEnv>): UsageLimits {
  return {
    member: {
      questionsPerMinute: values.LIMIT_QUESTIONS_PER_MINUTE,
      filesPerHour: values.LIMIT_FILES_PER_HOUR,
      bytesPerDay: values.LIMIT_FILE_MB_PER_DAY * 1024 * 1024,
    },
    strangerQuestionsPerMinute: values.LIMIT_STRANGER_QUESTIONS_PER_MINUTE,
    groupQuestionsPerMinute: values.LIMIT_GROUP_QUESTIONS_PER_MINUTE,
  }
}

/** The way in which updates come in. */
export type Intake =
  | { readonly mode: 'polling' }
  | { readonly mode: 'webhook'; readonly url: string; readonly secret: string; readonly port: number }

function intakeOf(values: z.infer<typeof botEnv>): Intake {
  const { BOT_MODE: mode, WEBHOOK_URL: url, WEBHOOK_SECRET: secret, WEBHOOK_PORT: port } = values
  return mode === 'webhook' && url !== undefined && secret !== undefined
    ? { mode, url, secret, port }
    : { mode: 'polling' }
}

function requireWholeWebhook(values: z.infer<typeof botEnv>, context: z.RefinementCtx): void {
  if (values.BOT_MODE !== 'webhook') return
  requireSet(context, values, ['WEBHOOK_URL', 'WEBHOOK_SECRET'], 'is needed with BOT_MODE=webhook')
}
