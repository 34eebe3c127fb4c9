export interface DeadlineOptions {
  readonly ms: number
  readonly signal: AbortSignal
}

/** Waits for work, and rejects when it takes longer or when the signal is aborted. The work itself continues. */
export function withDeadline<T>(work: Promise<T>, { ms, signal }: DeadlineOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (complete: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      complete()
    }
    const giveUp = (reason: string) => end(() => reject(new Error(reason)))
    const onAbort = () => giveUp('called off')
    const timer = setTimeout(giveUp, ms, `no result within ${ms} ms`)
    signal.addEventListener('abort', onAbort)
    work.then(
      (value) => end(() => resolve(value)),
      (error: unknown) => end(() => reject(error)),
    )
    if (signal.aborted) onAbort()
  })
}

/** Waits for work that does not reject, at most `ms`. */
export async function waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
