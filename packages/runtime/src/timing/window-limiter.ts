import { sleep } from './sleep.ts'

/**
 * Lets at most `most` calls of this process begin within any window of `windowMs`, wherever the window begins: the returned function
 * resolves when the next call may begin. Calls that waited elsewhere first, each for another time, may come bunched to it.
 */
export function createWindowLimiter(most: number, windowMs: number): () => Promise<void> {
  const begunAt: number[] = []
  let last: Promise<void> = Promise.resolve()

  async function begin(): Promise<void> {
    for (;;) {
      const now = performance.now()
      const oldest = begunAt.length < most ? undefined : begunAt[0]
      const waitMs = oldest === undefined ? 0 : oldest + windowMs - now
      if (waitMs <= 0) {
        begunAt.push(now)
        if (begunAt.length > most) begunAt.shift()
        return
      }
      await sleep(Math.ceil(waitMs))
    }
  }

  return async () => {
    last = last.then(begin)
    await last
  }
}
