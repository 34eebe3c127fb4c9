/** One call to Telegram that has begun. */
export interface OpenCall {
  /** Telegram has answered. */
  readonly answered: () => void
  readonly end: () => void
}

export interface OpenCalls {
  /** Undefined when no call may begin now. */
  readonly begin: () => OpenCall | undefined
}

const trickleMs = 1_000

/**
 * Limits the calls that begin after the last answer of Telegram: when Telegram falls silent, no more calls than these end
 * without a clear answer. Beyond the limit one call a second begins, so that a few slow chats do not stop the others.
 */
export function createOpenCalls(most: number, now: () => number): OpenCalls {
  const silent = new Set<OpenCall>()
  let beganAt = -Infinity
  return {
    begin() {
      if (silent.size >= most && now() - beganAt < trickleMs) return undefined
      beganAt = now()
      const call = { answered: () => silent.clear(), end: () => void silent.delete(call) }
      silent.add(call)
      return call
    },
  }
}
