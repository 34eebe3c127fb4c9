import { parentPort } from 'node:worker_threads'

/**
 * Parts that a thread may have in transit: at 400 kB each, some thirteen megabytes. With half as many, the thread waits so often
 * that an import of 50,000 rows takes a quarter longer.
 */
export const partsUnderWay = 32

/** The counter of parts that the thread and the main thread share. Plain data with shared memory, so that it can go into `workerData`. */
export interface PartWindow {
  readonly size: number
  /** One number: the count of accepted parts. */
  readonly taken: Int32Array<SharedArrayBuffer>
}

/** The data that a thread that sends parts gets beside its own. */
export interface WithPartWindow {
  readonly partWindow: PartWindow
}

/** Opens a window without a part in it. */
export function createPartWindow(size = partsUnderWay): PartWindow {
  return { size, taken: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) }
}

/** In the main thread: counts one more accepted part, and wakes the thread that waits for it. */
export function recordPartAccepted({ taken }: PartWindow): void {
  Atomics.add(taken, 0, 1)
  Atomics.notify(taken, 0)
}

/**
 * In the thread: a function that sends parts ahead of the answer. While the window is full it blocks the
 * whole thread, so that rows which the main thread cannot store yet are not read, instead of waiting in memory.
 */
export function createPartSender({
  size,
  taken,
}: PartWindow): (part: unknown, transferred: readonly ArrayBuffer[]) => void {
  let sent = 0
  return (part, transferred) => {
    for (;;) {
      const seen = Atomics.load(taken, 0)
      if (sent - seen < size) break
      Atomics.wait(taken, 0, seen)
    }
    sent += 1
    parentPort?.postMessage(part, transferred)
  }
}
