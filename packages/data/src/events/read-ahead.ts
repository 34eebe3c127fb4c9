import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Reads batch after batch in their order, the next one while the caller works on the last: the database then works as this process does.
 * Nothing is left running behind a caller that stops.
 */
export async function* readAhead<Batch, Read>(
  batches: readonly Batch[],
  read: (batch: Batch) => Promise<Read>,
): AsyncGenerator<{ readonly batch: Batch; readonly read: Read }, undefined> {
  const begin = (batch: Batch) => {
    const reading = read(batch)
    // Its error is thrown where it is awaited; until then it must not end the process.
    reading.catch(() => undefined)
    return { batch, reading }
  }
  const [first, ...others] = batches
  let next = first === undefined ? undefined : begin(first)
  try {
    while (next) {
      const { batch, reading } = next
      const result = await reading
      const following = others.shift()
      next = following === undefined ? undefined : begin(following)
      // The statement leaves before the caller takes the processor.
      await nextTurn()
      yield { batch, read: result }
    }
  } finally {
    await next?.reading.catch(() => undefined)
  }
}
