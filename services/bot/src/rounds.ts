import type { Logger } from 'pino'
import { createBell } from './updates/bell.ts'

export interface RoundsOptions {
  readonly what: string
  readonly everyMs: number
  readonly logger: Logger
}

export interface Rounds extends AsyncDisposable {
  /** Asks for a round at once. */
  ring(): void
}

/** Does the same work again and again, one round at a time. What went wrong is tried again with the next round. */
export function startRounds(work: (signal: AbortSignal) => Promise<void>, options: RoundsOptions): Rounds {
  const { what, everyMs, logger } = options
  const bell = createBell()
  const stop = new AbortController()

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      await work(stop.signal).catch((error: unknown) => {
        if (!stop.signal.aborted) logger.warn({ err: error }, `could not ${what}`)
      })
      if (!stop.signal.aborted) await bell.wait(everyMs)
    }
  }

  const looping = loop()
  return {
    ring: () => bell.ring(),
    async [Symbol.asyncDispose]() {
      stop.abort()
      bell.ring()
      await looping
    },
  }
}
