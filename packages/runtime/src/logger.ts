import { type Logger, type LoggerOptions as PinoOptions, pino } from 'pino'
import { logError } from './log-error.ts'

export interface LoggerOptions {
  readonly service: string
  readonly level: string
  /** Values that must never be printed, such as passwords; the token's shape is known and needs no mention. */
  readonly secrets?: readonly (string | undefined)[]
  /** Fields of every line, asked for with each. */
  readonly ids?: (() => object) | undefined
}

/**
 * Writes JSON lines to standard output. Tokens, e-mail addresses and the given secrets are cut out of every line, and of errors
 * only what names the fault is written.
 */
export function createLogger(options: LoggerOptions): Logger {
  return pino(pinoOptions(options))
}

export function pinoOptions({ service, level, secrets = [], ids }: LoggerOptions): PinoOptions {
  return {
    level,
    base: { service },
    ...(ids && { mixin: ids }),
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: logError },
    formatters: { level: (label) => ({ level: label }) },
    hooks: { streamWrite: createRedactor(secrets) },
  }
}

// No boundary before the digits: the token follows `bot` directly in addresses.
const token = /\d{6,12}:[A-Za-z0-9_-]{30,}/g
// A stack trace names packages with their versions, `.pnpm/pkg@1.2.3`: three numbers are no domain. Without the look behind, a long
// word would be tried from each of its letters.
const address =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@(?!\d+\.\d+\.\d+(?!\.?\d))[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu

/** Returns a function that cuts secrets out of a line of text, whatever field or error they stand in. */
export function createRedactor(secrets: readonly (string | undefined)[]): (line: string) => string {
  // Short values would blank out innocent text; as JSON, quotes and backslashes of a secret are escaped.
  const values = secrets
    .filter((secret): secret is string => secret !== undefined && secret.length >= 4)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .toSorted((a, b) => b.length - a.length)
  return (line) => {
    const withoutSecrets = values.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line)
    return withoutSecrets.replace(token, '[token]').replace(address, '[address]')
  }
}
