import { setTimeout as delay } from 'node:timers/promises'

/**
 * Keeps the calls of this process `spacingMs` apart: returns a function that resolves when it is one's turn. The queue starts
 * its jobs at that pace, but what a job does before its call takes longer at times, and then two would leave together.
 */
export function createDepartures(spacingMs: number): () => Promise<void> {
  let nextAt = 0
  return async () => {
    const now = performance.now()
    const at = Math.max(now, nextAt)
    nextAt = at + spacingMs
    if (at > now) await delay(Math.ceil(at - now))
  }
}
