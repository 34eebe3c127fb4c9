import { sleep } from './sleep.ts'

/** Keeps the calls of this process `spacingMs` apart: the returned function resolves when the next call may leave. */
export function createRateLimiter(spacingMs: number): () => Promise<void> {
  let nextAt = 0
  return async () => {
    const now = performance.now()
    const at = Math.max(now, nextAt)
    nextAt = at + spacingMs
    if (at > now) await sleep(Math.ceil(at - now))
  }
}
