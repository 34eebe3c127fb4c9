/** The state of one part. The reason of a failure is logged and not part of the answer of `/readyz`. */
export type PartState = 'ok' | 'failed' | 'no answer'

/** The outcome of one look at a server or a part. */
export interface Probe<T = void> {
  readonly state: PartState
  /** How long the answer took; the limit where there was none. */
  readonly ms: number
  readonly value?: T | undefined
  readonly error?: unknown
}

/** Runs a check and reports how it ended; it never rejects. A check that is still running after `limitMs` continues, and its end is ignored. */
export async function probe<T>(check: () => Promise<T>, limitMs: number): Promise<Probe<T>> {
  return answerWithin(observe(check), limitMs)
}

/** The end of a check, however long it takes. */
export async function observe<T>(check: () => Promise<T>): Promise<Probe<T>> {
  const startedAt = performance.now()
  const took = () => Math.round(performance.now() - startedAt)
  try {
    const value = await check()
    return { state: 'ok', ms: took(), value }
  } catch (error) {
    return { state: 'failed', ms: took(), error }
  }
}

/** The outcome of a running check, or that there is no answer within a time. */
export async function answerWithin<T>(outcome: Promise<Probe<T>>, ms: number): Promise<Probe<T>> {
  const limitMs = Math.max(0, Math.round(ms))
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Probe<T>>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'no answer', ms: limitMs }), limitMs)
  })
  try {
    return await Promise.race([outcome, late])
  } finally {
    clearTimeout(timer)
  }
}
