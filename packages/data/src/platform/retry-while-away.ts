import { setTimeout as delay } from 'node:timers/promises'
import type { DbLogger } from './client.ts'
import { isOutage } from './outage.ts'

export interface RetryOptions {
  readonly logger: DbLogger
  readonly pauseMs?: number
  /** Ends the waiting with its reason. */
  readonly signal?: AbortSignal
}

/**
 * Does `work` again until no outage ends it, however long that takes, and returns its result; any other error is thrown. For the start of
 * a service, which a restart of PostgreSQL must not end.
 */
export async function retryWhileAway<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { logger, pauseMs = 500, signal } = options
  let isLogged = false
  for (;;) {
    signal?.throwIfAborted()
    try {
      return await work()
    } catch (error) {
      if (!isOutage(error)) throw error
      if (!isLogged) logger.warn({ err: error }, 'waiting for the database')
      isLogged = true
      await delay(pauseMs, undefined, { signal }).catch(() => undefined)
    }
  }
}
