import { sleep } from './sleep.ts'

export interface RetryOptions {
  /** How long to wait after a failure, where the first attempt is 0. Undefined gives up. */
  readonly waitMs: (error: unknown, attempt: number) => number | undefined
  readonly signal: AbortSignal
}

/** Repeats work until it succeeds. Throws the last error when there is no further attempt, or when the signal is aborted. */
export async function retry<T>(work: () => Promise<T>, { waitMs, signal }: RetryOptions): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const ms = signal.aborted ? undefined : waitMs(error, attempt)
      if (ms === undefined) throw error
      await sleep(ms, signal)
    }
  }
}

/** Twice as long after each attempt, where the first attempt is 0. */
export function backoffMs(
  attempt: number,
  { firstMs = 1_000, longestMs }: { readonly firstMs?: number; readonly longestMs: number },
): number {
  return Math.min(firstMs * 2 ** attempt, longestMs)
}
