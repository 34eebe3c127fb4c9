import { setTimeout as delay } from 'node:timers/promises'

const delaysMs = [100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000]

/** Repeats a write while the database is away, for about 10 s or until the signal; then throws what it met. */
export async function insist<T>(write: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (const ms of delaysMs) {
    try {
      return await write()
    } catch (error) {
      if (signal.aborted) throw error
      await delay(ms, undefined, { signal }).catch(() => undefined)
    }
  }
  return write()
}
