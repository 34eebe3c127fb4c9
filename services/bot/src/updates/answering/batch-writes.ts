/**
 * Writes single items in batches: items that come while a write runs join the next write. The returned promise ends with the write
 * that contains the item.
 */
export function createBatchWriter<T>(write: (items: readonly T[]) => Promise<void>): (item: T) => Promise<void> {
  let next: { readonly items: T[]; readonly written: Promise<void> } | undefined
  let running: Promise<unknown> = Promise.resolve()

  function open() {
    const items: T[] = []
    const written = running.then(() => {
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
