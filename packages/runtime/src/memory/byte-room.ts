/** One job's share of the room; disposing it makes room for others. */
export interface BytePlace extends Disposable {
  /**
   * Takes room for a file of so many bytes and returns 0, or the milliseconds after which to ask again while others leave no room for
   * it. A job without a file is always admitted.
   */
  readonly admit: (bytes: number) => number
}

export interface ByteRoom {
  readonly open: () => BytePlace
}

/** One of the waiting jobs asks per interval: many waiting jobs must not use up the starts of the queue. */
const askEveryMs = 250
const longestWaitMs = 30_000

/**
 * Bounds the bytes, and optionally the number, of the files that one process handles side by side. A single file is admitted whatever
 * its size. Nothing waits here: a job that is not admitted runs again later, so that work without files continues meanwhile.
 */
export function createByteRoom(
  mostBytes: number,
  { mostFiles = Infinity }: { readonly mostFiles?: number } = {},
): ByteRoom {
  let used = 0
  let files = 0
  let nextAskAt = 0

  function askAgainMs(): number {
    const now = performance.now()
    nextAskAt = Math.min(Math.max(now, nextAskAt) + askEveryMs, now + longestWaitMs)
    return Math.min(Math.round(nextAskAt - now), longestWaitMs)
  }
  return {
    open() {
      let taken = 0
      let takenFiles = 0
      return {
        admit(bytes) {
          if (bytes === 0) return 0
          if (files > 0 && (used + bytes > mostBytes || files >= mostFiles)) return askAgainMs()
          used += bytes
          taken += bytes
          files += 1
          takenFiles += 1
          return 0
        },
        [Symbol.dispose]() {
          used -= taken
          files -= takenFiles
          taken = 0
          takenFiles = 0
        },
      }
    },
  }
}
