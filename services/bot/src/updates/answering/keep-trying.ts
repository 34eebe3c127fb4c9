import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { TelegramRefusal } from '../../telegram/telegram-api.ts'

/**
 * Calls until it succeeds, with 1 to 30 s between or as long as Telegram asks for; undefined once the signal says so. Throws
 * what no further attempt would change.
 */
export async function keepTrying<T>(
  call: () => Promise<T>,
  { what, logger, signal }: { readonly what: string; readonly logger: Logger; readonly signal: AbortSignal },
): Promise<T | undefined> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      return await call()
    } catch (error) {
      if (signal.aborted) return undefined
      if (error instanceof TelegramRefusal && error.code < 500 && error.code !== 429) throw error
      const asked = error instanceof TelegramRefusal ? error.retryAfterSeconds : undefined
      const waitMs = asked === undefined ? Math.min(1_000 * 2 ** attempt, 30_000) : asked * 1_000
      logger.warn({ err: error, waitMs }, `could not ${what}`)
      await delay(waitMs, undefined, { signal }).catch(() => undefined)
    }
  }
  return undefined
}
