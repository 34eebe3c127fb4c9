import { backoffMs, retry } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import { TelegramRefusal } from './telegram-errors.ts'

const longestMs = 30_000

/**
 * Repeats a call until it succeeds, with a pause of 1 to 30 s or of the length that Telegram asks for; undefined once the signal
 * is aborted. Throws a refusal that no further attempt would change.
 */
export async function retryCalls<T>(
  call: () => Promise<T>,
  { what, logger, signal }: { readonly what: string; readonly logger: Logger; readonly signal: AbortSignal },
): Promise<T | undefined> {
  if (signal.aborted) return undefined
  const waitMs = (error: unknown, attempt: number) => {
    if (error instanceof TelegramRefusal && error.code < 500 && error.code !== 429) return undefined
    const ms = retryAfterMs(error) ?? backoffMs(attempt, { longestMs })
    logger.warn({ err: error, waitMs: ms }, `could not ${what}`)
    return ms
  }
  return retry(call, { waitMs, signal }).catch((error: unknown) => {
    if (signal.aborted) return undefined
    throw error
  })
}

/** The waiting time that Telegram asks for, if any. */
export function retryAfterMs(error: unknown): number | undefined {
  const seconds = error instanceof TelegramRefusal ? error.retryAfterSeconds : undefined
  return seconds === undefined ? undefined : seconds * 1_000
}
