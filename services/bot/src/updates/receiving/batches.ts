/**
 * Writes single items in batches: what comes while a write runs goes with the next one. Whoever hands in an item learns how the
 * write with it ended.
 */
export function createBatches<T>(write: (items: readonly T[]) => Promise<void>): (item: T) => Promise<void> {
  let next: { readonly items: T[]; readonly written: Promise<void> } | undefined
  let running: Promise<unknown> = Promise.resolve()

  function open() {
    const items: T[] = []
    const written = running.then(() => {
      next = undefined
      return write(items)
    })
    // Who handed in the items hears of it.
    running = written.catch(() => undefined)
    return { items, written }
  }

  return (item) => {
    next ??= open()
    next.items.push(item)
    return next.written
  }
}
