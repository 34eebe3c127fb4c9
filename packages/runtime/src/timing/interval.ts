import type { Logger } from 'pino'
import { createWake, type Wake } from './wake.ts'

export interface IntervalOptions {
  /** Completes the sentence "could not …" in the log. */
  readonly what: string
  readonly everyMs: number
  readonly logger: Logger
  /** Starts the next run at once. */
  readonly wake?: Wake
}

/**
 * Runs the same work at once and then again and again, one run at a time, `everyMs` after the run before. The next run makes
 * up for one that failed. Disposing aborts the signal of the run and waits for its end.
 */
export function startInterval(
  work: (signal: AbortSignal) => Promise<void>,
  { what, everyMs, logger, wake = createWake() }: IntervalOptions,
): AsyncDisposable {
  const stop = new AbortController()

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      await work(stop.signal).catch((error: unknown) => {
        if (!stop.signal.aborted) logger.warn({ err: error }, `could not ${what}`)
      })
      if (!stop.signal.aborted) await wake.wait(everyMs)
    }
  }

  const looping = loop()
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      wake.wake()
      await looping
    },
  }
}
