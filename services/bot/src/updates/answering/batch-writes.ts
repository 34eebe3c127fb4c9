import { setTimeout as delay } from 'node:timers/promises'

export interface BatchOptions {
  /** How long the first item of a batch waits for others; by default only until the running write ends. */
  readonly gatherMs?: number
}

/**
 * Writes single items in batches: items that come while a write runs, or while a batch is gathered, join the next write. The returned
 * promise ends with the write that contains the item.
 */
export function createBatchWriter<T>(
  write: (items: readonly T[]) => Promise<void>,
  { gatherMs = 0 }: BatchOptions = {},
): (item: T) => Promise<void> {
  let next: { readonly items: T[]; readonly written: Promise<void> } | undefined
  let running: Promise<unknown> = Promise.resolve()

  function open() {
    const items: T[] = []
    const gathered = gatherMs > 0 ? Promise.all([running, delay(gatherMs)]) : running
    const written = gathered.then(() => {
      next = undefined
      return write(items)
    })
    // A failure reaches the callers that added the items.
    running = written.catch(() => undefined)
    return { items, written }
  }

  return (item) => {
    next ??= open()
    next.items.push(item)
    return next.written
  }
}
