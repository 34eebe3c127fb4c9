import { ConfigError, type Env } from '@atermtrack/runtime'

/** The outside parts that the environment names, and the stand-ins for the others. */
export interface Plan {
  readonly postgres: 'configured' | 'embedded'
  readonly redis: 'configured' | 'embedded'
  readonly telegram: 'configured' | 'sandbox'
  readonly mail: 'imap' | 'folder' | 'simulated'
  readonly smtp: 'configured' | 'off'
}

/** Chooses the parts. Throws ConfigError when the environment names half of a part. */
export function planParts(env: Env): Plan {
  if (isSet(env, 'TELEGRAM_API_ROOT') && !isSet(env, 'BOT_TOKEN')) {
    throw new ConfigError('TELEGRAM_API_ROOT is set, but BOT_TOKEN is not: set both, or none to chat in the sandbox')
  }
  return {
    postgres: isSet(env, 'DATABASE_URL') || isSet(env, 'DB_HOST') ? 'configured' : 'embedded',
    redis: isSet(env, 'REDIS_URL') ? 'configured' : 'embedded',
    telegram: isSet(env, 'BOT_TOKEN') ? 'configured' : 'sandbox',
    mail: planMail(env),
    smtp: isSet(env, 'SMTP_SERVER') ? 'configured' : 'off',
  }
}

/** Whether everything is simulated and nobody has asked for the logs: then a start shows only what people need. */
export function isDemo({ telegram, mail }: Plan, env: Env): boolean {
  return telegram === 'sandbox' && mail === 'simulated' && !isSet(env, 'LOG_LEVEL')
}

function planMail(env: Env): Plan['mail'] {
  if (isSet(env, 'IMAP_SERVER')) return 'imap'
  return isSet(env, 'INBOX_DIR') ? 'folder' : 'simulated'
}

const outsideNames =
  /^(BOT_|TELEGRAM_|WEBHOOK_|IMAP_|SMTP_|INBOX_DIR|ADMIN_CHAT_ID|ACCESS_MODE|UNNAMED_|UNKNOWN_GROUP_|OPS_|EMAIL_RECIPIENT)/

/**
 * The environment of a walk, which must never talk to real people or read real mail: it keeps only the servers for data.
 */
export function envForWalk(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !outsideNames.test(name)))
}

/** Whether a variable has a value, itself or through the file that `NAME_FILE` names. */
export function isSet(env: Env, name: string): boolean {
  return [env[name], env[`${name}_FILE`]].some((value) => value !== undefined && value.trim() !== '')
}
