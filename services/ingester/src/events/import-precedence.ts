import { setTimeout as delay } from 'node:timers/promises'

/** Waits while imports are under way. Throws when `signal` aborts. */
export type GiveWay = (signal: AbortSignal) => Promise<void>

/**
 * Lets the detection of events wait for the imports of this process. Either takes all of the processor and of the database that it can
 * get, and people wait for the new positions before they wait for alerts.
 */
export interface ImportPrecedence {
  /** Runs an import, for which detections wait. */
  readonly first: <T>(work: () => Promise<T>) => Promise<T>
  /** The way in which one detection waits: no longer than `mostMs` in all, however many imports follow each other. */
  readonly giveWayFor: (mostMs: number) => GiveWay
}

export function createImportPrecedence(): ImportPrecedence {
  let running = 0
  let ended = Promise.resolve()
  let end: () => void = () => undefined

  return {
    async first(work) {
      if (running === 0) ended = new Promise((resolve) => (end = resolve))
      running += 1
      try {
        return await work()
      } finally {
        running -= 1
        if (running === 0) end()
      }
    },
    giveWayFor(mostMs) {
      let leftMs = mostMs
      return async (signal) => {
        while (running > 0 && leftMs > 0) {
          const startedAt = performance.now()
          await unlessLater(ended, leftMs, signal)
          leftMs -= performance.now() - startedAt
        }
      }
    },
  }
}

/** Resolves with `work`, or after `mostMs`. */
async function unlessLater(work: Promise<void>, mostMs: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController()
  const limit = delay(mostMs, undefined, { signal: AbortSignal.any([signal, over.signal]) })
  try {
    await Promise.race([work, limit])
  } finally {
    over.abort()
  }
}
