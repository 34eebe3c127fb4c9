import { setTimeout as delay } from 'node:timers/promises'

export type WaitOptions = {
  /** Ends the sentence "waited … ms for". */
  readonly what: string | (() => string)
  readonly timeoutMs?: number
}

/** Asks every 20 ms until the answer is neither undefined nor false, and returns it. For conditions that send no event. */
export async function waitUntil<T>(
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  { what, timeoutMs = 30_000 }: WaitOptions,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (performance.now() > deadline)
      throw new Error(`waited ${timeoutMs} ms for ${typeof what === 'string' ? what : what()}`)
    await delay(20)
  }
}
